import type { ChangeLine } from "../../../shared/guest-words/change-line";

/** What moves with every event and tells an audience nothing. */
const uninteresting = new Set(["lastSeen", "firstSeen", "events"]);

export interface ShownChanges {
  lines: ChangeLine[];
  /** Lines that there is no room for. */
  more: number;
  /** Whether the rows are the lower ones, of which more fit. */
  dense: boolean;
}

/** How many rows fit: high ones, or low ones. Each 1 or more. */
export interface RowRoom {
  high: number;
  low: number;
}

/**
 * The changes that are put on the stage: those that matter, or else the counters that moved. Rows are as high as they
 * can be; a row that says how many more there are takes the place of one.
 */
export const shownChanges = (changes: readonly ChangeLine[], { high, low }: RowRoom): ShownChanges => {
  const main = changes.filter(({ quiet }) => !quiet);
  const lines = main.length > 0 ? main : changes.filter(({ place }) => !uninteresting.has(place));
  if (lines.length <= high) return { lines: [...lines], more: 0, dense: false };
  if (lines.length <= low) return { lines: [...lines], more: 0, dense: true };
  const shown = Math.max(low - 1, 1);
  return { lines: lines.slice(0, shown), more: lines.length - shown, dense: true };
};
