import { expect, it } from "vitest";
import { seenWords } from "./seen-words";

const now = new Date(2026, 10, 25, 12, 0, 0).getTime();
const ago = (milliseconds: number): string => new Date(now - milliseconds).toISOString();
const hour = 3_600_000;

it.each([
  ["now", 20_000],
  ["10:00", 2 * hour],
  ["Tue", 20 * hour],
  ["11 Nov", 14 * 24 * hour],
  ["Nov 2025", 365 * 24 * hour],
])("says %s", (words, before) => {
  expect(seenWords(ago(before), now)).toBe(words);
});

it("says nothing of what is no time", () => {
  expect(seenWords("never", now)).toBe("");
});
