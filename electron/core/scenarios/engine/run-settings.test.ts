import { describe, expect, it } from "vitest";
import type { RunOptions } from "../../../../shared/model/run";
import type { ScenarioStep } from "../../../../shared/model/scenario";
import type { Plan, PlannedStep } from "../plan";
import { decideSettings } from "./run-settings";

const place = { file: "a.scenario.yaml", line: 1, column: 1 };
const planned = (step: ScenarioStep, children: PlannedStep[] = []): PlannedStep => ({
  ...{ number: "1", id: "1", title: "", step, place, children, fragment: null },
  kind: "repeat" in step ? "repeat" : "note",
});
const note = planned({ note: "hello" });

const plan = (change: Partial<Plan> = {}): Plan => ({
  ...{ file: "/a.scenario.yaml", path: "a.scenario.yaml", name: "A", description: "", environments: null },
  ...{ seed: null, vars: {}, defaults: {}, data: null, steps: [note] },
  ...change,
});
const rows = (count: number): Plan["data"] => ({
  ...{ file: "rows.csv", columns: [] },
  rows: Array.from({ length: count }, () => ({})),
});

const decide = (scenario: Plan, options: RunOptions, isSandbox: boolean) =>
  decideSettings(scenario, options, isSandbox, "drawn");

describe("how a run is played", () => {
  it("is polite to a tenant unless told otherwise, and fast on a sandbox", () => {
    expect(decide(plan(), {}, false)).toMatchObject({ rate: 5, concurrency: 1 });
    expect(decide(plan(), {}, true)).toMatchObject({ rate: null, concurrency: 1 });
    const told = { rate: 100, concurrency: 50, iterations: 60 };
    expect(decide(plan(), told, false)).toMatchObject(told);
  });

  it("has an iteration for each row, as often as iterations are asked for, and no idle guests", () => {
    const settings = decide(plan({ data: rows(3) }), { iterations: 2, concurrency: 50 }, true);
    expect(settings).toMatchObject({ iterations: 6, concurrency: 6 });
  });

  it("takes the seed of the options before that of the file, and the one that was drawn where there is none", () => {
    expect(decide(plan({ seed: "1" }), { seed: "2" }, true).seed).toBe("2");
    expect(decide(plan({ seed: "1" }), {}, true).seed).toBe("1");
    expect(decide(plan(), {}, true).seed).toBe("drawn");
  });

  it("counts the steps to come, where the file alone says how many there are", () => {
    const repeat = (count: number | string) => planned({ repeat: count, steps: [] }, [note, note]);
    const counted = (steps: PlannedStep[]) => decide(plan({ steps, data: rows(2) }), {}, true).plannedSteps;
    expect(counted([note, repeat(10)])).toBe(42);
    expect(counted([note, repeat("{{ row.times }}")])).toBeNull();
  });
});
