import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { skipUnless } from "../../../../scripts/skip-unless";
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

describe("matchers", () => {
  it.each<[string, string]>([
    ["expect: { body: { a: { matches: '(?=x)' } } }", "5:37 The pattern uses look-around"],
    ["expect: { status: 20x }", '5:23 No status is ever "20x".'],
    ["expect: { time: { lt: [1] } }", "5:27 lt takes a number"],
    ["expect: { verdict: fine }", '5:24 verdict is never "fine".'],
    ["expect: { ingestion: procesed }", '5:26 ingestion is never "procesed".'],
    ["expect: { body: { n: { matches: '{{ pattern }}' } } }", "5:37 The pattern is no pattern"],
    ["within: '{{ pattern }}'", '5:13 within is "(" once it is filled'],
    ["retry: { times: 2, every: '{{ pattern }}' }", '5:31 retry.every is "(" once it is filled'],
  ])("%s", async (field, message) => {
    const steps = `  - send: VIEW\n    ${field}`;
    expect((await disk.issues(steps, { head: "vars: { pattern: '(' }\n" })).join("\n")).toContain(message);
  });

  it("of a guest likewise", async () => {
    const steps = "  - guest: { expect: { orders: { length: -1 } } }";
    expect(await disk.issues(steps)).toEqual([expect.stringContaining("3:42 length takes a whole number")]);
  });
});

describe("events", () => {
  it("are judged by the environment's catalog, with all that they inherit, at the field to blame", async () => {
    const steps = "  - send: IDENTITY\n    event:\n      email: nope\n  - send: ADD";
    expect(await disk.issues(steps, { head: "defaults: { currency: EURO }\n" })).toEqual([
      expect.stringContaining("main.scenario.yaml:2:23 IDENTITY: /currency"),
      expect.stringContaining("main.scenario.yaml:2:23 ADD: /currency"),
      expect.stringContaining("main.scenario.yaml:6:14 IDENTITY: /email must be an e-mail address"),
      expect.stringContaining("main.scenario.yaml:7:5 ADD: /product is missing"),
    ]);
  });

  it("are filled with vars, environment and generators before they are judged", async () => {
    const steps = "  - send: IDENTITY\n    event: { email: '{{ who }}' }";
    expect(await disk.issues(steps, { head: "vars: { who: '{{ $email }}' }\n" })).toEqual([]);
    expect(await disk.issues(steps, { head: "vars: { who: '{{ env.tenant }}' }\n" })).toHaveLength(1);
    expect(
      await disk.issues(steps, { head: "vars: { who: '{{ $faker.internet.exampleEmail }}' }\n" }),
    ).toEqual([]);
  });

  it("are let off what only a run can tell", async () => {
    const steps = `${view}\n    capture: { who: /who }\n  - send: IDENTITY\n    event: { email: '{{ who }}' }`;
    expect(await disk.issues(steps)).toEqual([]);
  });

  it("that are wrong may be expected, or not looked at", async () => {
    const wrong = "  - send: IDENTITY\n    event: { email: nope }";
    expect(await disk.issues(`${wrong}\n    expect: { verdict: invalid }`)).toEqual([]);
    expect(await disk.issues(`${wrong}\n    expect: { verdict: { oneOf: [valid, invalid] } }`)).toEqual([]);
    expect(await disk.issues(`${wrong}\n    expect: { verdict: valid }`)).toHaveLength(1);
    expect(await disk.issues(wrong, { options: { noValidate: true } })).toEqual([]);
    expect(await disk.issues(`${wrong}\n    disabled: true`)).toEqual([]);
    expect(await disk.issues(`${wrong}\n    when: false`)).toEqual([]);
    expect(
      await disk.issues(wrong, { environment: { ...sandbox, catalog: "sitecore", transport: "engage" } }),
    ).toEqual([]);
  });

  it("have the fields of their browser, which comes back by its name", async () => {
    const kiosk = "  - browser: { name: kiosk, channel: 5 }";
    const issues = await disk.issues(
      `${kiosk}\n${view}\n  - browser: new\n${view}\n  - browser: kiosk\n${view}`,
    );
    expect(issues).toEqual([expect.stringContaining("3:38 VIEW: /channel")]);
  });

  it("are counted: repeats, iterations and rows; 1,000,000 are the most unless more are allowed", async () => {
    const many = `  - repeat: 1000\n    steps:\n      - repeat: "{{ n }}"\n        steps:\n        ${view.replaceAll("\n", "\n        ")}`;
    const head = "vars: { n: 1001 }\n";
    expect(await disk.issues(many, { head })).toEqual([
      expect.stringContaining(
        "main.scenario.yaml:3:1 This would send 1,001,000 events, and 1,000,000 are the most.",
      ),
    ]);
    expect(await disk.issues(many, { head, options: { maxEvents: 2_000_000 } })).toEqual([]);
    expect(await disk.issues(view, { options: { iterations: 1_000_001 } })).toHaveLength(1);
    expect(await disk.issues(many, { head: "vars: { n: many }\n" })).toEqual([
      expect.stringContaining('repeat is "many" once it is filled, and should be a whole number.'),
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

describe("a fragment", () => {
  const fragment = (rest: string): string => `bellhop: 1\nfragment: true\nname: Checkout\n${rest}`;
  const good = fragment(
    `params: [total]\nreturns: [orderRef]\nvars: { shop: main, label: "{{ total }}" }\ndefaults: { currency: USD }\nsteps:\n${view}\n    id: land\n    capture: { orderRef: /ref, own: /ref }\n`,
  );

  it("brings its steps, and keeps its names to itself but for what it returns", async () => {
    await disk.write("parts/checkout.scenario.yaml", good);
    const use = "  - use: parts/checkout.scenario.yaml\n    vars: { total: 5, shop: other }";
    const plan = await disk.plan(`${view}\n    id: land\n${use}\n  - note: '{{ orderRef }}'`);
    expect(plan.steps[1]).toMatchObject({
      ...{ number: "2", kind: "use", title: "Checkout" },
      fragment: {
        path: "parts/checkout.scenario.yaml",
        ...{ params: ["total"], returns: ["orderRef"], defaults: { currency: "USD" } },
        // What `use` gives wins, so the fragment's own is not there any more.
        vars: { label: "{{ total }}" },
      },
      children: [
        { number: "2.1", id: "land", place: { file: "parts/checkout.scenario.yaml", line: 9, column: 5 } },
      ],
    });
    for (const name of ["own", "label", "total", "steps.nothing.response.body"]) {
      expect(await disk.issues(`${use}\n  - note: '{{ ${name} }}'`)).toHaveLength(1);
    }
  });

  it("sees nothing of who uses it but params, row, environment, browser and session", async () => {
    await disk.write(
      "f.scenario.yaml",
      fragment(`steps:\n  - note: "{{ outer }} {{ env.tenant }} {{ session_id }}"\n`),
    );
    const issues = await disk.issues("  - use: f.scenario.yaml", { head: "vars: { outer: 1 }\n" });
    expect(issues).toEqual([expect.stringContaining("f.scenario.yaml:5:15 Unknown name outer.")]);
  });

  it.each<[string, string]>([
    ["  - use: nowhere.scenario.yaml", "3:10 nowhere.scenario.yaml is not there."],
    ["  - use: c.scenario.yaml", "3:10 c.scenario.yaml needs total."],
    [
      "  - use: c.scenario.yaml\n    vars: { total: 1, shp: 1 }",
      "4:23 c.scenario.yaml has no param and no var called shp.",
    ],
    ["  - use: c.scenario.yaml\n    vars: { total: '{{ x }}' }", "4:24 Unknown name x."],
    ["  - use: '{{ file }}'", "3:10 use cannot be a template."],
    [
      "  - use: c.scenario.yaml\n    vars: { total: 1 }\n  - use: broken.scenario.yaml",
      "broken.scenario.yaml:2:8 steps must be a list",
    ],
    [
      "  - use: circle.scenario.yaml",
      "circle.scenario.yaml:3:10 circle.scenario.yaml uses itself: circle.scenario.yaml → circle.scenario.yaml.",
    ],
    ["  - use: bad.scenario.yaml", "bad.scenario.yaml:2:11 Unknown name nope."],
    ["  - use: event.scenario.yaml", "event.scenario.yaml:4:24 IDENTITY: /email"],
    ["  - use: ../outside.scenario.yaml", "lies outside the workspace"],
    ["  - use: .", "is not a file"],
    ["  - use: large.scenario.yaml", "is larger than 1 MB"],
    ["  - use: latin.scenario.yaml", "is not UTF-8"],
  ])("%s", async (steps, message) => {
    await disk.write("c.scenario.yaml", good);
    await disk.write("broken.scenario.yaml", "bellhop: 1\nsteps: 5\n");
    await disk.write("circle.scenario.yaml", "bellhop: 1\nsteps:\n  - use: circle.scenario.yaml\n");
    await disk.write("bad.scenario.yaml", "bellhop: 1\nreturns: [nope]\nsteps: []\n");
    await disk.write(
      "event.scenario.yaml",
      "bellhop: 1\nsteps:\n  - send: IDENTITY\n    event: { email:    nope }\n",
    );
    await disk.write("../outside.scenario.yaml", good);
    await disk.write("large.scenario.yaml", `# ${"x".repeat(1_000_001)}\n`);
    await disk.write("latin.scenario.yaml", new Uint8Array([0x62, 0xe9, 0x0a]));
    expect((await disk.issues(steps)).join("\n")).toContain(message);
  });

  it("cannot be reached through a link that leads out, unless its folder is allowed", async (context) => {
    skipUnless(context, process.platform !== "win32", "Windows asks for a right to make links");
    await disk.write("../elsewhere/f.scenario.yaml", fragment(`steps:\n${view}\n`));
    await disk.write("here.txt", "");
    await symlink(join(disk.root(), "elsewhere"), join(disk.workspace(), "linked"));
    const steps = "  - use: linked/f.scenario.yaml";
    expect(await disk.issues(steps)).toEqual([expect.stringContaining("lies outside the workspace")]);
    expect(await disk.issues(steps, { options: { allowPaths: [join(disk.root(), "elsewhere")] } })).toEqual(
      [],
    );
  });

  it("is not played by itself", async () => {
    expect(await disk.issues(view, { head: "fragment: true\n" })).toEqual([
      expect.stringContaining("2:1 This file is a fragment: only a use step of another scenario plays it."),
    ]);
  });

  it("may use others twenty levels deep, and no deeper", async () => {
    for (let level = 1; level < 25; level++) {
      await disk.write(
        `f${level}.scenario.yaml`,
        `bellhop: 1\nsteps:\n  - use: f${level + 1}.scenario.yaml\n`,
      );
    }
    await disk.write("f19.scenario.yaml", "bellhop: 1\nsteps: []\n");
    expect(await disk.issues("  - use: f1.scenario.yaml")).toEqual([]);
    await disk.write("f19.scenario.yaml", "bellhop: 1\nsteps:\n  - use: f20.scenario.yaml\n");
    expect(await disk.issues("  - use: f1.scenario.yaml")).toEqual([
      "f19.scenario.yaml:3:10 Files use one another more than 20 levels deep.",
    ]);
  });

  it("cannot be made a bomb of: files that each use the next one twice", async () => {
    for (let level = 1; level < 19; level++) {
      const use = `  - use: f${level + 1}.scenario.yaml\n`;
      await disk.write(`f${level}.scenario.yaml`, `bellhop: 1\nsteps:\n${use.repeat(3)}`);
    }
    await disk.write("f19.scenario.yaml", "bellhop: 1\nsteps: []\n");
    const issues = await disk.issues("  - use: f1.scenario.yaml");
    expect(issues).toEqual([expect.stringContaining("more than 100000 steps")]);
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
      expect.stringContaining("2:7 guests.csv is not there."),
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
