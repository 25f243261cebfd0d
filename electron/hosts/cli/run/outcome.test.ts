import { describe, expect, it } from "vitest";
import type { ErrorCode } from "../../../../shared/contract/errors";
import type { ScenarioIssue } from "../../../../shared/model/scenario";
import { failedStepForTests, runForTests, stepForTests } from "../reporters/run-for-tests";
import { exitCodeOfGate, exitCodeOfRefusal, exitCodeOfRun, exitCodeOfStep, firstOf } from "./outcome";

const issue = (code: string, severity: ScenarioIssue["severity"] = "error"): ScenarioIssue => ({
  ...{ severity, code, file: "a.scenario.yaml", line: 1, column: 1, path: "", message: "" },
});
const refusal = { path: "a.scenario.yaml", environment: "sandbox" };
const refused = (code: ErrorCode) =>
  exitCodeOfRefusal({ ...refusal, issues: [], error: { code, message: "" } });

describe("the exit code of run", () => {
  it.each([
    [[], 0],
    [[0, 0], 0],
    [[1, 0], 1],
    [[1, 3], 3],
    [[3, 4, 1], 4],
    [[4, 2, 3], 2],
    [[1, 2, 130], 130],
  ] as const)("of %j is %i", (occurred, code) => {
    expect(firstOf(new Set(occurred))).toBe(code);
  });

  it("is 1 for an event or expectation that is not right, and 2 for a file that cannot be played", () => {
    const of = (...issues: ScenarioIssue[]) => exitCodeOfRefusal({ ...refusal, issues, error: null });
    expect(of(issue("event-required"), issue("misread-number", "warning"))).toBe(1);
    expect(of(issue("wrong-matcher"), issue("event-required"))).toBe(1);
    expect(of(issue("event-required"), issue("unknown-key"))).toBe(2);
    expect(of(issue("not-yaml"))).toBe(2);
  });

  it("is that of what the core refuses with", () => {
    expect(refused("CREDENTIAL_MISSING")).toBe(4);
    expect(refused("CONSENT_REQUIRED")).toBe(2);
    expect(refused("FORBIDDEN")).toBe(2);
    expect(refused("UNREACHABLE")).toBe(3);
  });

  it("tells a step without an answer from one with a wrong one", () => {
    expect(exitCodeOfStep(stepForTests())).toBe(0);
    expect(exitCodeOfStep(failedStepForTests())).toBe(1);
    expect(exitCodeOfStep(failedStepForTests({ status: null, error: "REFUSED" }))).toBe(3);
    expect(exitCodeOfStep(failedStepForTests({ status: 302, error: "REDIRECT" }))).toBe(1);
    // It was tried again, and then answered.
    expect(exitCodeOfStep(stepForTests({ status: null, error: "REFUSED" }))).toBe(0);
  });

  it("is that of a run's end, and of a shut gate", () => {
    expect(exitCodeOfRun(runForTests({ state: "passed" }))).toBe(0);
    expect(exitCodeOfRun(runForTests({ state: "failed" }))).toBe(1);
    expect(exitCodeOfRun(runForTests({ state: "cancelled" }))).toBe(130);
    const error = { code: "UNREACHABLE", message: "" } as const;
    expect(exitCodeOfRun(runForTests({ state: "failed", error }))).toBe(3);
    const gate = { processed: 9, failed: 0, dropped: 0, rejected: 0, pending: 0 };
    expect(exitCodeOfGate(gate)).toBe(0);
    for (const count of ["failed", "dropped", "rejected", "pending"]) {
      expect(exitCodeOfGate({ ...gate, [count]: 1 }), count).toBe(1);
    }
  });
});
