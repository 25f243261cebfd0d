#!/usr/bin/env node
import { Command } from "commander";
import { version } from "../version";
import { addEnvCommand } from "./commands/env";
import { addExportCommand } from "./commands/export";
import { addLogCommand } from "./commands/log";
import { addOpenCommand } from "./commands/open";
import { addRunCommand } from "./commands/run";
import { addSandboxCommand } from "./commands/sandbox";
import { addScenarioCommand } from "./commands/scenario";
import { addSecretCommand } from "./commands/secret";
import { addSendCommand } from "./commands/send";
import { addValidateCommand } from "./commands/validate";
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

// `bellhop log | head` closes the pipe early; that is not a failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) =>
  process.exit(error.code === "EPIPE" ? exitCodes.ok : exitCodes.failed),
);

for (const add of [
  addOpenCommand,
  addSendCommand,
  addValidateCommand,
  addRunCommand,
  addScenarioCommand,
  addSandboxCommand,
  addLogCommand,
  addExportCommand,
  addEnvCommand,
  addSecretCommand,
]) {
  add(program);
}

await program.parseAsync();
