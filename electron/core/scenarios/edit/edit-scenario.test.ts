import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { ScenarioEdit } from "../../../../shared/model/scenario";
import { editScenario } from "./edit-scenario";

const text = `# Ours
bellhop: 1
name: 'First purchase'   # for demos

vars:
  sku: TEE-001   # the shirt
steps:
  # The visitor arrives.
  - id: land
    name: "Opens the home page"
    send: VIEW
    event: {page: "https://shop.example/", ext: {a: '1'}}   # home
    within: 2s

  - wait: 2s   # think
  # Three of them.
  - repeat: 3
    steps:
      # into the cart
      - send: ADD
        event:
          # which one
          product:
            sku: "{{ sku }}"   # from vars
            price: 19.9
      - wait: 1s

  # The end.
  - note: >
      Thank you
      for coming.
  # - note: not yet
`;

const edit = (...edits: ScenarioEdit[]): string => editScenario(text, edits);

const changedLines = (after: string): string[] => {
  const before = text.split("\n");
  return after.split("\n").filter((line) => !before.includes(line));
};

describe("an edit of a scenario", () => {
  it("sets a value in its place and touches no other line", () => {
    const after = edit({ op: "setStep", step: "1", key: "within", value: "5s" });
    expect(after).toBe(text.replace("within: 2s", "within: 5s"));
  });

  it("keeps quotes, and the comment behind", () => {
    expect(edit({ op: "setHead", key: "name", value: "Second" })).toBe(
      text.replace("First purchase", "Second"),
    );
    const named = edit({ op: "setStep", step: "1", key: "name", value: "Lands" });
    expect(named).toBe(text.replace("Opens the home page", "Lands"));
    const wait = edit({ op: "setStep", step: "2", key: "wait", value: "3s" });
    expect(wait).toBe(text.replace("wait: 2s", "wait: 3s"));
  });

  it("keeps comments and order inside an event", () => {
    const value = { product: { price: 20, sku: "{{ sku }}", name: "Tee" } };
    const after = edit({ op: "setStep", step: "3.1", key: "event", value });
    expect(after).toBe(
      text.replace("            price: 19.9\n", "            price: 20\n            name: Tee\n"),
    );
  });

  it("changes one member of an event in braces and leaves the braces as they are", () => {
    const value = { page: "https://shop.example/a", ext: { a: "1" } };
    const after = edit({ op: "setStep", step: "1", key: "event", value });
    expect(after).toBe(text.replace("https://shop.example/", "https://shop.example/a"));
  });

  it("moves a step with the comments above it", () => {
    const after = edit({ op: "move", steps: ["3"], parent: null, before: "1" });
    expect(after.indexOf("# Three of them.\n  - repeat: 3")).toBeLessThan(
      after.indexOf("# The visitor arrives."),
    );
    expect(changedLines(after)).toEqual([]);
    const steps = (parse(after) as { steps: object[] }).steps;
    expect(steps.map((step) => Object.keys(step)[0])).toEqual(["repeat", "id", "wait", "note"]);
  });

  it("moves a step into a repeat and out of it", () => {
    const into = edit({ op: "move", steps: ["2"], parent: "3", before: "3.1" });
    expect(into).toContain(
      "    steps:\n      - wait: 2s   # think\n      # into the cart\n      - send: ADD\n",
    );
    const out = edit({ op: "move", steps: ["3.1"], parent: null, before: null });
    expect(parse(out)).toMatchObject({ steps: [{}, {}, { steps: [{ wait: "1s" }] }, {}, { send: "ADD" }] });
    expect(out).toContain(
      "  # into the cart\n  - send: ADD\n    event:\n      # which one\n      product:\n",
    );
  });
});
