import type { JsonValue } from "../../../../shared/model/json";
import type { RunComparison, RunSummary, StepComparison, StepResult } from "../../../../shared/model/run";
import { equalJson } from "../../../../shared/scenario/equal-json";

interface Side {
  run: RunSummary;
  steps: readonly StepResult[];
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const isoTime = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?/g;
/** Numbers that are times. */
const timing = /(?:^|\/)(?:duration|timestamp|offset)$/;

/** A value without what is another at each execution: times, and ids that the server makes. */
const comparable = (value: JsonValue, path = ""): JsonValue => {
  if (typeof value === "string") return value.replace(uuid, "<id>").replace(isoTime, "<time>");
  if (typeof value === "number") return timing.test(path) ? 0 : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => comparable(item, path));
  const fields = Object.entries(value).map(([name, item]): [string, JsonValue] => [
    name.replace(uuid, "<id>"),
    comparable(item, name),
  ]);
  return Object.fromEntries(fields);
};

const same = (one: unknown, other: unknown): boolean =>
  equalJson(comparable(one as JsonValue), comparable(other as JsonValue));

/** Changes of a profile in which a time says nothing are left out. */
const changesOf = ({ changes }: StepResult): JsonValue =>
  (changes ?? [])
    .filter(({ path }) => !timing.test(path))
    .map((change) => comparable(change as unknown as JsonValue));

/** What came of a step, in a form to compare: a guest's profile is not part of it. */
const outcomeOf = ({ state, status, error, ingestion, failures }: StepResult): JsonValue => ({
  state,
  status,
  error,
  ingestion,
  failures: failures.map(({ of, path, message }) => ({ of, path, message })),
});

/** Half as long again, and enough to be noticed: less is what any two executions differ by. */
const timeDiffers = (a: number, b: number): boolean =>
  Math.abs(a - b) > 50 && Math.max(a, b) > 1.5 * Math.min(a, b);

const differences = (a: StepResult | null, b: StepResult | null): StepComparison["differs"] => {
  if (a === null || b === null) return { outcome: true, time: false, response: false, profile: false };
  const seesGuest = a.kind === "guest";
  return {
    outcome: !same(outcomeOf(a), outcomeOf(b)),
    time: a.kind !== "wait" && timeDiffers(a.duration, b.duration),
    response: !seesGuest && !same(a.response, b.response),
    profile: seesGuest ? !same(a.response, b.response) : !equalJson(changesOf(a), changesOf(b)),
  };
};

const keyOf = ({ number, occurrence }: StepResult): string => `${number}#${occurrence}`;

/**
 * Two runs of a scenario side by side, step by step in the order of the first; what only the second has comes behind.
 * Steps are matched by number and occurrence: a file that has changed in between shows as steps of other titles.
 */
export const compareRuns = (a: Side, b: Side, iteration: number): RunComparison => {
  const others = new Map(b.steps.map((step) => [keyOf(step), step]));
  const rows: [StepResult | null, StepResult | null][] = [];
  for (const step of a.steps) {
    const other = others.get(keyOf(step)) ?? null;
    if (other !== null) others.delete(keyOf(step));
    rows.push([step, other]);
  }
  for (const step of others.values()) rows.push([null, step]);
  const steps = rows.map(([one, other]): StepComparison => {
    const { number = "", occurrence = 1, title = "" } = one ?? other ?? {};
    return { number, occurrence, title, a: one, b: other, differs: differences(one, other) };
  });
  return { a: a.run, b: b.run, iteration, steps };
};
