import { expect, it } from "vitest";
import { durationWords, shortened } from "./words";

it.each([
  [0, "0 ms"],
  [12.4, "12 ms"],
  [999, "999 ms"],
  [1_500, "1.5 s"],
  [59_960, "1 min 0 s"],
  [125_000, "2 min 5 s"],
  [4_800_000, "1 h 20 min"],
])("%d milliseconds are %s", (milliseconds, words) => {
  expect(durationWords(milliseconds)).toBe(words);
});

it("cuts a text without leaving half a character", () => {
  expect(shortened("abc", 3)).toBe("abc");
  expect(shortened("ab\u{1f600}cd", 4)).toBe("ab…");
});
