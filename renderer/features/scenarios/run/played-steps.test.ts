import { describe, expect, test } from "vitest";
import { findStepsNow, stepsOfResults, type PlayedStep } from "./played-steps";
import { stepResult } from "./runs-for-tests";

const step = (number: string, title: string, id: string | null = null): PlayedStep => ({
  ...{ number, kind: "send", title, id },
});
const journey = [step("1", "Opens the page"), step("2", "Adds a product"), step("3", "Signs up", "signup")];
const found = (file: readonly PlayedStep[], played = journey) =>
  Object.fromEntries(findStepsNow(played, file) ?? []);

describe("the steps of a run in a file that has changed since", () => {
  test("stand where they stood while nothing moves, also where the file has more behind them", () => {
    expect(findStepsNow(journey, journey)).toBeNull();
    expect(findStepsNow(journey, [...journey, step("4", "Pays")])).toBeNull();
  });

  test("are followed behind a step that was put before them", () => {
    const [opens, adds, signs] = journey.map(({ title, id }, at) => step(`${at + 2}`, title, id));
    expect(found([step("1", "Searches"), opens!, adds!, signs!])).toEqual({ "1": "2", "2": "3", "3": "4" });
  });

  test("are known by their id, whatever they are called by now", () => {
    expect(found([step("1", "Joins the club", "signup"), step("2", "Opens the page")])).toEqual({
      ...{ "1": "2", "2": null, "3": "1" },
    });
  });

  test("go in their order where several are called the same, and nowhere where there are more or fewer by now", () => {
    const twice = [step("1", "Adds a product"), step("2", "Adds a product"), step("3", "Pays")];
    const moved = [step("1", "Pays"), step("2", "Adds a product"), step("3", "Adds a product")];
    expect(found(moved, twice)).toEqual({ "1": "2", "2": "3", "3": "1" });
    expect(found([step("1", "Adds a product"), step("2", "Pays")], twice)).toEqual({
      ...{ "1": null, "2": null, "3": "2" },
    });
  });

  test("are not taken for one on another level", () => {
    expect(found([step("1", "Three times"), step("1.1", "Opens the page")])).toEqual({
      ...{ "1": null, "2": null, "3": null },
    });
  });
});

test("of a run from elsewhere, the results say which steps it had", () => {
  const results = [
    stepResult({ number: "1", stepId: "1", title: "Opens the page" }),
    stepResult({ number: "2", stepId: "signup", title: "Signs up", occurrence: 1 }),
    stepResult({ number: "2", stepId: "signup", title: "Signs up", occurrence: 2 }),
  ];
  expect(stepsOfResults(results)).toEqual([step("1", "Opens the page"), step("2", "Signs up", "signup")]);
});
