import type { ChangeSign } from "../../../../shared/guest-words/change-line";
import type { PatchOperation } from "../../../../shared/model/guest-profile";
import type { JsonValue } from "../../../../shared/model/json";

/** How many things a step changed on its guest, in a mark: `+6`, `~3`. */
export interface ChangeMark {
  sign: ChangeSign;
  count: number;
  /** For screen readers and the tooltip: "6 changes on the guest". */
  words: string;
}

/** What moves with every event, and the bookkeeping of which event set what. */
const uninteresting =
  /^\/(setBy|lastSeen|firstSeen|createdAt|events|ref|merges)(\/|$)|^\/(browsers|sessions)\/\d+\/(?!cart)/;

const isEmpty = (value: JsonValue): boolean =>
  value === null ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === "object" && Object.keys(value).length === 0);

/** A patch that adds a whole profile, as what it holds. */
const opened = (change: PatchOperation): PatchOperation[] => {
  if (change.op === "remove" || change.path !== "" || typeof change.value !== "object") return [change];
  return Object.entries(change.value ?? {})
    .filter(([, value]) => !isEmpty(value))
    .map(([key, value]) => ({ op: "add", path: `/${key}`, value }));
};

const signs: Record<PatchOperation["op"], ChangeSign> = {
  add: "added",
  replace: "changed",
  remove: "removed",
};

/** Parts of one thing, such as the items of a cart and its value, count as one. */
const thingOf = (path: string): string => path.split("/").slice(1, 3).join("/");

/** Sums a patch up. @returns null where nothing changed that is worth telling */
export const changeMarkOf = (changes: readonly PatchOperation[]): ChangeMark | null => {
  const told = changes.flatMap(opened).filter(({ path }) => !uninteresting.test(path));
  const things = new Map<string, ChangeSign>();
  for (const { op, path } of told) {
    const thing = thingOf(path);
    const before = things.get(thing);
    things.set(thing, before === undefined || before === signs[op] ? signs[op] : "changed");
  }
  const [first] = things.values();
  if (first === undefined) return null;
  const count = things.size;
  const sign = [...things.values()].every((each) => each === first) ? first : "changed";
  return { sign, count, words: `${count} ${count === 1 ? "change" : "changes"} on the guest` };
};
