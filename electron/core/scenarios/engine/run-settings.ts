import { randomBytes } from "node:crypto";
import { AppError } from "../../../../shared/contract/errors";
import type { Environment } from "../../../../shared/model/environment";
import type { RunOptions } from "../../../../shared/model/run";
import type { ScenarioIssue } from "../../../../shared/model/scenario";
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
const politeConcurrency = 2;

/** Nobody has to write this one down: it is said with the run. */
const randomSeed = (): string => randomBytes(5).toString("hex");

const countOf = (step: PlannedStep, count: (step: PlannedStep) => number | null): number | null => {
  const times = "repeat" in step.step ? step.step.repeat : 1;
  if (typeof times !== "number") return null;
  let sum = 0;
  for (const child of step.children) {
    const found = count(child);
    if (found === null) return null;
    sum += found;
  }
  return times * sum;
};

/** Executions in one iteration, as far as the file alone says. */
const executions = (steps: readonly PlannedStep[], sends: boolean): number | null => {
  const count = (step: PlannedStep): number | null => {
    if (step.kind === "repeat" || step.kind === "use") return countOf(step, count);
    return sends && (step.kind !== "send" || step.step.disabled === true) ? 0 : 1;
  };
  let sum = 0;
  for (const step of steps) {
    const found = count(step);
    if (found === null) return null;
    sum += found;
  }
  return sum;
};

const anyStep = (
  steps: readonly PlannedStep[],
  fits: (step: PlannedStep) => boolean,
): PlannedStep | undefined => {
  for (const step of steps) {
    const found = fits(step) ? step : anyStep(step.children, fits);
    if (found) return found;
  }
  return undefined;
};

/** Decides how a run is played: options beat the file, and the file beats what is usual. */
export const decideSettings = (plan: Plan, options: RunOptions, isSandbox: boolean): RunSettings => {
  const passes = options.iterations ?? 1;
  const iterations = plan.data === null ? passes : passes * plan.data.rows.length;
  const usual = isSandbox ? Infinity : politeConcurrency;
  const concurrency = Math.min(options.concurrency ?? Math.min(1, usual), Math.max(1, iterations));
  const steps = executions(plan.steps, false);
  return {
    seed: options.seed ?? plan.seed ?? randomSeed(),
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

/** What keeps a plan from being played this way, found before anything is sent. */
export const checkSettings = (plan: Plan, settings: RunSettings): ScenarioIssue[] => {
  const issues: ScenarioIssue[] = [];
  const clock = anyStep(plan.steps, ({ kind, step }) => kind === "clock" && step.disabled !== true);
  if (clock && settings.concurrency > 1) {
    issues.push({
      severity: "error",
      code: "clock-with-concurrency",
      ...clock.place,
      path: "",
      message: `A scenario that moves the sandbox's clock cannot be played ${settings.concurrency} times at once: all would live through it.`,
      hint: "Play it with concurrency 1, or take the clock step out.",
    });
  }
  const sends = executions(plan.steps, true);
  if (sends !== null && sends * settings.iterations > settings.maxEvents) {
    issues.push({
      severity: "error",
      code: "too-many-events",
      ...{ file: plan.path, line: 1, column: 1, path: "" },
      message: `This would send ${sends * settings.iterations} events, more than the ${settings.maxEvents} that a run may send.`,
      hint: `Say --max-events ${sends * settings.iterations} if you mean it.`,
    });
  }
  if (settings.iterations === 0) {
    issues.push({
      severity: "error",
      code: "no-rows",
      ...{ file: plan.data?.file ?? plan.path, line: 1, column: 1, path: "" },
      message: "The data file has no rows, so there is nothing to play.",
      hint: "Add a row, or take `data` out of the scenario.",
    });
  }
  return issues;
};

/**
 * Where a scenario may run (interface "Scenario files", `environments`): what it names; without a list, anything but
 * production.
 *
 * @throws AppError FORBIDDEN
 */
export const checkEnvironment = (plan: Plan, environment: Environment, isSandbox: boolean): void => {
  const { name, production } = environment;
  if (plan.environments?.includes(name)) return;
  if (plan.environments !== null) {
    throw new AppError({
      code: "FORBIDDEN",
      message: `${plan.path} may not run on ${name}: it names ${plan.environments.join(", ")} under environments.`,
      hint: "Choose one of these, or add it to the file.",
      field: "/environment",
    });
  }
  if (!production || isSandbox) return;
  throw new AppError({
    code: "FORBIDDEN",
    message: `${name} is a production environment, and ${plan.path} does not name it.`,
    hint: `Add \`environments: [${name}]\` to the file if it is meant to run there.`,
    field: "/environment",
  });
};
