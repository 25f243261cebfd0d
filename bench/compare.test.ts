import { describe, expect, it } from "vitest";
import { changeOf, compareFigures, worseInWords } from "./compare.mjs";

const figure = (unit: string, median: number, lowest = median, highest = median, against = "a peer") => ({
  ...{ name: "what is measured", unit, ours: { median, lowest, highest }, against },
  theirs: { median: 100, lowest: 90, highest: 110 },
});

describe("comparing figures", () => {
  it("takes a difference within the wider spread for none", () => {
    expect(changeOf(figure("ms", 100, 95, 105), figure("ms", 140, 120, 180))).toBe("same");
    expect(changeOf(figure("ms", 100, 60, 120), figure("ms", 140, 139, 141))).toBe("same");
  });

  it("knows that more events a second are better, and more milliseconds or megabytes are not", () => {
    expect(changeOf(figure("/s", 1_000, 990, 1_010), figure("/s", 900, 895, 905))).toBe("worse");
    expect(changeOf(figure("/s", 900, 895, 905), figure("/s", 1_000, 990, 1_010))).toBe("better");
    expect(changeOf(figure("ms", 900, 895, 905), figure("ms", 1_000, 990, 1_010))).toBe("worse");
    expect(changeOf(figure("MB", 180), figure("MB", 179))).toBe("better");
  });

  it("compares what has the same name beside the same peer, and leaves out what is new", () => {
    const before = [figure("/s", 10, 10, 10, "newman"), figure("/s", 10, 10, 10, "httpyac")];
    const now = [figure("/s", 8, 8, 8, "httpyac"), figure("/s", 8, 8, 8, "bare undici")];
    expect(compareFigures(before, now).map(({ against, change }) => [against, change])).toEqual([
      ["httpyac", "worse"],
    ]);
  });

  it("names what got worse once, however many peers stand beside it", () => {
    const before = [figure("ms", 100, 98, 104, "newman"), figure("ms", 100, 98, 104, "httpyac")];
    const now = [figure("ms", 150, 145, 155, "newman"), figure("ms", 150, 145, 155, "httpyac")];
    expect(worseInWords(compareFigures(before, now))).toEqual([
      "what is measured: 100 ms before, 150 ms now, more than the spread of 10 ms. Beside httpyac: 1.00 before, 1.50 now.",
    ]);
  });
});
