import { createBrowsers } from "./browsers";
import { createStepsPlayer } from "./play-steps";
import type { RunContext } from "./run-context";
import { createContext, createScope, fillVars, type Scope, type Surroundings } from "./scope";
import type { Iteration } from "./step-play";

/**
 * Plays the scenario once, as one virtual guest: on a new browser, with vars of its own and its own row.
 *
 * @param number from 1; what random numbers are drawn by, whoever plays it and when
 * @returns whether every step passed
 * @throws RunEnd where the run was stopped, and what is no failure of a step
 */
export const playIteration = async (run: RunContext, number: number): Promise<boolean> => {
  const { plan, settings, target, signal, beginning } = run;
  const { seed, frozen } = settings;
  const made = run.madeBrowser;
  const browsers = createBrowsers({ target, seed, iteration: number, signal, made });
  const iteration: Iteration = { number, browsers, known: null };
  const { rows } = plan;
  const row = rows === null ? null : (rows[(number - 1) % rows.length] ?? null);
  const around: Surroundings = { row, env: target.environment.vars, browsers };
  const contextOf = (scope: Scope, stream: string) =>
    createContext(scope, { seed, iteration: number, stream, now: frozen ?? Date.now() });

  const newScope = (): Scope => createScope(around);
  const scope = newScope();
  const player = createStepsPlayer({ run, iteration, newScope, contextOf });
  const kept = beginning?.state ?? null;
  if (kept !== null) {
    Object.assign(scope, kept.scopes[0]);
    browsers.restore(kept);
    iteration.known = kept.known;
  } else {
    try {
      fillVars(scope.vars, plan.vars, contextOf(scope, "vars"));
    } catch (error) {
      await player.failAtOnce(plan.steps, error);
      return false;
    }
    Object.assign(scope.captures, beginning?.captures);
  }
  await player.playSteps(plan.steps, { scope, defaults: plan.defaults, scopes: [scope] });
  return player.passed();
};
