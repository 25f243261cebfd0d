import type { RunOptions } from "../../../../shared/model/run";
import { AppError } from "../../../../shared/contract/errors";
import { exitCodeOfError, exitCodes, type ExitCode } from "../exit-codes";
import type { Output } from "../output";
import type { RunsEnd } from "../reporters/reporter";
import { inSession, type GlobalOptions } from "../session";
import { addGates } from "./gate";
import { watchInterruption } from "./interruption";
import { exitCodeOfGate, firstOf } from "./outcome";
import { hasFailed, playFiles, refuseAll, type Played } from "./play";
import { noProgress, plainProgress, terminalProgress, type Progress } from "./progress";
import { openReports, type ReportChoice } from "./reports";
import { collectScenarios, pathIn, type WorkspaceFiles } from "./scenario-files";

/** What `bellhop run` was asked for. */
export interface RunRequest {
  given: readonly string[];
  options: RunOptions;
  /** Relative to the working folder. */
  data: string | undefined;
  allowPaths: readonly string[];
  production: string | undefined;
  gate: boolean;
  fresh: boolean;
  jsonLines: boolean;
  reporters: readonly ReportChoice[];
}

const progressOn = (globals: GlobalOptions, output: Output): Progress => {
  if (globals.quiet) return noProgress;
  const isTerminal = process.stderr.isTTY === true && process.env["TERM"] !== "dumb";
  return isTerminal ? terminalProgress(process.stderr) : plainProgress((line) => output.note(line));
};

/** Paths of the command line are relative to where it is typed; the core's to the workspace. */
const optionsIn = ({ workspace }: WorkspaceFiles, { options, data, allowPaths }: RunRequest): RunOptions => ({
  ...options,
  ...(data !== undefined && { data: pathIn(workspace, data) }),
  ...(allowPaths.length > 0 && { allowPaths: [...allowPaths] }),
});

/**
 * Plays scenarios and writes their reports, whatever happens meanwhile.
 *
 * @returns the first of 130, 2, 4, 3, 1 that occurred; else 0
 * @throws AppError for what is wrong before the first scenario: a file, a folder, a report
 */
export const runScenarios = async (
  request: RunRequest,
  globals: GlobalOptions,
  output: Output,
): Promise<ExitCode> => {
  const groups = await collectScenarios(request.given, process.cwd(), globals.workspace);
  const progress = progressOn(globals, output);
  const interruption = watchInterruption((sentence) => {
    progress.clear();
    output.note(sentence);
  });
  const played: Played = { runs: [], refusals: [], gates: [], codes: new Set() };
  try {
    const reports = await openReports({
      choices: request.reporters,
      jsonLines: request.jsonLines,
      quiet: globals.quiet === true,
      dryRun: request.options.dryRun === true,
      tint: (tone, text) => output.tint(tone, text),
      progress,
    });
    let broken: unknown = null;
    for (const group of groups) {
      if (broken !== null || interruption.asked || (request.options.bail && hasFailed(played))) break;
      if (groups.length > 1) output.note(`The workspace ${group.workspace}:`);
      const run = optionsIn(group, request);
      const places = { ...globals, workspace: group.workspace, freshSandbox: request.fresh };
      const { production, gate } = request;
      const options = { run, production, gate, reports, progress, interruption, played };
      const left = [...group.files];
      await inSession(places, output, (session) => playFiles(session, left, options)).catch(
        (error: unknown) => {
          if (!(error instanceof AppError)) broken = error;
          else if (left.length > 0) refuseAll(left, globals.env ?? "", error, options);
          else {
            output.error(error);
            played.codes.add(exitCodeOfError(error.code));
          }
        },
      );
    }
    progress.end();
    if (interruption.asked) played.codes.add(exitCodes.interrupted);
    const gate = addGates(played.gates);
    if (gate) played.codes.add(exitCodeOfGate(gate));
    const end: RunsEnd = {
      ...{ runs: played.runs, refusals: played.refusals, gate },
      ...{ interrupted: interruption.asked, exitCode: firstOf(played.codes) },
    };
    await reports.finished(end);
    // A mistake of Bellhop's own belongs to no scenario, so no report has it.
    if (broken !== null) throw broken;
    return end.exitCode;
  } finally {
    progress.end();
    interruption.dispose();
  }
};
