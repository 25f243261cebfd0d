import { InvalidArgumentError, Option, type Command } from "commander";
import { profileFolder, workspaceFolder } from "../../../core/profile";
import { surroundings } from "../../display";
import { readPort } from "../../window-arguments";
import { openBellhop } from "../open/open-bellhop";
import { endWith, outputFor, type GlobalOptions } from "../session";

interface OpenFlags extends GlobalOptions {
  desktop?: boolean;
  browser?: boolean;
  open: boolean;
  port?: number;
}

const port = (text: string): number => {
  try {
    return readPort(text);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
};

/** `bellhop open`: the window, as `npm start` opens it. */
export const addOpenCommand = (program: Command): void => {
  program
    .command("open")
    .description("open Bellhop: its desktop window, else a browser, else an address to open")
    .addOption(
      new Option("--desktop", "the desktop window; try to install its runtime at once").conflicts("browser"),
    )
    .option("--browser", "a tab of the default browser")
    .option("--port <N>", "the port that the browser's page is served on; 0 takes any", port)
    .option("--no-open", "open nothing, only print the one-time address")
    .action((_flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<OpenFlags>();
      const output = outputFor(flags);
      return endWith(output, async () => {
        const profile = profileFolder(flags.profile, process.env);
        const code = await openBellhop(
          {
            desktop: flags.desktop === true,
            browser: flags.browser === true,
            open: flags.open,
            port: flags.port,
            profileFolder: profile,
            workspaceFolder: workspaceFolder(flags.workspace, process.cwd(), profile),
            note: output.note,
          },
          surroundings(),
        );
        return code;
      });
    });
};
