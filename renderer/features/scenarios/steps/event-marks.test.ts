import { describe, expect, test } from "vitest";
import type { EnvironmentView } from "../../../../shared/model/environment";
import { issuesOfStep } from "./event-marks";

const environment = {
  ...{ name: "sandbox", catalog: "spec", channel: "WEB", pos: "bellhop", currency: "EUR", language: "EN" },
} as EnvironmentView;
const paths = (type: string, event: Parameters<typeof issuesOfStep>[0]["event"]): string[] =>
  issuesOfStep({ type, event, defaults: {} }, environment).map(({ path }) => path);

describe("what the catalog says of a step's event", () => {
  test("names the field that is wrong", () => {
    expect(paths("IDENTITY", { email: "nobody" })).toContain("/email");
  });

  test("says nothing of what is filled only when it runs", () => {
    expect(paths("IDENTITY", { email: "{{ email }}" })).not.toContain("/email");
    expect(paths("ADD", { product: "{{ row.product }}" })).not.toContain("/product");
  });
});
