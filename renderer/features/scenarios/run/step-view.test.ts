import { describe, expect, test } from "vitest";
import type { RunSummary, StepResult } from "../../../../shared/model/run";
import { RunResults } from "./run-results";
import { runSummary, stepResult } from "./runs-for-tests";
import { noRun, progressed, type FileRun } from "./shown-run";
import { stepView } from "./step-view";

const fileWith = (run: Partial<RunSummary>, steps: Partial<StepResult>[]): FileRun =>
  progressed(noRun, runSummary(run), new RunResults().with(steps.map(stepResult)));

const pausedAt = { iteration: 1, number: "6", occurrence: 1, why: "breakpoint" } as const;

describe("a step in the run that is shown", () => {
  test("says nothing where there is no run", () => {
    expect(stepView(noRun, "1")).toMatchObject({ state: "none", result: null, duration: null });
  });

  test("has the state, status and time of its result", () => {
    const view = stepView(fileWith({}, [{ number: "2", duration: 2.6 }]), "2");
    expect(view).toMatchObject({ state: "passed", status: 201, duration: 2.6, played: 1 });
  });

  test("took no time where it was skipped", () => {
    const view = stepView(fileWith({}, [{ number: "2", state: "skipped", duration: 0 }]), "2");
    expect(view).toMatchObject({ state: "skipped", duration: null });
  });

  test("is where a paused run waits", () => {
    const file = fileWith({ state: "paused", endedAt: null, pausedAt }, [{ number: "5" }]);
    expect(stepView(file, "6").state).toBe("next");
    expect(stepView(file, "5").state).toBe("passed");
    expect(stepView(file, "7").state).toBe("none");
  });

  test("a repeated step shows the time that failed, and the time of all together", () => {
    const file = fileWith({}, [
      { number: "5.1", occurrence: 1, duration: 2 },
      { number: "5.1", occurrence: 2, duration: 3, state: "failed" },
      { number: "5.1", occurrence: 3, duration: 4 },
    ]);
    const view = stepView(file, "5.1");
    expect(view).toMatchObject({ state: "failed", played: 3, duration: 9 });
    expect(view.result?.occurrence).toBe(2);
  });

  test("a group without a result of its own stands as its steps do", () => {
    const inside = [
      { number: "5.1", occurrence: 1 },
      { number: "5.1", occurrence: 2 },
    ];
    expect(stepView(fileWith({}, inside), "5")).toMatchObject({ state: "passed", played: 2, result: null });
    const waiting = { ...pausedAt, number: "5.2" };
    expect(stepView(fileWith({ state: "paused", endedAt: null, pausedAt: waiting }, inside), "5").state).toBe(
      "waiting",
    );
  });

  test("is where a run was stopped", () => {
    const stoppedAt = { iteration: 1, number: "3", occurrence: 1 };
    expect(stepView(fileWith({ state: "cancelled", stoppedAt }, []), "3").state).toBe("stopped");
  });
});

describe("the iteration that is shown", () => {
  const many = { planned: 100, ended: 40, passed: 39, failed: 1 };
  const firstFailure = { iteration: 17, number: "9", occurrence: 1, title: "Pays", message: "no" };

  test("follows the run", () => {
    const file = fileWith({ iterations: many, state: "running", endedAt: null }, [{ iteration: 40 }]);
    expect(file.iteration).toBe(40);
  });

  test("stays at the first that failed", () => {
    expect(fileWith({ iterations: many, firstFailure }, [{ iteration: 40 }]).iteration).toBe(17);
  });

  test("is the one that a person chose", () => {
    const file = { ...fileWith({ iterations: many }, []), chosen: true, iteration: 3 };
    const next = progressed(file, runSummary({ iterations: many, firstFailure }), file.results);
    expect(next.iteration).toBe(3);
  });
});
