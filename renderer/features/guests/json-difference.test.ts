import { expect, it } from "vitest";
import { jsonDifference } from "./json-difference";

it("shows the lines that differ with some around them, and folds what is equal", () => {
  const before = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`key${index}`, index]));
  const lines = jsonDifference(before, { ...before, key15: "new" });
  expect(lines.filter(({ kind }) => kind === "removed")).toEqual([
    { kind: "removed", text: '  "key15": 15,' },
  ]);
  expect(lines.filter(({ kind }) => kind === "added")).toEqual([
    { kind: "added", text: '  "key15": "new",' },
  ]);
  expect(lines.filter(({ kind }) => kind === "gap")).toEqual([
    { kind: "gap", count: 13 },
    { kind: "gap", count: 12 },
  ]);
});

it("shows all of a new profile", () => {
  expect(jsonDifference(null, { a: 1 }).map(({ kind }) => kind)).toEqual([
    "removed",
    "added",
    "added",
    "added",
  ]);
});

it("folds all where nothing differs", () => {
  expect(jsonDifference({ a: 1, b: 2 }, { a: 1, b: 2 })).toEqual([{ kind: "gap", count: 4 }]);
});
