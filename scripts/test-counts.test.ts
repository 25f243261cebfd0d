import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addCounts, countPlaywright, countVitest, noCounts, summarise } from "./test-counts.mjs";

describe("the summary of npm test", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "bellhop-"));
    file = join(folder, "report.json");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("counts what Vitest reports", () => {
    const assertionResults = [
      { status: "passed", fullName: "a" },
      { status: "failed", fullName: "b" },
      { status: "skipped", fullName: "c" },
      { status: "todo", fullName: "d" },
    ];
    writeFileSync(file, JSON.stringify({ testResults: [{ assertionResults }] }));
    const counts = countVitest(file);
    expect(counts).toMatchObject({ passed: 1, failed: 1, failures: ["b"] });
    expect([...counts.skipped.keys()]).toEqual(["c: no reason given", "d: no reason given"]);
  });

  it("counts what Playwright reports, however deep, with the reasons of what was skipped", () => {
    const skip = (description: string) => ({
      status: "skipped",
      annotations: [{ type: "skip", description }],
    });
    const inner = {
      title: "inner",
      specs: [
        { title: "one", tests: [{ status: "expected", annotations: [] }, skip("no Electron")] },
        { title: "two", tests: [{ status: "unexpected", annotations: [] }, skip("no Electron")] },
        { title: "three", tests: [{ status: "flaky", annotations: [] }] },
      ],
    };
    writeFileSync(file, JSON.stringify({ suites: [{ title: "file", suites: [inner] }] }));
    const counts = countPlaywright(file);
    expect(counts).toMatchObject({
      passed: 1,
      failed: 2,
      failures: ["two", "three (passed only when repeated)"],
    });
    expect([...counts.skipped]).toEqual([["no Electron", 2]]);
  });

  it("counts nothing where a report was never written", () => {
    expect(countVitest(file)).toEqual(noCounts());
    expect(countPlaywright(file)).toEqual(noCounts());
  });

  it("ends with the counts alone on the last line, after what failed and what was skipped and why", () => {
    const one = { passed: 3, failed: 1, failures: ["lint"], skipped: new Map([["no Electron", 2]]) };
    const other = { passed: 4, failed: 0, failures: [], skipped: new Map([["no Electron", 1]]) };
    expect(summarise(addCounts(one, other)).split("\n")).toEqual([
      "failed: lint",
      "skipped 3: no Electron",
      "7 passed, 1 failed, 3 skipped",
    ]);
  });
});
