import { AppError } from "../../../../shared/contract/errors";
import type { RunOptions, RunSummary } from "../../../../shared/model/run";
import { exitCodes, type ExitCode } from "../exit-codes";
import type { Gate, Refusal } from "../reporters/reporter";
import type { Session } from "../session";
import { beginGate } from "./gate";
import type { Interruption } from "./interruption";
import { exitCodeOfRefusal, exitCodeOfRun, exitCodeOfStep } from "./outcome";
import type { Progress } from "./progress";
import type { Reports } from "./reports";
import type { ScenarioPath } from "./scenario-files";

/** What has occurred in all workspaces so far. */
export interface Played {
  runs: RunSummary[];
  refusals: Refusal[];
  gates: Gate[];
  codes: Set<ExitCode>;
}

export interface PlayOptions {
  run: RunOptions;
  production: string | undefined;
  gate: boolean;
  reports: Reports;
  progress: Progress;
  interruption: Interruption;
  played: Played;
}

const refuse = (options: PlayOptions, refusal: Refusal): void => {
  options.played.refusals.push(refusal);
  options.played.codes.add(exitCodeOfRefusal(refusal));
  options.reports.refused(refusal);
};

/** A fragment that stands in a folder is played where it is used; whatever else it is, the run says. */
const isFragment = async ({ ask }: Session, path: string): Promise<boolean> => {
  try {
    return (await ask("scenarios.read", { path })).outline?.fragment === true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
};

/** Plays one file to its end. A wish to stop reaches it as soon as it has an id. */
const playFile = async (
  { ask, core }: Session,
  path: string,
  environment: string,
  options: PlayOptions,
): Promise<void> => {
  const { reports, progress, interruption, played } = options;
  let settle: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (settle = resolve));
  const stop = core.results.listen({
    started(run) {
      reports.started(run);
      progress.update(run);
      interruption.onAsked(() => void core.call("runs.stop", { id: run.id }));
    },
    stepEnded(run, result) {
      played.codes.add(exitCodeOfStep(result));
      progress.update(run);
      return reports.stepEnded(run, result);
    },
    iterationEnded: (run, iteration) => reports.iterationEnded(run, iteration),
    ended(run) {
      played.runs.push(run);
      played.codes.add(exitCodeOfRun(run));
      progress.rest();
      reports.ended(run);
      settle();
    },
  });
  try {
    const answer = await ask("runs.start", {
      path,
      environment,
      options: options.run,
      ...(options.production !== undefined && { production: options.production }),
    });
    if ("refused" in answer) refuse(options, { path, environment, issues: answer.refused, error: null });
    else await ended;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    refuse(options, { path, environment, issues: [], error: error.toData() });
  } finally {
    stop();
  }
};

/**
 * Plays the files of one workspace, one after another, until one has failed and `--bail` was said, or Ctrl-C.
 *
 * @param left the files; what has been played is taken out of it
 * @throws AppError for what concerns all of them: the workspace, the profile, the gate
 */
export const playFiles = async (
  session: Session,
  left: ScenarioPath[],
  options: PlayOptions,
): Promise<void> => {
  const { interruption, played } = options;
  const environment = await session.environment();
  const gate = options.gate ? await beginGate(session, environment) : null;
  for (let next = left[0]; next; next = left[0]) {
    if (interruption.asked || (options.run.bail && hasFailed(played))) break;
    const { path, named } = next;
    if (named || !(await isFragment(session, path))) await playFile(session, path, environment, options);
    left.shift();
  }
  if (gate) played.gates.push(await gate.close());
};

/** What kept a whole workspace from being played is told of each of its files, so that every report has it. */
export const refuseAll = (
  left: readonly ScenarioPath[],
  environment: string,
  error: AppError,
  options: PlayOptions,
): void => {
  for (const { path } of left) refuse(options, { path, environment, issues: [], error: error.toData() });
};

/** Whether anything but success has occurred. */
export const hasFailed = ({ codes }: Pick<Played, "codes">): boolean =>
  [...codes].some((code) => code !== exitCodes.ok);
