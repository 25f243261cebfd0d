import { describe, expect, test } from "vitest";
import { dropPlace } from "./drop-place";
import { outlineOf } from "./outlines-for-tests";
import {
  duplicateSteps,
  moveTo,
  moveTowards,
  numbersAt,
  outermost,
  placeBehind,
  removeSteps,
} from "./step-moves";
import { followSteps, stepAtLine, stepRows } from "./step-rows";

const steps = outlineOf([
  "land",
  "search",
  { title: "three times", kind: "repeat", inside: ["add", "look"] },
  { title: "checkout", kind: "use", fragment: "checkout.scenario.yaml", inside: ["review", "pay"] },
  "leave",
]);
const rows = stepRows(steps, new Set());

describe("moving steps by keyboard", () => {
  test("goes past the neighbour and keeps the selection on the step", () => {
    expect(moveTowards(steps, ["2"], "up")).toEqual({
      edits: [{ op: "move", steps: ["2"], parent: null, before: "1" }],
      selected: ["1"],
    });
    expect(moveTowards(steps, ["2"], "down")).toEqual({
      edits: [{ op: "move", steps: ["2"], parent: null, before: "4" }],
      selected: ["3"],
    });
  });

  test("moves several as a block", () => {
    expect(moveTowards(steps, ["1", "2"], "down")?.selected).toEqual(["2", "3"]);
    expect(moveTowards(steps, ["4", "5"], "down")).toBeNull();
  });

  test("leads out of a repeat, behind it, and into the one before", () => {
    expect(moveTowards(steps, ["3.2"], "out")).toEqual({
      edits: [{ op: "move", steps: ["3.2"], parent: null, before: "4" }],
      selected: ["4"],
    });
    expect(moveTowards(steps, ["4"], "in")).toEqual({
      edits: [{ op: "move", steps: ["4"], parent: "3", before: null }],
      selected: ["3.3"],
    });
    expect(moveTowards(steps, ["2"], "in")).toBeNull();
  });

  test("leaves a fragment's steps where they are", () => {
    expect(moveTowards(steps, ["4.1"], "down")).toBeNull();
  });
});

describe("moving steps to a place", () => {
  test("counts what was taken out before it", () => {
    expect(moveTo(steps, ["1"], { parent: "3", before: "3.2" })?.selected).toEqual(["2.2"]);
    expect(moveTo(steps, ["5"], { parent: null, before: "1" })?.selected).toEqual(["1"]);
  });

  test("never leads into the step itself, nor to where it is", () => {
    expect(moveTo(steps, ["3"], { parent: "3", before: null })).toBeNull();
    expect(moveTo(steps, ["1"], { parent: null, before: "1" })).toBeNull();
    expect(moveTo(steps, ["1"], { parent: null, before: "2" })).toBeNull();
  });

  test("takes those inside others along with them", () => {
    expect(outermost(["3.1", "10", "3", "2"])).toEqual(["2", "3", "10"]);
  });
});

describe("adding, copying and taking away", () => {
  test("puts something new behind the selected step, or at the end", () => {
    expect(placeBehind(steps, "3.1")).toEqual({ parent: "3", before: "3.2" });
    expect(placeBehind(steps, "4.2")).toEqual({ parent: null, before: "5" });
    expect(placeBehind(steps, null)).toEqual({ parent: null, before: null });
    expect(numbersAt(steps, { parent: "3", before: null }, 2)).toEqual(["3.3", "3.4"]);
  });

  test("selects the copies", () => {
    expect(duplicateSteps(steps, ["1", "2"])?.selected).toEqual(["3", "4"]);
  });

  test("selects what takes the place of what went", () => {
    expect(removeSteps(steps, ["2"])?.selected).toEqual(["2"]);
    expect(removeSteps(steps, ["5"])?.selected).toEqual(["4"]);
    expect(removeSteps(steps, ["3.1", "3.2"])?.selected).toEqual(["3"]);
    expect(removeSteps(steps, ["4.1"])).toBeNull();
  });
});

describe("dropping dragged steps", () => {
  test("goes above the row that is pointed at", () => {
    expect(dropPlace(rows, 1, 0)).toEqual({ parent: null, before: "2", index: 1, depth: 0 });
    expect(dropPlace(rows, 3, 0)).toEqual({ parent: "3", before: "3.1", index: 3, depth: 1 });
  });

  test("asks the indent at the end of a repeat", () => {
    expect(dropPlace(rows, 5, 1)).toEqual({ parent: "3", before: null, index: 5, depth: 1 });
    expect(dropPlace(rows, 5, 0)).toEqual({ parent: null, before: "4", index: 5, depth: 0 });
  });

  test("is not possible among a fragment's steps, but behind them", () => {
    expect(dropPlace(rows, 6, 1)).toBeNull();
    expect(dropPlace(rows, 8, 3)).toEqual({ parent: null, before: "5", index: 8, depth: 0 });
  });

  test("goes to the end below the last row", () => {
    expect(dropPlace(rows, rows.length, 4)).toEqual({ parent: null, before: null, index: 9, depth: 0 });
    expect(dropPlace([], 0, 0)).toEqual({ parent: null, before: null, index: 0, depth: 0 });
  });
});

describe("following steps through a change of the text", () => {
  test("finds a step that moved, and keeps one that was changed", () => {
    const after = outlineOf(["note", "land", "seek"]);
    expect(followSteps(steps, after, ["1"])).toEqual(["2"]);
    expect(followSteps(outlineOf(["a", "b"]), outlineOf(["a", "c"]), ["2"])).toEqual(["2"]);
    expect(followSteps(outlineOf(["a", "b"]), outlineOf(["a"]), ["2"])).toEqual([]);
  });

  test("finds the innermost step of a line, but none of a fragment", () => {
    expect(stepAtLine(steps, 4)?.number).toBe("3.1");
    expect(stepAtLine(steps, 7)?.number).toBe("4");
    expect(stepAtLine(steps, 99)).toBeUndefined();
  });
});
