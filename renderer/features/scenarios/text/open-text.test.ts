import { describe, expect, test } from "vitest";
import type { ScenarioIssue } from "../../../../shared/model/scenario";
import { isBroken, isChanged, readKeptTexts, saveWords } from "./open-text";

const issue = (code: string, line: number): ScenarioIssue => ({
  ...{ severity: "error", code, file: "a.scenario.yaml", line, column: 1, path: "", message: "It is wrong." },
});

describe("a text that is open", () => {
  test("is changed where it is not what the disk held, whatever its line ends", () => {
    const base = { text: "a: 1\r\n", shown: "a: 1\n", version: "1" };
    expect([isChanged({ text: "a: 1\n", base }), isChanged({ text: "a: 2\n", base })]).toEqual([false, true]);
  });

  test("is not written by itself while it is no YAML", () => {
    const outline = {
      ...{ name: "A", description: "", environments: null, fragment: false, vars: {}, defaults: {} },
      ...{ data: null, steps: [] },
    };
    expect(isBroken({ outline, issues: [issue("unknown-key", 2)] })).toBe(false);
    expect(isBroken({ outline, issues: [issue("not-yaml", 2)] })).toBe(true);
    expect(isBroken({ outline: null, issues: [] })).toBe(true);
  });

  test("says with the line why it is not saved", () => {
    const reading = { outline: null, issues: [issue("not-yaml", 4)] };
    expect(saveWords({ save: { state: "held" }, reading })).toBe("Not saved: line 4 cannot be read");
    expect(saveWords({ save: { state: "saved" }, reading })).toBe("Saved");
  });

  test("is kept only as far as it makes sense", () => {
    expect(readKeptTexts({ a: { text: "x", version: "1" }, b: { text: 1 }, c: null })).toEqual({
      a: { text: "x", version: "1" },
    });
    expect(readKeptTexts("nothing")).toEqual({});
  });
});
