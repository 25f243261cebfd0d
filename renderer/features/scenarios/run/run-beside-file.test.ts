import { expect, test } from "vitest";
import { outlineOf } from "../steps/outlines-for-tests";
import { stepsOfOutline } from "./played-steps";
import { besideFile, numberInRun } from "./run-beside-file";
import { RunResults } from "./run-results";
import { runSummary, stepResult } from "./runs-for-tests";
import { noRun, progressed, runOf } from "./shown-run";

const before = outlineOf([
  "Opens the page",
  { title: "Three times", inside: ["Adds a product"] },
  "Signs up",
]);
const after = outlineOf(["Searches", "Opens the page", { title: "Three times", inside: ["Adds a product"] }]);
const at = { iteration: 1, occurrence: 1 };
const file = progressed(
  { ...noRun, played: stepsOfOutline(before) },
  runSummary({
    ...{ state: "paused", endedAt: null, pausedAt: { ...at, number: "2.1", why: "breakpoint" } },
    firstFailure: {
      ...at,
      number: "1",
      title: "Opens the page",
      message: "Status is 500, and should be 2xx.",
    },
  }),
  new RunResults().with([
    stepResult({ number: "1", title: "Opens the page" }),
    stepResult({ number: "3", title: "Signs up" }),
  ]),
);

test("the results of a run, and where it waits and failed, move with their steps", () => {
  const beside = besideFile(file, after);
  expect(beside.results.of(1, "1")).toHaveLength(0);
  expect(beside.results.of(1, "2")).toMatchObject([{ number: "2", title: "Opens the page" }]);
  expect(beside.results.all(1)).toHaveLength(1);
  expect(runOf(beside.shown)).toMatchObject({ pausedAt: { number: "3.1" }, firstFailure: { number: "2" } });
  expect(beside.gone).toBe(1);
  expect(numberInRun(beside, "3.1")).toBe("2.1");
  expect(numberInRun(beside, "1")).toBeNull();
});

test("a run stands as it was played beside the file that it was played from, or one that cannot be read", () => {
  expect(besideFile(file, before)).toMatchObject({ moved: null, gone: 0, results: file.results });
  expect(besideFile(file, null)).toMatchObject({ moved: null, results: file.results });
  expect(numberInRun(besideFile(file, before), "2.1")).toBe("2.1");
});
