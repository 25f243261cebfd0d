import { describe, expect, test } from "vitest";
import type { ScenarioOutline } from "../../../../shared/model/scenario";
import { outlineOf } from "../steps/outlines-for-tests";
import { templateNames } from "./template-names";

const outline: ScenarioOutline = {
  ...{ name: "A", description: "", environments: null, fragment: false, defaults: {} },
  vars: { sku: "TEE-001" },
  data: { file: "guests.csv", columns: ["email"], rows: 1, first: [] },
  steps: outlineOf(["signup"]).map((step) => ({
    ...step,
    step: { id: "signup", send: "IDENTITY", capture: { identityRef: "/ref" } },
  })),
};

describe("the names in a template", () => {
  test("are the scenario's own before those that make values", () => {
    const names = templateNames(outline).map(({ name }) => name);
    expect(names.slice(0, 4)).toEqual(["sku", "identityRef", "steps.signup.response.body", "row.email"]);
    expect(names).toContain("$uuid");
  });

  test("are the common ones where the text cannot be read", () => {
    expect(templateNames(null).map(({ name }) => name)).toContain("browser_id");
  });
});
