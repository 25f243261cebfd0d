#!/usr/bin/env node
import { Command } from "commander";
import { version } from "../version";
import { addOpenCommand } from "./commands/open";
import { exitCodes } from "./exit-codes";

const program = new Command("bellhop")
  .description("Event debugger for the Sitecore CDP Stream API")
  .version(version)
  .option("--profile <DIR>", "the profile folder: log, vault, settings, sandbox state")
  .option("--workspace <DIR>", "the folder of environments, message types and scenarios")
  .option("--env <NAME>", "the environment (default: the workspace's, else sandbox)")
  .option("--quiet", "no words beside what was asked for")
  .option("--no-color", "no colours")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? exitCodes.ok : exitCodes.usage));

addOpenCommand(program);

await program.parseAsync();
