import type { EntryRow } from "../../../shared/model/entry";
import { resultOfRow, sentWords, type SentWords } from "./send-state";

const today = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const earlier = new Intl.DateTimeFormat("en-GB", {
  ...{ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
});

/** When it was, as short as it is clear: the time today, else the day and the time. */
export const whenWords = (iso: string, now: Date): string => {
  const at = new Date(iso);
  return (at.toDateString() === now.toDateString() ? today : earlier).format(at);
};

/** What became of an entry: a glyph and words, as the line under the editor has them. */
export const stateOfEntry = (row: EntryRow): { glyph: SentWords["glyph"] | "pending"; text: string } =>
  row.state === "pending" ? { glyph: "pending", text: "Waiting for an answer" } : sentWords(resultOfRow(row));

/** The status in one word: the number, or why there is none. */
export const statusOfEntry = (row: EntryRow): string =>
  row.state === "pending" ? "…" : (row.error ?? String(row.status ?? "none"));
