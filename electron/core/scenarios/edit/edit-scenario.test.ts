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

const steps = (written: string): string => `bellhop: 1\nsteps:${written}`;

describe("an edit of steps", () => {
  it.each([
    ["none at all", "bellhop: 1\n"],
    ["brackets with nothing in them", steps(" []   # none yet\n")],
    ["nothing behind the key", steps("   # none yet\n")],
  ])("puts the first ones where there is %s", (_, before) => {
    const after = editScenario(before, [
      {
        op: "insert",
        parent: null,
        before: null,
        steps: [{ send: "VIEW", event: { page: "x" } }, { note: "Hi" }],
      },
    ]);
    expect(after).toContain("\n  - send: VIEW\n    event: { page: x }\n  - note: Hi\n");
    if (before.includes("#")) expect(after).toContain("steps:   # none yet\n");
  });

  it("leaves brackets where the last one goes, and the comments around", () => {
    const before = steps("   # mine\n  - wait: 1s\n  # later\nname: X\n");
    const after = editScenario(before, [{ op: "remove", steps: ["1"] }]);
    expect(after).toBe(steps(" []   # mine\n  # later\nname: X\n"));
  });

  it("gives a copy's ids other numbers, also within", () => {
    const before = steps(
      "\n  - id: a-2\n    repeat: 2 # twice\n    steps:\n      - { id: b, wait: 1s }\n  - id: a-3\n    wait: 1s\n",
    );
    const after = editScenario(before, [{ op: "duplicate", steps: ["1"] }]);
    expect(after).toContain(
      "  - id: a-4\n    repeat: 2 # twice\n    steps:\n      - { id: b-2, wait: 1s }\n",
    );
  });

  it("takes the first key of a step away and keeps the comments below it", () => {
    const before = steps("\n  # above\n  - id: a   # gone\n    # about the wait\n    wait: 1s   # stays\n");
    const after = editScenario(before, [{ op: "setStep", step: "1", key: "id" }]);
    expect(after).toBe(steps("\n  # above\n    # about the wait\n  - wait: 1s   # stays\n"));
  });

  it("keeps empty lines between steps where there are some everywhere", () => {
    const before = steps("\n  - wait: 1s\n\n  - wait: 2s\n\n  - wait: 3s\n");
    const moved = editScenario(before, [{ op: "move", steps: ["3"], parent: null, before: "1" }]);
    expect(moved).toBe(steps("\n  - wait: 3s\n\n  - wait: 1s\n\n  - wait: 2s\n"));
    const added = editScenario(before, [{ op: "insert", parent: null, before: "2", steps: [{ note: "x" }] }]);
    expect(added).toBe(steps("\n  - wait: 1s\n\n  - note: x\n\n  - wait: 2s\n\n  - wait: 3s\n"));
  });

  it("works in files that are written in braces, as JSON is", () => {
    const before = '{ "bellhop": 1, "steps": [ { "wait": "1s" }, { "send": "VIEW" } ] }\n';
    const after = editScenario(before, [
      { op: "move", steps: ["2"], parent: null, before: "1" },
      { op: "setStep", step: "2", key: "wait", value: "3s" },
    ]);
    expect(parse(after)).toEqual({ bellhop: 1, steps: [{ send: "VIEW" }, { wait: "3s" }] });
  });

  it("does not change in two places what is written in one", () => {
    const before = steps("\n  - &one { wait: 1s }\n  - *one\n  - wait: 2s\n");
    const refused = { code: "INVALID_INPUT" };
    const change = (edit: ScenarioEdit) => () => editScenario(before, [edit]);
    expect(change({ op: "setStep", step: "1", key: "wait", value: "5s" })).toThrow("anchors");
    expect(change({ op: "setStep", step: "2", key: "wait", value: "5s" })).toThrow();
    expect(change({ op: "move", steps: ["2"], parent: null, before: "1" })).toThrow();
    expect(change({ op: "move", steps: ["3"], parent: null, before: "1" })()).toBe(
      steps("\n  - wait: 2s\n  - &one { wait: 1s }\n  - *one\n"),
    );
    expect(change({ op: "remove", steps: ["1"] })).toThrow(expect.objectContaining(refused));
  });

  it.each<[string, ScenarioEdit]>([
    ["There is no step 9", { op: "setStep", step: "9", key: "id", value: "x" }],
    ["There is no step 1.1", { op: "remove", steps: ["1.1"] }],
    ["has no steps of its own", { op: "insert", parent: "1", before: null, steps: [{ note: "x" }] }],
    ["does not stand in step 2", { op: "move", steps: ["1"], parent: "2", before: "1" }],
    ["into itself", { op: "move", steps: ["2"], parent: "2", before: null }],
  ])("that makes no sense is refused in words: %s", (words, change) => {
    const before = steps("\n  - wait: 1s\n  - repeat: 2\n    steps:\n      - wait: 1s\n");
    expect(() => editScenario(before, [change])).toThrow(words);
  });

  it("of a text that is no YAML says where", () => {
    const change: ScenarioEdit = { op: "remove", steps: ["1"] };
    expect(() => editScenario("bellhop: 1\nsteps: [\n", [change])).toThrow(/^Line \d+, column \d+: /);
    expect(() => editScenario("- 1\n", [change])).toThrow("not a map");
    expect(() => editScenario("steps: 5\n", [change])).toThrow("not a list");
    expect(() => editScenario("[".repeat(100_000), [change])).toThrow("deeper");
    expect(() =>
      editScenario(`#${"x".repeat(900_000)}\nsteps: [1]\n`, Array<ScenarioEdit>(30).fill(change)),
    ).toThrow("too many changes");
  });

  it("writes values so that every reader of YAML takes them for the same", () => {
    const value = {
      a: "no",
      b: "1.5",
      c: "{{ x }}",
      d: "a: b # c",
      e: "",
      f: "2026-01-01",
      g: "null",
      h: "- x",
    };
    const after = editScenario(steps("\n  - send: VIEW\n"), [
      { op: "setStep", step: "1", key: "event", value },
    ]);
    expect(parse(after, { version: "1.1" })).toMatchObject({ steps: [{ event: value }] });
  });
});
