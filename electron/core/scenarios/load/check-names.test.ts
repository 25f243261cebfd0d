import { describe, expect, it } from "vitest";
import { useScenariosOnDisk } from "./scenarios-on-disk";

const disk = useScenariosOnDisk();
const view = '  - send: VIEW\n    event: { page: "https://shop.example/" }';

describe("names", () => {
  it.each<[string, string, string]>([
    ["email: '{{ emial }}'", "25", "Unknown name emial. Did you mean email?"],
    ["email: '{{ nobody }}'", "25", "Unknown name nobody. The names here are email."],
    ["email: 'x {{ email }} {{ custmer }}'", "39", "Unknown name custmer."],
    ["email: '{{ row.email }}'", "25", "There is no row: the scenario has no data."],
    [
      "email: '{{ env.tennant }}'",
      "25",
      "The environment sandbox has no value tennant. Did you mean env.tenant?",
    ],
    ["email: '{{ tenant }}'", "25", "Unknown name tenant. Did you mean env.tenant?"],
    [
      "email: '{{ steps.last.response.body.ref }}'",
      "25",
      "steps.last is step 2, which has not been played yet.",
    ],
    ["email: '{{ steps.lst.response.body.ref }}'", "25", "Unknown name steps.lst."],
    ["email: '{{ later }}'", "25", "later is not known here: step 2 brings it, which is played later."],
    ["email: '{{ off }}'", "25", "off is not known here: step 3 brings it, and is disabled."],
    ["email: '{{ $emial }}'", "25", "$emial is not a generator. Did you mean $email?"],
    ["email: '{{ a + b }}'", "25", "a + b is neither a name nor a generator."],
  ])("%s is wrong at its place", async (field, column, message) => {
    const steps = [
      `  - send: IDENTITY\n    event: { ${field} }`,
      "  - send: IDENTITY\n    id: last\n    event: { email: a@example.com }\n    capture: { later: /ref }",
      "  - send: IDENTITY\n    disabled: true\n    event: { email: a@example.com }\n    capture: { off: /ref }",
    ].join("\n");
    const issues = await disk.issues(steps, { head: "vars: { email: a@example.com }\n" });
    expect(issues).toHaveLength(1);
    expect(issues[0]).toContain(`main.scenario.yaml:5:${column} ${message}`);
  });

  it("are known from a capture on, through repeats, and by a step's id", async () => {
    const steps = [
      "  - repeat: 2\n    steps:\n      - send: VIEW\n        id: first\n        event: { page: 'https://a.example/' }\n        capture: { viewRef: /ref }",
      "  - send: VIEW\n    event: { page: 'https://a.example/{{ viewRef }}/{{ steps.first.response.body.ref }}/{{ session_id }}' }",
      "  - note: '{{ browser_id }}'",
    ].join("\n");
    expect(await disk.issues(steps)).toEqual([]);
  });

  it.each<[string, string, string]>([
    ["vars: { a: '{{ b }}', b: 1 }\n", view, "2:16 b is not known here: it stands further down in vars."],
    ["vars: { a: '{{ browser_id }}' }\n", view, "2:16 browser_id is not known yet"],
    ["vars: { row: 1 }\n", view, "2:9 A var cannot be called row"],
    ["defaults: { x: '{{ y }}' }\n", view, "2:20 Unknown name y."],
    [
      "vars: { ref: 1 }\n",
      `${view}\n    capture: { ref: /ref }`,
      "6:16 ref is a var, so no step can capture it.",
    ],
    ["", `${view}\n    capture: { steps: /ref }`, "5:16 A capture cannot be called steps"],
    ["", `${view}\n    id: a\n${view}\n    id: a`, "8:9 Step 1 has the id a already."],
    [
      "",
      `  - wait: 1s\n    id: w\n  - note: '{{ steps.w.response.body }}'`,
      "5:15 The step w sends no event",
    ],
    ["", `${view}\n    id: a\n  - note: '{{ steps.a.body }}'`, "6:15 A step has response.body"],
    ["", `${view}\n    capture: { a: ref }`, '5:19 "ref" is no JSON Pointer.'],
    ["", `${view}\n    capture: { a: /~2 }`, "no JSON Pointer"],
  ])("%s%s", async (head, steps, message) => {
    const issues = await disk.issues(steps, { head });
    expect(issues).toHaveLength(1);
    expect(issues[0]).toContain(message);
  });

  it("that `when` alone asks for may be missing: that is worth a warning", async () => {
    const loaded = await disk.issues(`${view}\n    when: "{{ maybe }}"`);
    expect(loaded).toEqual([expect.stringContaining("5:15 Unknown name maybe.")]);
    await expect(disk.plan(`${view}\n    when: "{{ maybe }}"`)).resolves.toBeDefined();
    expect(await disk.issues(`${view}\n    when: always`)).toEqual([
      expect.stringContaining("which is always true"),
    ]);
  });
});
