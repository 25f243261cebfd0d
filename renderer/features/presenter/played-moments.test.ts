import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../shared/model/json";
import type { StepResult } from "../../../shared/model/run";
import { stepKinds, type StepKind, type StepOutline } from "../../../shared/model/scenario";
import { toldSteps } from "../../../shared/scenario/told-steps";
import { momentsOf, type Moment, type Story } from "./played-moments";

const outline = (number: string, kind: StepKind, step: JsonObject): StepOutline => ({
  ...{ number, kind, id: null, title: `Step ${number}`, detail: "", when: "when" in step },
  ...{ disabled: false, breakpoint: false, step, lines: { first: 1, last: 1 }, fragment: null, children: [] },
});
const steps = [
  outline("1", "browser", { browser: "new" }),
  outline("2", "note", { note: "Somebody comes." }),
  outline("3", "send", { send: "VIEW" }),
  outline("4", "wait", { wait: "2s" }),
  outline("5", "send", { send: "IDENTITY" }),
];
const story: Story = {
  told: toldSteps(steps),
  outline: new Map(steps.map((step) => [step.number, step])),
};

const result = (number: string, state: StepResult["state"], more: Partial<StepResult> = {}): StepResult => ({
  ...{ iteration: 1, number, occurrence: 1, stepId: number, title: `Step ${number}`, state },
  kind: stepKinds.find((kind) => kind === story.outline.get(number)?.kind) ?? "note",
  ...{ startedAt: "2026-11-25T10:00:00.000Z", duration: 1, entryIds: [], status: null, error: null },
  ...{ ingestion: null, event: null, response: null, failures: [], notes: [], captured: {}, guest: null },
  ...{ changes: null, place: { file: "a.scenario.yaml", line: 1 } },
  ...more,
});
const told = (moment: Moment): unknown[] => [moment.what.kind, moment.at, moment.caption];

describe("what is shown of a run on the stage", () => {
  it("is its captions, events and passing time; a new browser has nothing to show", () => {
    const results = [
      result("1", "passed"),
      result("2", "passed", { notes: ["Somebody comes."] }),
      result("3", "passed", { guest: { ref: "g", seq: 1 } }),
      result("4", "skipped"),
      result("5", "running"),
    ];
    const moments = momentsOf(results, story);
    expect(moments.map(told)).toEqual([
      ["opening", -1, null],
      ["note", -1, "Somebody comes."],
      ["step", 0, "Somebody comes."],
      ["time", 0, null],
    ]);
    expect(moments.at(-1)?.guest).toEqual({ ref: "g", place: { seq: 1 } });
  });

  it("ends with what failed, and leaves out what was skipped behind it", () => {
    const moments = momentsOf([result("3", "failed"), result("4", "skipped"), result("5", "skipped")], story);
    expect(moments.map(told)).toEqual([
      ["opening", -1, null],
      ["step", 0, null],
    ]);
  });

  it("begins anew with the next virtual guest", () => {
    const moments = momentsOf(
      [result("5", "passed", { guest: { ref: "a", seq: 4 } }), result("3", "passed", { iteration: 2 })],
      story,
    );
    expect(moments.map(({ at, guest }) => [at, guest?.ref])).toEqual([
      [-1, undefined],
      [1, "a"],
      [0, undefined],
    ]);
  });
});
