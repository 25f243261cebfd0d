import { expect, test } from "vitest";
import { besideScenario, inWorkspace } from "./data-paths";

test("a data file that a scenario names is found in the workspace", () => {
  expect(inWorkspace("first.scenario.yaml", "guests.csv")).toBe("guests.csv");
  expect(inWorkspace("journeys/first.scenario.yaml", "./guests.csv")).toBe("journeys/guests.csv");
  expect(inWorkspace("journeys/shop/first.scenario.yaml", "../../data/guests.csv")).toBe("data/guests.csv");
  expect(inWorkspace("/tmp/first.scenario.yaml", "guests.csv")).toBe("/tmp/guests.csv");
});

test("a file of the workspace is named relative to the scenario", () => {
  expect(besideScenario("first.scenario.yaml", "guests.csv")).toBe("guests.csv");
  expect(besideScenario("journeys/first.scenario.yaml", "journeys/guests.csv")).toBe("guests.csv");
  expect(besideScenario("journeys/shop/first.scenario.yaml", "data/guests.csv")).toBe(
    "../../data/guests.csv",
  );
});
