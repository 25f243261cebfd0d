import { writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { checkScenario, loadScenario } from "./load-scenario";
import { inWords, sandbox, useScenariosOnDisk } from "./scenarios-on-disk";

const disk = useScenariosOnDisk();
const view = '  - send: VIEW\n    event: { page: "https://shop.example/" }';

describe("a scenario that can be played", () => {
  it("becomes a plan: its steps as written, with numbers, ids, titles and places", async () => {
    const plan = await disk.plan(`${view}\n    id: land\n  - repeat: 2\n    steps:\n      - wait: 1s`, {
      head: "name: Tour\nseed: 7\nvars: { a: 1 }\ndefaults: { currency: EUR }\n",
    });
    expect(plan).toMatchObject({
      ...{
        path: "main.scenario.yaml",
        name: "Tour",
        seed: "7",
        vars: { a: 1 },
        defaults: { currency: "EUR" },
      },
      data: null,
      steps: [
        {
          number: "1",
          kind: "send",
          id: "land",
          title: "Views a page",
          place: { file: "main.scenario.yaml", line: 7, column: 5 },
        },
        { number: "2", kind: "repeat", id: "2", title: "Twice", children: [{ number: "2.1", kind: "wait" }] },
      ],
    });
    expect(plan.steps[0]?.step).toEqual({
      send: "VIEW",
      event: { page: "https://shop.example/" },
      id: "land",
    });
  });

  it("takes seed and vars of the command line before its own: text where its own is text, else JSON", async () => {
    const plan = await disk.plan(view, {
      head: "seed: 7\nvars: { text: a, number: 1, list: [1] }\n",
      options: { seed: "x", vars: { text: "5", number: "6", list: "[2]", more: "7" } },
    });
    expect(plan.seed).toBe("x");
    expect(plan.vars).toEqual({ more: "7", text: "5", number: 6, list: [2] });
  });

  it("may be one that is not saved yet", async () => {
    const loaded = await loadScenario({
      ...{ workspace: disk.workspace(), file: "new.scenario.yaml", environment: sandbox },
      text: `bellhop: 1\nsteps:\n${view}\n`,
    });
    expect(loaded).toMatchObject({ plan: { path: "new.scenario.yaml" } });
  });

  it("that is not there says so", async () => {
    const input = { workspace: disk.workspace(), file: "none.scenario.yaml", environment: sandbox };
    expect(await loadScenario(input)).toMatchObject({
      issues: [{ message: "The file is not there.", line: 1 }],
    });
  });

  it("without steps is worth a warning", async () => {
    expect(await disk.issues("  []")).toEqual([
      "main.scenario.yaml:2:1 The scenario has no steps, so there is nothing to play.",
    ]);
  });
});

describe("where a scenario may run", () => {
  const production = { ...sandbox, name: "eu", production: true };
  it.each<[string, typeof sandbox, string | null]>([
    ["", sandbox, null],
    ["environments: [sandbox]\n", sandbox, null],
    ["environments: [qa]\n", sandbox, "2:1 This scenario may not run on sandbox. It names qa."],
    ["", production, "1:1 eu is production, and this scenario does not say that it may run there."],
    ["environments: [eu]\n", production, null],
  ])("%j on %o", async (head, environment, message) => {
    const issues = await disk.issues(view, { head, environment });
    expect(issues).toEqual(message === null ? [] : [expect.stringContaining(message)]);
  });

  it("the clock is nobody's alone where several guests play at once", async () => {
    expect(await disk.issues("  - clock: 31m", { options: { concurrency: 2 } })).toEqual([
      expect.stringContaining("3:5 The clock cannot be moved while several guests play at once."),
    ]);
    expect(await disk.issues("  - clock: 31m")).toEqual([]);
  });
});

describe("data", () => {
  const byRow = "  - send: IDENTITY\n    event: { email: '{{ row.email }}' }";
  const head = "data: guests.csv\n";

  it("gives its rows to the plan, typed by the header", async () => {
    await disk.write("guests.csv", "email,age:integer\nada@example.com,36\n");
    expect((await disk.plan(byRow, { head })).data).toMatchObject({
      ...{ file: "guests.csv", columns: ["email", "age"] },
      rows: [{ email: "ada@example.com", age: 36 }],
    });
  });

  it("may come from the command line instead", async () => {
    await disk.write("other.csv", "email;x\nada@example.com;1\n");
    const options = { data: "other.csv", delimiter: ";" };
    expect((await disk.plan(byRow, { options })).data?.file).toBe("other.csv");
  });

  it("is judged row by row, and each mistake is told of the first row that has it", async () => {
    await disk.write(
      "guests.csv",
      `email\n${"ada@example.com\n".repeat(3)}nope\n${"also nope\n".repeat(1000)}`,
    );
    expect(await disk.issues(byRow, { head })).toEqual([
      expect.stringMatching(/^main\.scenario\.yaml:5:21 IDENTITY: \/email .*\(row 4 of guests\.csv\)\./),
    ]);
  });

  it.each<[string, string]>([
    ["email\n", "main.scenario.yaml:2:7 guests.csv has no rows"],
    ["mail\nx\n", "main.scenario.yaml:5:25 Unknown name row.email. Did you mean row.mail?"],
    [
      "email,age:integer\na@example.com,x\n",
      'guests.csv:2:1 guests.csv has "x" in age, which must be a whole number.',
    ],
    ["email,age\na@example.com\n", "guests.csv:2:1 guests.csv has 1 values in this line, and 2 columns."],
  ])("%j", async (text, message) => {
    await disk.write("guests.csv", text);
    expect((await disk.issues(byRow, { head })).join("\n")).toContain(message);
  });

  it("that is not there is marked where it is named", async () => {
    expect(await disk.issues(byRow, { head })).toEqual([
      "main.scenario.yaml:2:7 guests.csv is not there. A data file is named relative to the scenario.",
    ]);
  });

  it("that is not there is told of the command line where that names it", async () => {
    expect(await disk.issues(byRow, { head, options: { data: "lost.csv" } })).toEqual([
      "main.scenario.yaml:1:1 The data cannot be read: lost.csv is not there. --data is relative to the folder that the command is given in.",
    ]);
  });

  it("that cannot be read says why, and nothing of where it lies", async () => {
    await disk.write("guests.csv", new Uint8Array([0xff, 0xfe, 0x00]));
    expect(await disk.issues(byRow, { head })).toEqual([
      "main.scenario.yaml:2:7 guests.csv is not UTF-8; save it as UTF-8.",
    ]);
  });
});

describe("a scenario that is looked at while somebody writes it", () => {
  it("shows the steps of its fragments and the first rows of its data, with every mark", async () => {
    await disk.write(
      "f.scenario.yaml",
      "bellhop: 1\nfragment: true\nname: Pays\nsteps:\n  - repeat: 1\n    steps:\n      - note: x\n",
    );
    await disk.write(
      "guests.csv",
      `n:integer\n${Array.from({ length: 30 }, (_, index) => `${index}\n`).join("")}`,
    );
    const { outline, issues } = await checkScenario({
      ...{ workspace: disk.workspace(), file: "main.scenario.yaml", environment: sandbox },
      text: "bellhop: 1\ndata: guests.csv\nsteps:\n  - use: f.scenario.yaml\n  - send: VIEW\n    event: { page: '{{ row.m }}' }\n",
    });
    expect(inWords(issues)).toEqual([expect.stringContaining("6:24 Unknown name row.m. The columns are n.")]);
    expect(outline?.data).toMatchObject({ columns: ["n"], rows: 30 });
    expect(outline?.data?.first).toHaveLength(20);
    expect(outline?.steps[0]).toMatchObject({
      ...{ title: "Pays", detail: "f.scenario.yaml", fragment: null },
      children: [{ number: "1.1", fragment: "f.scenario.yaml", children: [{ number: "1.1.1", title: "x" }] }],
    });
  });

  it("may be a fragment, whose params are known by name alone", async () => {
    const text =
      "bellhop: 1\nfragment: true\nparams: [who]\nsteps:\n  - send: IDENTITY\n    event: { email: '{{ who }}' }\n";
    const input = { workspace: disk.workspace(), file: "f.scenario.yaml", text, environment: sandbox };
    expect((await checkScenario(input)).issues).toEqual([]);
  });

  it("notices that its data has changed", async () => {
    const file = await disk.write("guests.csv", "a\n1\n");
    const input = { workspace: disk.workspace(), file: "m.scenario.yaml", environment: sandbox };
    const text = "bellhop: 1\ndata: guests.csv\nsteps: []\n";
    expect((await checkScenario({ ...input, text })).outline?.data?.rows).toBe(1);
    await writeFile(file, "a\n1\n22\n");
    expect((await checkScenario({ ...input, text })).outline?.data?.rows).toBe(2);
  });
});
