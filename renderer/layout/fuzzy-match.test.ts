import { describe, expect, it } from "vitest";
import { fuzzyMatch, highlightRuns } from "./fuzzy-match";

const score = (query: string, text: string): number => fuzzyMatch(query, text)?.score ?? -Infinity;

describe("finding a command by what a person types", () => {
  it("needs every letter in order", () => {
    expect(fuzzyMatch("ndft", "New draft")).not.toBeNull();
    expect(fuzzyMatch("tfd", "New draft")).toBeNull();
  });

  it("needs every word, in any order", () => {
    expect(fuzzyMatch("draft new", "New VIEW draft")).not.toBeNull();
    expect(fuzzyMatch("draft old", "New VIEW draft")).toBeNull();
  });

  it("prefers a piece to scattered letters, and the start of a word to its middle", () => {
    expect(score("ord", "Order, 3 items")).toBeGreaterThan(score("ord", "Rosalind Fjord"));
    expect(score("ord", "Rosalind Fjord")).toBeGreaterThan(score("ord", "Open the board"));
    expect(score("env", "Environments")).toBeGreaterThan(score("env", "Open the inventory now, very soon"));
  });

  it("says which letters it took", () => {
    expect(fuzzyMatch("ord", "New ORDER draft")?.positions).toEqual([4, 5, 6]);
    expect(highlightRuns("New ORDER", [4, 5, 6])).toEqual([
      { text: "New ", hit: false },
      { text: "ORD", hit: true },
      { text: "ER", hit: false },
    ]);
  });

  it("takes everything for an empty query", () => {
    expect(fuzzyMatch("  ", "anything")).toEqual({ score: 0, positions: [] });
  });
});
