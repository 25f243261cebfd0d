import { describe, expect, it } from "vitest";
import { lengthWords, offsetWords } from "./clock-words";

const hour = 3_600_000;

describe("the sandbox's clock in words", () => {
  it.each([
    [0, "real time"],
    [21 * 24 * hour, "21 days ahead"],
    [26 * hour, "1 day 2 hours ahead"],
    [hour, "1 hour ahead"],
    [90_000, "1 minute 30 seconds ahead"],
    [500, "500 ms ahead"],
    [-24 * hour, "1 day behind"],
  ])("says of an offset of %i ms: %s", (offset, words) => {
    expect(offsetWords(offset)).toBe(words);
  });

  it("leaves out what the two largest units leave over", () => {
    expect(lengthWords(24 * hour + 2 * hour + 61_000)).toBe("1 day 2 hours");
  });
});
