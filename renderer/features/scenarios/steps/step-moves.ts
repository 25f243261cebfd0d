import type { ScenarioEdit, StepOutline } from "../../../../shared/model/scenario";
import { listOf, parentOf, stepOf } from "./step-rows";

/** A place between steps: before one of a list, or (null) at its end. */
export interface StepPlace {
  /** Number of the `repeat` whose list it is; null for the scenario's own. */
  parent: string | null;
  before: string | null;
}

/** A change of the steps, and which numbers the steps that it is about have after it. */
export interface StepMove {
  edits: ScenarioEdit[];
  selected: string[];
}

interface Twig {
  key: string;
  twigs: Twig[];
}

const isWithin = (number: string, other: string): boolean =>
  number === other || number.startsWith(`${other}.`);

const order = (one: string, other: string): number => {
  const [a, b] = [one.split(".").map(Number), other.split(".").map(Number)];
  const at = a.findIndex((part, index) => part !== b[index]);
  return at === -1 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1);
};

/** Steps in their order, without those inside others of them. */
export const outermost = (numbers: Iterable<string>): string[] => {
  const sorted = [...new Set(numbers)].sort(order);
  return sorted.filter((number) => !sorted.some((other) => other !== number && isWithin(number, other)));
};

const twigsOf = (steps: readonly StepOutline[]): Twig[] =>
  steps.map(({ number, children }) => ({ key: number, twigs: twigsOf(children) }));

const listIn = (twigs: Twig[], parent: string | null): Twig[] => {
  if (parent === null) return twigs;
  for (const twig of twigs) {
    if (twig.key === parent) return twig.twigs;
    if (isWithin(parent, twig.key)) return listIn(twig.twigs, parent);
  }
  return [];
};

const numbersOf = (twigs: readonly Twig[], keys: ReadonlySet<string>, prefix = ""): string[] =>
  twigs.flatMap(({ key, twigs: inner }, index) => {
    const number = `${prefix}${index + 1}`;
    return [...(keys.has(key) ? [number] : []), ...numbersOf(inner, keys, `${number}.`)];
  });

const takeOut = (twigs: Twig[], numbers: readonly string[]): Twig[] =>
  numbers.flatMap((number) => {
    const list = listIn(twigs, parentOf(number));
    const at = list.findIndex(({ key }) => key === number);
    return at === -1 ? [] : list.splice(at, 1);
  });

const putIn = (twigs: Twig[], { parent, before }: StepPlace, moved: readonly Twig[]): void => {
  const list = listIn(twigs, parent);
  const at = before === null ? -1 : list.findIndex(({ key }) => key === before);
  list.splice(at === -1 ? list.length : at, 0, ...moved);
};

/** Only this file's own steps can be changed. */
export const ownOf = (steps: readonly StepOutline[], numbers: Iterable<string>): string[] =>
  outermost(numbers).filter((number) => stepOf(steps, number)?.fragment === null);

/** Moves steps to a place. @returns null where that changes nothing or leads into one of them */
export const moveTo = (
  steps: readonly StepOutline[],
  numbers: Iterable<string>,
  to: StepPlace,
): StepMove | null => {
  const moved = ownOf(steps, numbers);
  if (moved.length === 0 || moved.some((number) => to.parent !== null && isWithin(to.parent, number)))
    return null;
  const list = listOf(steps, to.parent);
  // A step that moves cannot say where to: the next one that stays does.
  const from = to.before === null ? -1 : list.findIndex(({ number }) => number === to.before);
  const stays = from === -1 ? undefined : list.slice(from).find(({ number }) => !moved.includes(number));
  const before = stays?.number ?? null;
  const twigs = twigsOf(steps);
  putIn(twigs, { parent: to.parent, before }, takeOut(twigs, moved));
  const selected = numbersOf(twigs, new Set(moved));
  if (selected.join() === moved.join()) return null;
  return { edits: [{ op: "move", steps: moved, parent: to.parent, before }], selected };
};

export type MoveDirection = "up" | "down" | "out" | "in";

/** Where a move by keyboard leads: past its neighbours, out of the `repeat`, or into the one before it. */
const placeTowards = (
  steps: readonly StepOutline[],
  moved: readonly string[],
  direction: MoveDirection,
): StepPlace | null => {
  const [first] = moved;
  const last = moved.at(-1);
  if (first === undefined || last === undefined) return null;
  const parent = parentOf(first);
  const list = listOf(steps, parent);
  const at = (number: string): number => list.findIndex((step) => step.number === number);
  switch (direction) {
    case "up": {
      const before = list[at(first) - 1];
      return before ? { parent, before: before.number } : null;
    }
    case "down": {
      const behind = at(last) + 1;
      return list[behind] ? { parent, before: list[behind + 1]?.number ?? null } : null;
    }
    case "out": {
      if (parent === null) return null;
      const outer = listOf(steps, parentOf(parent));
      const after = outer[outer.findIndex(({ number }) => number === parent) + 1];
      return { parent: parentOf(parent), before: after?.number ?? null };
    }
    case "in": {
      const before = list[at(first) - 1];
      return before?.kind === "repeat" ? { parent: before.number, before: null } : null;
    }
  }
};

/** Moves steps of one list by keyboard. @returns null where there is no way to go */
export const moveTowards = (
  steps: readonly StepOutline[],
  numbers: Iterable<string>,
  direction: MoveDirection,
): StepMove | null => {
  const moved = ownOf(steps, numbers);
  const [first] = moved;
  if (first === undefined || moved.some((number) => parentOf(number) !== parentOf(first))) return null;
  const place = placeTowards(steps, moved, direction);
  return place && moveTo(steps, moved, place);
};

/** Takes steps out. What stands in their place then, or before it, is selected. */
export const removeSteps = (steps: readonly StepOutline[], numbers: Iterable<string>): StepMove | null => {
  const gone = ownOf(steps, numbers);
  const [first] = gone;
  if (first === undefined) return null;
  const list = listOf(steps, parentOf(first));
  const at = list.findIndex(({ number }) => number === first);
  const next = list.slice(at).find(({ number }) => !gone.includes(number)) ?? list[at - 1];
  const key = next?.number ?? parentOf(first);
  const twigs = twigsOf(steps);
  takeOut(twigs, gone);
  return {
    edits: [{ op: "remove", steps: gone }],
    selected: key === null ? [] : numbersOf(twigs, new Set([key])),
  };
};

/** Copies each group of steps behind itself; the copies are selected. */
export const duplicateSteps = (steps: readonly StepOutline[], numbers: Iterable<string>): StepMove | null => {
  const copied = ownOf(steps, numbers);
  if (copied.length === 0) return null;
  const twigs = twigsOf(steps);
  const lists = new Map<string | null, string[]>();
  for (const number of copied) lists.set(parentOf(number), [...(lists.get(parentOf(number)) ?? []), number]);
  for (const [parent, group] of lists) {
    const list = listIn(twigs, parent);
    const behind = list.findIndex(({ key }) => key === group.at(-1)) + 1;
    list.splice(behind, 0, ...group.map((number) => ({ key: `copy ${number}`, twigs: [] })));
  }
  const selected = numbersOf(twigs, new Set(copied.map((number) => `copy ${number}`)));
  return { edits: [{ op: "duplicate", steps: copied }], selected };
};

/** The place behind a step of this file: where something new goes. Without one it is the end of the scenario. */
export const placeBehind = (steps: readonly StepOutline[], number: string | null): StepPlace => {
  let own = number;
  while (own !== null && stepOf(steps, own)?.fragment !== null) own = parentOf(own);
  if (own === null) return { parent: null, before: null };
  const parent = parentOf(own);
  const list = listOf(steps, parent);
  const after = list[list.findIndex((step) => step.number === own) + 1];
  return { parent, before: after?.number ?? null };
};

/** The numbers that so many new steps have at a place. */
export const numbersAt = (
  steps: readonly StepOutline[],
  { parent, before }: StepPlace,
  count: number,
): string[] => {
  const list = listOf(steps, parent);
  const at = before === null ? list.length : list.findIndex(({ number }) => number === before);
  const prefix = parent === null ? "" : `${parent}.`;
  return Array.from({ length: count }, (_, index) => `${prefix}${at + index + 1}`);
};
