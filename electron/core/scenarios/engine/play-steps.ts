import type { JsonObject } from "../../../../shared/model/json";
import type { StepKey } from "../../../../shared/model/run";
import { fillWhen } from "../../../../shared/scenario/fill-template";
import type { TemplateContext } from "../../../../shared/scenario/template-context";
import type { Compiled, CompiledStep } from "./compile-step";
import type { Filler } from "./compile-value";
import { defaultsIn, enterFragment, returnFrom } from "./fragment";
import type { KeptState } from "./kept-state";
import { prepareSend } from "./play-send";
import { asFailure, playStep } from "./play-step";
import type { RunContext } from "./run-context";
import type { Scope } from "./scope";
import { openResult, skip, type OpenResult } from "./step-result";
import { fillCount, type Iteration, type StepPlay } from "./step-play";

/** What the steps of one file share. */
export interface Level {
  scope: Scope;
  defaults: Filler<JsonObject>;
  /** Those it stands in, outermost first, and its own. */
  scopes: readonly Scope[];
}

interface StepsOptions {
  run: RunContext;
  iteration: Iteration;
  /** A scope without names. */
  newScope(): Scope;
  /** @param stream names what draws */
  contextOf(scope: Scope, stream: string): TemplateContext;
}

const afterFailure = "An earlier step failed.";
const beforeBeginning = "It comes before the step that this run began with.";
const conditionFalse = "Its condition does not hold.";
const stopped = "The run was stopped while this step was under way.";

/** Kinds that can leave the sandbox in another state than before. */
const changing: ReadonlySet<CompiledStep["kind"]> = new Set(["send", "browser", "clock"]);

/** Plays the steps of one iteration. Every execution of a step has a result; what fails ends the iteration. */
export const createStepsPlayer = ({ run, iteration, newScope, contextOf }: StepsOptions) => {
  const occurrences = new Map<string, number>();
  const kept = run.beginning?.state ?? null;
  /** The step that the run is to begin with, until it is found. */
  let searching = run.beginning?.step ?? null;
  let changed = true;
  let passed = true;

  const nextKey = ({ number }: CompiledStep): StepKey => {
    const occurrence = (occurrences.get(number) ?? 0) + 1;
    occurrences.set(number, occurrence);
    return { iteration: iteration.number, number, occurrence };
  };

  const open = (step: CompiledStep): OpenResult => openResult(step, nextKey(step), run.nextOrder());

  const skipAll = async (steps: readonly CompiledStep[], why: string): Promise<void> => {
    for (const step of steps) {
      await run.ended(skip(open(step), why));
      await skipAll(step.children, why);
    }
  };

  const skipOne = async (step: CompiledStep, result: OpenResult, why: string): Promise<void> => {
    await run.ended(skip(result, why));
    await skipAll(step.children, why);
  };

  /** Whether a step is still before the one that this run begins with. Those it stands in are gone through. */
  const isBefore = ({ number }: CompiledStep): boolean => {
    if (number === searching) searching = null;
    return searching !== null && !searching.startsWith(`${number}.`);
  };

  const stateNow = (scopes: readonly Scope[]): KeptState => ({
    scopes: scopes.map(({ vars, captures, steps }) => ({
      vars: { ...vars },
      captures: { ...captures },
      steps: { ...steps },
    })),
    ...iteration.browsers.keep(),
    known: iteration.known,
  });

  /** @returns whether the steps behind it are to be played */
  const end = async (step: CompiledStep, result: OpenResult, begun: number): Promise<boolean> => {
    result.duration = Math.round((performance.now() - begun) * 10) / 10;
    if (result.failures.length > 0) result.state = "failed";
    else if (result.state === "running" || result.state === "waiting") result.state = "passed";
    const held = run.ended(result);
    if (held !== undefined) await held;
    if (result.state !== "failed") return true;
    passed = false;
    return step.continues && !run.settings.bail;
  };

  const playRepeat = async (step: Compiled<"repeat">, play: StepPlay, level: Level): Promise<boolean> => {
    const count = fillCount(step.count, play.context, "repeat");
    for (let round = 1; round <= count; round += 1) {
      if (!(await playSteps(step.children, level))) return false;
    }
    return true;
  };

  const playUse = async (step: Compiled<"use">, play: StepPlay, level: Level): Promise<boolean> => {
    const { fragment } = step;
    const { number, occurrence } = play.result;
    const scope = newScope();
    const before = searching === null ? undefined : kept?.scopes[level.scopes.length];
    if (before !== undefined) Object.assign(scope, before);
    else {
      const stream = `vars ${number}#${occurrence}`;
      enterFragment(fragment, play.context, scope, (own) => contextOf(own, stream));
    }
    const defaults = defaultsIn(level.defaults, fragment, play.context);
    const goesOn = await playSteps(step.children, { scope, defaults, scopes: [...level.scopes, scope] });
    returnFrom(fragment, scope, level.scope, play.result);
    return goesOn;
  };

  const playChildren = async (play: StepPlay, level: Level): Promise<void> => {
    const { step, result } = play;
    const goesOn =
      step.kind === "use"
        ? await playUse(step, play, level)
        : await playRepeat(play.step as Compiled<"repeat">, play, level);
    if (!goesOn) result.state = "failed";
  };

  const play = async (played: StepPlay, level: Level): Promise<boolean> => {
    const { step, result } = played;
    const prepared = step.kind === "send" ? prepareSend(played as StepPlay<"send">) : null;
    if (searching === null) {
      if (run.keepState !== null) await run.keepState(result, changed, () => stateNow(level.scopes));
      changed = false;
      const held = run.gate.pass(result, prepared);
      if (held !== undefined) await held;
    }
    run.throwIfEnded();
    const begun = performance.now();
    result.startedAt = new Date().toISOString();
    run.began(result);
    try {
      if (step.kind === "repeat" || step.kind === "use") await playChildren(played, level);
      else await playStep(played, prepared);
    } catch (error) {
      try {
        asFailure(error, result, run.ending);
      } catch (thrown) {
        await end(step, skip(result, stopped), begun);
        throw thrown;
      }
      await skipAll(step.children, afterFailure);
    }
    if (changing.has(step.kind)) changed = true;
    return end(step, result, begun);
  };

  /** @returns whether the steps behind it are to be played */
  const playOne = async (step: CompiledStep, level: Level): Promise<boolean> => {
    const result = open(step);
    const why = isBefore(step) ? beforeBeginning : step.disabled ? "It is disabled." : null;
    if (why !== null) {
      await skipOne(step, result, why);
      return true;
    }
    const context = contextOf(level.scope, `${result.number}#${result.occurrence}`);
    try {
      if (step.when !== undefined && !fillWhen(step.when, context)) {
        await skipOne(step, result, conditionFalse);
        return true;
      }
    } catch (error) {
      asFailure(error, result, run.ending);
      const goesOn = await end(step, result, performance.now());
      await skipAll(step.children, afterFailure);
      return goesOn;
    }
    const { scope, defaults } = level;
    return play({ run, iteration, step, scope, defaults, context, result }, level);
  };

  const playSteps = async (steps: readonly CompiledStep[], level: Level): Promise<boolean> => {
    for (const [index, step] of steps.entries()) {
      if (await playOne(step, level)) continue;
      await skipAll(steps.slice(index + 1), afterFailure);
      return false;
    }
    return true;
  };

  return {
    playSteps,
    /** Fails an iteration that cannot even begin, at its first step. */
    async failAtOnce(steps: readonly CompiledStep[], error: unknown): Promise<void> {
      const [first, ...others] = steps;
      if (first === undefined) throw error;
      const result = open(first);
      asFailure(error, result, run.ending);
      await end(first, result, performance.now());
      await skipAll([...first.children, ...others], afterFailure);
    },
    /** Whether every step so far has passed. */
    passed: (): boolean => passed,
  };
};
