import { InvalidArgumentError, type Command } from "commander";
import { once } from "node:events";
import { startStandAloneSandbox } from "../../../core/stand-alone-sandbox";
import { exitCodes } from "../exit-codes";
import { profileFolderOf } from "../cli-host";
import { endWith, outputFor, type GlobalOptions } from "../session";

interface SandboxOptions {
  port?: number;
  host?: string;
  config?: string;
  data?: string;
  strict?: boolean;
}

const port = (text: string): number => {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= 65_535) return number;
  throw new InvalidArgumentError("A port is a number from 0 (any) to 65535.");
};

/** `bellhop sandbox`: the sandbox on its own, until Ctrl-C. */
export const addSandboxCommand = (program: Command): void => {
  program
    .command("sandbox")
    .description("run the sandbox on its own, and print its address")
    .option("--port <N>", "the port it tries first; 0 takes any (default 4680)", port)
    .option("--host <ADDRESS>", "the address it listens on (default 127.0.0.1)")
    .option("--config <FILE>", "its configuration, YAML or JSON (default: what was set in the profile)")
    .option("--data <FILE>", "the file it keeps its state in; :memory: forgets it (default: the profile's)")
    .option("--strict", "answer 400 to an event that its catalog calls invalid")
    .action((options: SandboxOptions, command: Command) => {
      const globals = command.optsWithGlobals<GlobalOptions>();
      const output = outputFor(globals);
      return endWith(output, async () => {
        const sandbox = await startStandAloneSandbox({
          ...options,
          profileFolder: profileFolderOf(globals),
          onProblem: (problem) => output.note(problem),
        });
        for (const sentence of sandbox.said) output.note(sentence);
        output.line(`The sandbox is ready at ${sandbox.url}`);
        await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
        await sandbox.close();
        return exitCodes.ok;
      });
    });
};
