import { expect } from "@playwright/test";
import { join } from "node:path";
import { runBellhop } from "../fixtures/command-line";
import { startScriptedServer } from "../fixtures/scripted-server";
import { test } from "./folders";
import { linesOf, logOf, stepsOf, summaryOf, viewing, writeFiles } from "./scenario-files";

const journey = `bellhop: 1
name: Signs up
vars: { email: "{{ $email }}" }
steps:
  - send: VIEW
    event: { page: "https://shop.example/" }
    expect: { status: 201, body: { status: OK }, ingestion: processed }
  - wait: 10m
  - send: IDENTITY
    event:
      email: "{{ email }}"
      firstname: Ada
      identifiers: [{ provider: email, id: "{{ email }}" }]
  - guest: { expect: { guestType: customer, firstName: Ada } }
`;

test("run plays a journey on the sandbox, tells each step, and keeps it in the log", async ({ folders }) => {
  await writeFiles(folders.workspace, { "signs-up.scenario.yaml": journey });
  const { code, stdout, stderr } = await folders.bellhop(
    ["run", "signs-up.scenario.yaml", "--no-wait", "--seed", "seven"],
    { folder: folders.workspace },
  );
  expect(code, stdout + stderr).toBe(0);
  expect(stdout).toMatch(
    /^Signs up {2}signs-up\.scenario\.yaml, on sandbox, seed seven\n {2}✓ 1 .*VIEW.*201 processed/,
  );
  expect(stdout).toMatch(/ {2}– 2 .*switched off/);
  expect(stdout).toContain("Scenarios   1 passed\n");
  expect(stdout).not.toContain("\u001b");
  const entries = (await logOf(folders)).filter(({ kind }) => kind === "event");
  expect(entries.map(({ type, source }) => [type, source.kind, source.scenario])).toEqual([
    ["VIEW", "scenario", "signs-up.scenario.yaml"],
    ["IDENTITY", "scenario", "signs-up.scenario.yaml"],
  ]);
});

test("run FOLDER plays every scenario below by name but for fragments, each in its own workspace", async ({
  folders,
}) => {
  const fragment =
    "bellhop: 1\nfragment: true\nparams: [page]\nsteps:\n  - send: VIEW\n    event: { page: '{{ page }}' }\n";
  const using =
    "bellhop: 1\nname: Uses\nsteps:\n  - use: look.scenario.yaml\n    vars: { page: 'https://shop.example/x' }\n";
  await writeFiles(folders.path, {
    "all/b/bellhop.yaml": "bellhop: 1\ndefault: sandbox\n",
    "all/b/parts/look.scenario.yaml": fragment,
    "all/b/parts/uses.scenario.yaml": using,
    "all/a.scenario.yaml": viewing("First"),
    "all/.git/hidden.scenario.yaml": viewing("Hidden"),
    "all/data.yaml": "not: a scenario",
  });
  const { code, stdout, stderr } = await runBellhop(
    ["run", "all", "--json", "--fresh", "--profile", folders.profile],
    {
      folder: folders.path,
    },
  );
  expect(code, stderr).toBe(0);
  expect(summaryOf(stdout).runs.map(({ name, path, workspace }) => [name, path, workspace])).toEqual([
    ["First", "a.scenario.yaml", join(folders.path, "all")],
    ["Uses", "parts/uses.scenario.yaml", join(folders.path, "all", "b")],
  ]);
  const empty = await folders.bellhop(["run", folders.workspace]);
  expect(empty.code).toBe(2);
  expect(empty.stderr).toContain("there is no *.scenario.yaml file in this folder or below");
});

test("run ends with the first of 130, 2, 4, 3, 1 that occurred, and names where", async ({ folders }) => {
  const server = await startScriptedServer(({ url }) =>
    url.includes("browser/create") ? { status: 201, body: '{"ref":"b-1"}' } : { status: 503, body: "down" },
  );
  const fields = ["--pos", "shop", "--channel", "WEB", "--currency", "EUR", "--language", "EN"];
  const add = (name: string, ...more: string[]) =>
    folders.bellhop(["env", "add", name, "--url", server.url, ...fields, ...more]);
  await add("staging");
  await add("live", "--production");
  await writeFiles(folders.workspace, {
    "good.scenario.yaml": viewing("Good"),
    "misses.scenario.yaml": viewing("Misses", "    expect: { body: { status: NOPE } }\n"),
    "invalid.scenario.yaml": "bellhop: 1\nsteps:\n  - send: SEARCH\n    event: { num_results: 1 }\n",
    "typo.scenario.yaml": "bellhop: 1\nsteps:\n  - sned: VIEW\n",
    "live.scenario.yaml": `environments: [live]\n${viewing("Live")}`,
  });
  const variables = Object.fromEntries(
    ["STAGING", "LIVE"].flatMap((name) => [
      [`BELLHOP_CLIENT_KEY_${name}`, "some-client-key"],
      [`BELLHOP_API_TOKEN_${name}`, "some-api-token"],
    ]),
  );
  const run = (...args: string[]) =>
    folders.bellhop(["run", ...args], { folder: folders.workspace, variables });
  const codeOf = async (...args: string[]) => (await run(...args)).code;

  expect(await codeOf("good.scenario.yaml", "--fresh")).toBe(0);
  const missed = await run("misses.scenario.yaml", "good.scenario.yaml", "--fresh");
  expect(missed.code).toBe(1);
  expect(missed.stdout).toMatch(/step 1, misses\.scenario\.yaml:4\n/);
  expect(missed.stdout).toContain('expected body /status "NOPE"\n      actual   "OK"\n');
  expect(missed.stdout).toContain("1 passed, 1 failed");

  const invalid = await run("invalid.scenario.yaml");
  expect(invalid.code).toBe(1);
  expect(invalid.stdout).toMatch(/error invalid\.scenario\.yaml:\d+:\d+ .*search_term/);
  const typo = await run("typo.scenario.yaml", "misses.scenario.yaml", "--fresh");
  expect(typo.code).toBe(2);
  expect(typo.stdout).toMatch(/error typo\.scenario\.yaml:3:\d+ .*send instead of sned/);
  // The other file was played all the same.
  expect(typo.stdout).toContain("1 failed, 1 not played");

  expect(await codeOf("good.scenario.yaml", "--env", "nowhere")).toBe(2);
  expect(await codeOf("missing.scenario.yaml")).toBe(2);
  expect(await codeOf("good.scenario.yaml", "--rate", "0")).toBe(2);
  expect(await codeOf("good.scenario.yaml", "--json", "--reporter", "junit")).toBe(2);
  expect(await codeOf("good.scenario.yaml", "--reporter", "junit", "--reporter", "html")).toBe(2);
  expect(await codeOf("good.scenario.yaml", "--reporter", "xml")).toBe(2);
  expect(await codeOf("good.scenario.yaml", "--reporter", `junit=${folders.workspace}`)).toBe(2);
  expect(await codeOf("live.scenario.yaml", "--env", "live")).toBe(2);
  expect(await codeOf("good.scenario.yaml", "--env", "live", "--production", "live")).toBe(2);
  const without = await folders.bellhop(["run", "good.scenario.yaml", "--env", "staging"], {
    folder: folders.workspace,
  });
  expect(without.code).toBe(4);
  expect(server.requests).toEqual([]);

  expect(await codeOf("live.scenario.yaml", "--env", "live", "--production", "live")).toBe(1);
  await server.close();
  expect(await codeOf("good.scenario.yaml", "--env", "staging")).toBe(3);
});

test("--bail ends everything at the first failure", async ({ folders }) => {
  await writeFiles(folders.workspace, {
    "a.scenario.yaml": viewing("Misses", "    expect: { status: 404 }\n"),
    "b.scenario.yaml": viewing("Good"),
  });
  const { code, stdout } = await folders.bellhop(
    ["run", ".", "--fresh", "--bail", "--iterations", "5", "--json"],
    { folder: folders.workspace },
  );
  expect(code).toBe(1);
  expect(summaryOf(stdout).runs).toMatchObject([{ name: "Misses", iterations: { planned: 5, ended: 1 } }]);
});

test("--dry-run shows every event as it would be sent, and sends none", async ({ folders }) => {
  await writeFiles(folders.workspace, { "signs-up.scenario.yaml": journey });
  const run = ["run", "signs-up.scenario.yaml", "--dry-run", "--fresh"];
  const { code, stdout } = await folders.bellhop(run, { folder: folders.workspace });
  expect(code, stdout).toBe(0);
  expect(stdout).toMatch(/\{"type":"VIEW","page":"https:\/\/shop\.example\/".*"pos":"bellhop"/);
  expect(stdout).toMatch(/"email":"[a-z]+\.[0-9a-f]+@example\.com"/);
  expect(await logOf(folders)).toEqual([]);
});

test("--gate shuts where the sandbox failed, dropped or rejected an event of this run", async ({
  folders,
}) => {
  await writeFiles(folders.workspace, {
    "good.scenario.yaml": viewing("Good"),
    "drops.scenario.yaml": viewing("Drops", "").replace("page:", "pos: nowhere, page:"),
  });
  const run = (...args: string[]) =>
    folders.bellhop(["run", ...args, "--gate", "--json"], { folder: folders.workspace });
  // Without --fresh it is the profile's sandbox, where an earlier run has left what does not concern this one.
  const drops = await run("drops.scenario.yaml");
  expect(drops.code).toBe(1);
  expect(summaryOf(drops.stdout)).toMatchObject({
    runs: [{ state: "passed" }],
    gate: { processed: 0, dropped: 1, failed: 0, rejected: 0, pending: 0 },
  });
  const good = await run("good.scenario.yaml");
  expect(good.code).toBe(0);
  expect(summaryOf(good.stdout).gate).toMatchObject({ processed: 1, dropped: 0 });
  const tenant = await folders.bellhop(["run", "good.scenario.yaml", "--gate", "--env", "eu"], {
    folder: folders.workspace,
  });
  expect(tenant.code).toBe(2);
  expect(tenant.stdout).toContain("eu is not a sandbox");
});

test("--fresh is an empty sandbox of this command alone", async ({ folders }) => {
  const guest =
    "  - guest: { by: { email: ada@example.com }, within: 1s, every: 50ms, expect: { guestType: customer } }\n";
  const identify =
    "  - send: IDENTITY\n    event: { email: ada@example.com, identifiers: [{ provider: email, id: ada@example.com }] }\n";
  await writeFiles(folders.workspace, {
    "makes.scenario.yaml": viewing("Makes", identify + guest),
    "looks.scenario.yaml": viewing("Looks", guest),
  });
  const run = (...args: string[]) => folders.bellhop(["run", ...args], { folder: folders.workspace });
  expect((await run("makes.scenario.yaml")).code).toBe(0);
  expect((await run("looks.scenario.yaml")).code).toBe(0);
  expect((await run("looks.scenario.yaml", "--fresh")).code).toBe(1);
  expect((await run("makes.scenario.yaml", "looks.scenario.yaml", "--fresh")).code).toBe(0);
});

test("the same seed, file and data give the same events, at any concurrency", async ({ folders }) => {
  const rows = Array.from({ length: 20 }, (_, index) => `guest${index},${index}.5`);
  await writeFiles(folders.workspace, {
    "guests.csv": ["name,price:number", ...rows].join("\n"),
    "buys.scenario.yaml": `bellhop: 1
name: Buys
data: guests.csv
vars: { email: "{{ $email }}", picked: "{{ $pick(a,b,c) }}" }
steps:
  - send: IDENTITY
    event:
      email: "{{ email }}"
      firstname: "{{ row.name }}"
      identifiers: [{ provider: email, id: "{{ email }}" }]
  - repeat: 2
    steps:
      - send: ADD
        event:
          product: { sku: "{{ $uuid }}", name: "{{ picked }} {{ $int(1,1000) }}", price: "{{ row.price }}" }
          ext: { at: "{{ $now }}", who: "{{ $faker.person.firstName }}" }
`,
  });
  /** Every event but for its browser id, which the server makes, by iteration and place. */
  const eventsOf = async (...more: string[]): Promise<string> => {
    const now = ["--seed", "42", "--now", "2026-11-25T10:15:00Z"];
    const { code, stdout, stderr } = await folders.bellhop(
      ["run", "buys.scenario.yaml", "--fresh", "--json", ...now, ...more],
      { folder: folders.workspace },
    );
    expect(code, stdout + stderr).toBe(0);
    const events = stepsOf(stdout).flatMap(({ iteration, number, occurrence, event }) =>
      event === null
        ? []
        : [
            `${String(iteration).padStart(3, "0")} ${number} ${occurrence} ${JSON.stringify({ ...event, browser_id: "" })}`,
          ],
    );
    return events.sort().join("\n");
  };
  const one = await eventsOf();
  expect(one.split("\n")).toHaveLength(60);
  expect(one).toContain('"price":19.5');
  expect(await eventsOf("--concurrency", "7")).toBe(one);
  expect(await eventsOf("--seed", "43")).not.toBe(one);
});

test("--data, --delimiter, --iterations, --var and --mark change what is played", async ({ folders }) => {
  await writeFiles(folders.path, {
    "elsewhere/pages.csv": "page;shop\nhttps://shop.example/a;x\nhttps://shop.example/b;y\n",
  });
  await writeFiles(folders.workspace, {
    "looks.scenario.yaml":
      'bellhop: 1\nvars: { campaign: none }\nsteps:\n  - send: VIEW\n    event: { page: "{{ row.page }}", ext: { campaign: "{{ campaign }}" } }\n',
    "own.csv": "page\nhttps://shop.example/own\n",
  });
  const data = join("..", "elsewhere", "pages.csv");
  const options = [
    "--data",
    data,
    "--delimiter",
    ";",
    "--iterations",
    "2",
    "--var",
    "campaign=autumn",
    "--mark",
  ];
  const run = ["run", "looks.scenario.yaml", "--fresh", "--json", ...options];
  const refused = await folders.bellhop(run, { folder: folders.workspace });
  expect(refused.code).toBe(2);
  const allowed = await folders.bellhop([...run, "--allow-path", join("..", "elsewhere")], {
    folder: folders.workspace,
  });
  expect(allowed.code, allowed.stdout + allowed.stderr).toBe(0);
  const [run1] = summaryOf(allowed.stdout).runs;
  expect(stepsOf(allowed.stdout).map(({ event }) => [event?.["page"], event?.["ext"]])).toEqual(
    ["a", "b", "a", "b"].map((page) => [
      `https://shop.example/${page}`,
      { campaign: "autumn", bellhopRun: run1?.id },
    ]),
  );
});

test("--json prints JSON alone on standard output, and words for people beside it", async ({ folders }) => {
  await writeFiles(folders.workspace, { "looks.scenario.yaml": viewing("Looks") });
  const run = ["run", "looks.scenario.yaml", "--fresh", "--json"];
  const loud = await folders.bellhop(run, { folder: folders.workspace });
  expect(linesOf(loud.stdout).map(({ record }) => record)).toEqual(["step", "summary"]);
  expect(loud.stderr).toContain("Scenarios   1 passed");
  const quiet = await folders.bellhop([...run, "--quiet"], { folder: folders.workspace });
  expect(quiet.stderr).toBe("");
});
