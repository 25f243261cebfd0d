import type { StepOutline } from "../../../../shared/model/scenario";

/** A line of the step list. */
export interface StepRow {
  number: string;
  depth: number;
  /** Number of the step that it stands in. */
  parent: string | null;
  outline: StepOutline;
  foldable: boolean;
  folded: boolean;
  /** Whether it stands in this file; a fragment's steps are only shown. */
  own: boolean;
}

/** The steps as lines, in the order in which they play. @param folded numbers of those that hide what is inside */
export const stepRows = (steps: readonly StepOutline[], folded: ReadonlySet<string>): StepRow[] => {
  const rows: StepRow[] = [];
  const walk = (list: readonly StepOutline[], parent: string | null, depth: number): void => {
    for (const outline of list) {
      const { number, children } = outline;
      const foldable = children.length > 0;
      const closed = foldable && folded.has(number);
      rows.push({ number, depth, parent, outline, foldable, folded: closed, own: outline.fragment === null });
      if (!closed) walk(children, number, depth + 1);
    }
  };
  walk(steps, null, 0);
  return rows;
};

/** Every step with what is inside it, whether folded or not. */
export const allSteps = (steps: readonly StepOutline[]): StepOutline[] =>
  steps.flatMap((step) => [step, ...allSteps(step.children)]);

/** The step with a number. */
export const stepOf = (steps: readonly StepOutline[], number: string): StepOutline | undefined => {
  let list = steps;
  let found: StepOutline | undefined;
  let prefix = "";
  for (const part of number.split(".")) {
    prefix = prefix === "" ? part : `${prefix}.${part}`;
    found = list.find((step) => step.number === prefix);
    if (!found) return undefined;
    list = found.children;
  }
  return found;
};

/** Number of the step that a step stands in, by its own number. */
export const parentOf = (number: string): string | null => {
  const at = number.lastIndexOf(".");
  return at === -1 ? null : number.slice(0, at);
};

/** The steps of a list: of the scenario (null), or of a step. */
export const listOf = (steps: readonly StepOutline[], parent: string | null): readonly StepOutline[] =>
  parent === null ? steps : (stepOf(steps, parent)?.children ?? []);

/** The step of this file that a line belongs to, innermost. @param line from 1 */
export const stepAtLine = (steps: readonly StepOutline[], line: number): StepOutline | undefined => {
  const hit = steps.find(
    ({ lines, fragment }) => fragment === null && lines.first <= line && line <= lines.last,
  );
  return hit && (stepAtLine(hit.children, line) ?? hit);
};

const sameStep = (one: StepOutline, other: StepOutline): boolean =>
  one.kind === other.kind && JSON.stringify(one.step) === JSON.stringify(other.step);

/**
 * Where steps are after the text has changed: at their number where they still say the same, else where a step that
 * says the same is nearest, else at their number if there is one.
 */
export const followSteps = (
  before: readonly StepOutline[],
  after: readonly StepOutline[],
  numbers: Iterable<string>,
): string[] => {
  let all: StepOutline[] | undefined;
  const follow = (number: string): string | undefined => {
    const was = stepOf(before, number);
    const is = stepOf(after, number);
    if (!was || (is && sameStep(was, is))) return is && number;
    all ??= allSteps(after);
    const same = all.filter((step) => sameStep(was, step));
    const distance = (step: StepOutline): number => Math.abs(step.lines.first - was.lines.first);
    const [nearest] = same.sort((a, b) => distance(a) - distance(b));
    return nearest?.number ?? is?.number;
  };
  return [...new Set([...numbers].flatMap((number) => follow(number) ?? []))];
};
