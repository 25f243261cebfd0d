import type { OutputOf } from "../../../shared/contract/commands";
import { byteSize } from "./words";

type Usage = OutputOf<"log.usage">;

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });
const entries = (count: number): string =>
  `${count.toLocaleString("en-GB")} ${count === 1 ? "entry" : "entries"}`;

/** A limit as it was typed: 0 where there is none, null where it is no whole number up to `most`. */
export const keptNumber = (text: string, most: number): number | null => {
  const trimmed = text.trim();
  if (trimmed === "") return 0;
  const value = Number(trimmed);
  return /^\d+$/.test(trimmed) && value <= most ? value : null;
};

/** How large the log is, in a sentence. */
export const sizeWords = ({ entries: count, bytes, oldest }: Usage): string => {
  const since = oldest === null ? "" : ` since ${day.format(new Date(oldest))}`;
  return `${count === 0 ? "No entries" : entries(count)}${since}. The profile's database takes ${byteSize(bytes)} on the disk.`;
};

/** What a retention would delete, in a sentence. */
export const excessWords = (
  { excess }: Usage,
  { keepDays, keepMegabytes }: { keepDays: number; keepMegabytes: number },
): string => {
  if (keepDays === 0 && keepMegabytes === 0) return "Every entry is kept.";
  if (excess.entries === 0) return "Nothing is deleted now; later the oldest entries go by themselves.";
  const about = keepMegabytes > 0 ? "About " : "";
  const upTo = excess.newest === null ? "" : `, up to ${day.format(new Date(excess.newest))}`;
  const verb = excess.entries === 1 ? "is" : "are";
  return `${about}${entries(excess.entries)}${upTo}, ${verb} deleted now, for good; later the oldest go by themselves.`;
};
