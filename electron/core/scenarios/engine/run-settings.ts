import { randomBytes } from "node:crypto";
import type { RunOptions } from "../../../../shared/model/run";
import type { Plan, PlannedStep } from "../plan";

/** How a run is played, everything decided. */
export interface RunSettings {
  seed: string;
  /** Epoch milliseconds; null where `$now` follows the clock. */
  frozen: number | null;
  iterations: number;
  concurrency: number;
  /** Events a second; null for as fast as can be. */
  rate: number | null;
  maxEvents: number;
  bail: boolean;
  noWait: boolean;
  noValidate: boolean;
  mark: boolean;
  dryRun: boolean;
  /** Executions of steps in all; null where that depends on what is filled in. */
  plannedSteps: number | null;
}

/** Interface "Scenario files", limits. */
const mostEvents = 1_000_000;
/** Interface "Command line": what anything but a sandbox is held to unless told otherwise. */
const politeRate = 5;
/** Below the 2 that anything but a sandbox is held to: who wants several guests at once says so. */
const usualConcurrency = 1;

/** Nobody has to write this one down: it is said with the run. */
export const randomSeed = (): string => randomBytes(5).toString("hex");

/** Executions of steps in one iteration, as far as the file alone says. */
const executions = (steps: readonly PlannedStep[]): number | null => {
  let sum = 0;
  for (const { kind, step, children } of steps) {
    const times = "repeat" in step ? step.repeat : 1;
    const inside = kind === "repeat" || kind === "use" ? executions(children) : 1;
    if (typeof times !== "number" || inside === null) return null;
    sum += times * inside;
  }
  return sum;
};

/**
 * Decides how a run is played: options beat the file, and the file beats what is usual.
 *
 * @param drawnSeed counts where neither says a seed
 */
export const decideSettings = (
  plan: Plan,
  options: RunOptions,
  isSandbox: boolean,
  drawnSeed: string,
): RunSettings => {
  const passes = options.iterations ?? 1;
  const iterations = plan.data === null ? passes : passes * plan.data.rows.length;
  const concurrency = Math.min(options.concurrency ?? usualConcurrency, Math.max(1, iterations));
  const steps = executions(plan.steps);
  return {
    seed: options.seed ?? plan.seed ?? drawnSeed,
    frozen: options.now === undefined ? null : Date.parse(options.now),
    iterations,
    concurrency,
    rate: options.rate ?? (isSandbox ? null : politeRate),
    maxEvents: options.maxEvents ?? mostEvents,
    bail: options.bail === true,
    noWait: options.noWait === true,
    noValidate: options.noValidate === true,
    mark: options.mark === true,
    dryRun: options.dryRun === true,
    plannedSteps: steps === null ? null : steps * iterations,
  };
};
