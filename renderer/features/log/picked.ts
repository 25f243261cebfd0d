import type { EntryRow } from "../../../shared/model/entry";

/** Entries that are selected together, by id. Empty unless there are several: a single one is only the chosen one. */
export type Picked = ReadonlyMap<string, EntryRow>;

/** As many as a scenario is made from at most. */
export const mostPicked = 1000;

export const nonePicked: Picked = new Map();

export const pickedOf = (rows: readonly EntryRow[]): Picked =>
  rows.length > 1 ? new Map(rows.map((row) => [row.id, row])) : nonePicked;

/**
 * Takes an entry in or out, as Ctrl+click does.
 *
 * @param chosen the entry that was selected alone; it stays in where others join it
 * @returns what is selected now, and which of it is the chosen one; null where nothing is left
 */
export const toggled = (
  picked: Picked,
  chosen: EntryRow | undefined,
  row: EntryRow,
): { picked: Picked; chosen: EntryRow | null } => {
  const before = picked.size > 0 ? [...picked.values()] : chosen ? [chosen] : [];
  const without = before.filter(({ id }) => id !== row.id);
  const taken = without.length === before.length;
  if (taken && before.length >= mostPicked) return { picked, chosen: chosen ?? row };
  const rows = taken ? [...before, row] : without;
  return { picked: pickedOf(rows), chosen: taken ? row : (rows.at(-1) ?? null) };
};

/** The positions from an anchor to another, the nearest to the anchor where there are too many; both included. */
export const rangeOf = (anchor: number, to: number): { from: number; to: number } =>
  to >= anchor
    ? { from: anchor, to: Math.min(to, anchor + mostPicked - 1) }
    : { from: Math.max(to, anchor - mostPicked + 1), to: anchor };

/** Those that carry an event, in the order in which they happened: what a scenario can be made from. */
export const eventsOf = (rows: Iterable<EntryRow>): EntryRow[] =>
  [...rows].filter(({ kind }) => kind === "event").sort((a, b) => a.seq - b.seq);

const words = (type: string): string => type.replace(/^.*:/, "").replaceAll("_", " ").toLowerCase();
const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A name for a scenario made from these events: "View, search and add", "View to order checkout". */
export const nameFor = (events: readonly EntryRow[]): string => {
  const kinds = [...new Set(events.map(({ type }) => words(type)))];
  const first = kinds[0] ?? "journey";
  const last = words(events.at(-1)?.type ?? "");
  if (kinds.length < 2) return capitalised(first);
  if (kinds.length > 3) return capitalised(`${first} to ${last === first ? (kinds.at(-1) ?? last) : last}`);
  return capitalised(`${kinds.slice(0, -1).join(", ")} and ${kinds.at(-1) ?? ""}`);
};
