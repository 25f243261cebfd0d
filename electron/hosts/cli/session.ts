import { setFlagsFromString } from "node:v8";
import type { Command } from "commander";
import { createCore, type Core } from "../../core/create-core";
import type { CommandName, InputOf, OutputOf } from "../../../shared/contract/commands";
import { AppError } from "../../../shared/contract/errors";
import { createCliHost } from "./cli-host";
import { exitCodeOfError, exitCodes, type ExitCode } from "./exit-codes";
import { createOutput, type Output } from "./output";

/** The options that every verb takes. */
export interface GlobalOptions {
  profile?: string;
  workspace?: string;
  env?: string;
  quiet?: boolean;
  color: boolean;
}

/** What a verb works with. */
export interface Session {
  output: Output;
  core: Core;
  /** Runs a command of the core. @throws AppError */
  ask<C extends CommandName>(command: C, input: InputOf<C>): Promise<OutputOf<C>>;
  /** `--env`, else the workspace's default, else `sandbox`. */
  environment(): Promise<string>;
}

export const outputFor = (options: GlobalOptions): Output => {
  const colour = options.color && process.stdout.isTTY === true && !process.env["NO_COLOR"];
  return createOutput({ quiet: options.quiet === true, colour });
};

/** Runs what a verb does and ends the process with its exit code; an AppError becomes words and a code. */
export const endWith = async (output: Output, run: () => Promise<number>): Promise<void> => {
  try {
    process.exitCode = await run();
  } catch (error) {
    if (error instanceof AppError) {
      output.error(error);
      process.exitCode = exitCodeOfError(error.code);
    } else {
      output.error({ message: error instanceof Error ? error.message : String(error) });
      process.exitCode = exitCodes.failed;
    }
  }
};

/**
 * What a long run throws away is collected where it lies, instead of being given more and more room first: a run of any
 * length needs a third less memory so. To be said once the core's thread runs, because the start of a thread undoes it.
 */
const keepHeapSmall = (): void => {
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--heap-growing-percent=100");
};

/** Where a session works, beside what every verb takes. */
export type SessionOptions = GlobalOptions & { freshSandbox?: boolean };

/** Opens the core on the profile for some work, and closes it whatever happens. @throws AppError */
export const inSession = async <T>(
  options: SessionOptions,
  output: Output,
  work: (session: Session) => Promise<T>,
): Promise<T> => {
  const core = await createCore(await createCliHost(options, (problem) => output.note(problem)));
  keepHeapSmall();
  const ask: Session["ask"] = async (name, input) => {
    const answer = await core.call(name, input);
    if (answer.ok) return answer.value;
    throw new AppError(answer.error);
  };
  const environment = async (): Promise<string> => {
    if (options.env !== undefined) return options.env;
    const list = await ask("environments.list", {});
    // A default that cannot be read must not become another target by silence.
    if (list.problem) throw new AppError(list.problem);
    return list.default;
  };
  try {
    return await work({ output, core, ask, environment });
  } finally {
    await core.close();
  }
};

/** A verb that works with the core: it ends the process with its exit code. */
export const withSession = (
  command: Command,
  run: (session: Session) => Promise<ExitCode>,
): Promise<void> => {
  const options = command.optsWithGlobals<GlobalOptions>();
  const output = outputFor(options);
  return endWith(output, () => inSession(options, output, run));
};
