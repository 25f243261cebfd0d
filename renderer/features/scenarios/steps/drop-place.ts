import type { StepPlace } from "./step-moves";
import { parentOf, type StepRow } from "./step-rows";

/** Where dragged steps would go, and where the line that says so is drawn. */
export interface DropPlace extends StepPlace {
  /** The line stands above the row with this index. */
  index: number;
  /** How far it is indented. */
  depth: number;
}

/** A row of this file that a gap can belong to: of a fragment's steps it is the `use` that plays them. */
const ownRow = (rows: readonly StepRow[], index: number): StepRow | undefined => {
  for (let at = index; at >= 0; at -= 1) if (rows[at]?.own) return rows[at];
  return undefined;
};

const ancestorAt = (row: StepRow, depth: number): string | null => {
  let number: string | null = row.number;
  for (let level = row.depth; level >= depth && number !== null; level -= 1) number = parentOf(number);
  return number;
};

/**
 * The place of the gap above a row. A gap at the end of a `repeat` belongs to several lists; the pointer's indent says
 * which is meant.
 *
 * @param index of the row below the gap; the number of rows for the gap at the end
 * @param wanted depth that the pointer points at
 * @returns null inside a fragment's steps, which are another file's
 */
export const dropPlace = (rows: readonly StepRow[], index: number, wanted: number): DropPlace | null => {
  const below = rows[index];
  if (below && !below.own) return null;
  const above = ownRow(rows, index - 1);
  if (!above) return { parent: null, before: below?.number ?? null, index, depth: 0 };
  const opens = above.outline.kind === "repeat" && !above.folded;
  const least = below?.depth ?? 0;
  const most = Math.max(least, opens ? above.depth + 1 : above.depth);
  const depth = Math.min(Math.max(wanted, least), most);
  const parent = depth > above.depth ? above.number : ancestorAt(above, depth);
  const isNext = below !== undefined && below.depth === depth && below.parent === parent;
  return { parent, before: isNext ? below.number : null, index, depth };
};
