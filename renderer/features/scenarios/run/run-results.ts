import type { StepResult } from "../../../../shared/model/run";

/** Iterations kept: a person looks at one, and goes to and fro between a few. Others are read when they are wanted. */
const keptIterations = 8;
/** Executions of one step kept in an iteration: a `repeat` may play it a million times. */
const keptExecutions = 20;

type OfStep = ReadonlyMap<number, StepResult>;
type OfIteration = ReadonlyMap<string, OfStep>;

const bounded = <K, V>(map: ReadonlyMap<K, V>, most: number, drop: (entries: [K, V][]) => K): Map<K, V> => {
  const copy = new Map(map);
  while (copy.size > most) copy.delete(drop([...copy]));
  return copy;
};

const isUnderWay = (result: StepResult | undefined): boolean =>
  result?.state === "running" || result?.state === "waiting";

/** The first execution that did not fail, but never the last: failures are what a person comes back for. */
const dispensable = (entries: [number, StepResult][]): number => {
  const inOrder = entries.toSorted(([one], [other]) => one - other);
  return (inOrder.slice(0, -1).find(([, { state }]) => state !== "failed") ?? inOrder[0])?.[0] ?? 0;
};

/** What has come of a run's steps, as far as it is kept: bounded, however long the run. Never changed in place. */
export class RunResults {
  readonly #iterations: ReadonlyMap<number, OfIteration>;
  /** The iteration of the step that ended last; 0 before there is one. */
  readonly latest: number;

  constructor(iterations: ReadonlyMap<number, OfIteration> = new Map(), latest = 0) {
    this.#iterations = iterations;
    this.latest = latest;
  }

  /**
   * These results with others that are new or changed.
   *
   * @param shown the iteration that is looked at, which is kept
   */
  with(results: readonly StepResult[], shown = 0): RunResults {
    if (results.length === 0) return this;
    const touched = new Map<number, Map<string, Map<number, StepResult>>>();
    for (const result of results) {
      const { iteration, number, occurrence } = result;
      const steps = touched.get(iteration) ?? new Map<string, Map<number, StepResult>>();
      touched.set(iteration, steps);
      const known = steps.get(number) ?? new Map(this.#iterations.get(iteration)?.get(number));
      steps.set(number, known);
      // What was seen while it was under way may come after its end.
      const before = known.get(occurrence);
      if (before === undefined || isUnderWay(before) || !isUnderWay(result)) known.set(occurrence, result);
    }
    const all = new Map(this.#iterations);
    for (const [iteration, steps] of touched) {
      const merged = new Map<string, OfStep>(this.#iterations.get(iteration));
      for (const [number, executions] of steps)
        merged.set(number, bounded(executions, keptExecutions, dispensable));
      all.delete(iteration);
      all.set(iteration, merged);
    }
    return new RunResults(
      bounded(
        all,
        keptIterations,
        (entries) => (entries.find(([iteration]) => iteration !== shown) ?? entries[0])?.[0] ?? 0,
      ),
      (results.findLast((result) => !isUnderWay(result)) ?? results.at(-1))?.iteration ?? this.latest,
    );
  }

  has(iteration: number): boolean {
    return this.#iterations.has(iteration);
  }

  /** The kept executions of a step, in their order. */
  of(iteration: number, number: string): StepResult[] {
    const executions = this.#iterations.get(iteration)?.get(number);
    return executions ? [...executions.values()].sort((a, b) => a.occurrence - b.occurrence) : [];
  }

  /** The kept executions of the steps below a step, such as those of a `repeat`. */
  below(iteration: number, number: string): StepResult[] {
    const inside = [...(this.#iterations.get(iteration)?.entries() ?? [])];
    return inside
      .filter(([key]) => key.startsWith(`${number}.`))
      .flatMap(([, executions]) => [...executions.values()]);
  }

  /** The same results at other numbers; those of steps that have none are left out. */
  renumbered(numbers: ReadonlyMap<string, string | null>): RunResults {
    const move = ([was, executions]: [string, OfStep]): [string, OfStep][] => {
      const number = numbers.get(was);
      return number
        ? [[number, new Map([...executions].map(([key, result]) => [key, { ...result, number }]))]]
        : [];
    };
    const iterations = [...this.#iterations].map(
      ([iteration, steps]) => [iteration, new Map([...steps].flatMap(move))] as const,
    );
    return new RunResults(new Map(iterations), this.latest);
  }

  /** Every kept result of an iteration, in the order in which the steps began. */
  all(iteration: number): StepResult[] {
    const steps = [...(this.#iterations.get(iteration)?.values() ?? [])];
    return steps
      .flatMap((executions) => [...executions.values()])
      .sort((a, b) => a.startedAt.localeCompare(b.startedAt));
  }
}
