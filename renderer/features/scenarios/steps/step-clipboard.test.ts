import { describe, expect, test } from "vitest";
import { outlineOf } from "./outlines-for-tests";
import { copySteps, pasteSteps } from "./step-clipboard";

const at = (first: number, last: number) =>
  outlineOf(["a"]).map((step) => ({ ...step, lines: { first, last }, step: { wait: "1s" } }));

describe("copying steps", () => {
  test("takes them as they stand in the text, with their comments, without their indent", () => {
    const text = "steps:\n  - wait: 1s # think\n    name: Thinks\n\n  - note: b\n";
    expect(copySteps(text, at(2, 3))).toBe("- wait: 1s # think\n  name: Thinks\n");
    expect(copySteps(text, [...at(2, 4), ...at(5, 5)])).toBe(
      "- wait: 1s # think\n  name: Thinks\n- note: b\n",
    );
  });

  test("writes steps anew that share a line with others", () => {
    expect(copySteps("steps: [{ wait: 1s }, { note: b }]", at(1, 1))).toBe("- wait: 1s\n");
  });
});

describe("pasting steps", () => {
  test("takes a list, one step, or the steps of a scenario", () => {
    expect(pasteSteps("- wait: 1s\n- note: b\n")).toEqual([{ wait: "1s" }, { note: "b" }]);
    expect(pasteSteps("wait: 1s")).toEqual([{ wait: "1s" }]);
    expect(pasteSteps("bellhop: 1\nsteps:\n  - note: b\n")).toEqual([{ note: "b" }]);
    expect(pasteSteps("- repeat: 2\n  steps: [{ note: b }]")).toEqual([
      { repeat: 2, steps: [{ note: "b" }] },
    ]);
  });

  test("says why a text is none", () => {
    expect(() => pasteSteps("hello")).toThrow("not a map of keys and values");
    expect(() => pasteSteps("[]")).toThrow("nothing in it");
    expect(() => pasteSteps("- a: 'x")).toThrow("are no steps");
  });
});
