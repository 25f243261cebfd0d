import { spawn } from "node:child_process";
import { once } from "node:events";
import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startDatabaseThread } from "../../database/database";
import { ownerOf } from "../../log/process-owner";
import { openRuns } from "../runs-for-tests";

const view = '{ send: VIEW, event: { page: "https://shop.example/" } }';

describe("the history of runs", () => {
  it("has the runs of a file, newest first, over the end of the process, until they are removed", async () => {
    const runs = await openRuns();
    const { run: first } = await runs.play(`steps: [${view}]`);
    const { run: second } = await runs.play("steps: [note: hello]");
    await runs.write("other.scenario.yaml", "bellhop: 1\nname: Other\nsteps: [note: hello]\n");
    const other = await runs.ended((await runs.start("other.scenario.yaml")).id);
    await runs.close();

    const later = await openRuns({ folder: runs.folder });
    const page = { offset: 0, limit: 10 };
    const path = "scenarios/played.scenario.yaml";
    expect(await later.call("runs.list", { path, ...page })).toEqual({ runs: [second, first], total: 2 });
    expect(await later.call("runs.list", page)).toEqual({ runs: [other, second, first], total: 3 });
    expect(await later.stepsOf(first.id)).toMatchObject([{ number: "1", state: "passed", status: 201 }]);
    const rows = (await later.call("scenarios.list", {})).files;
    expect(rows.find((row) => row.path === path)?.lastRun).toMatchObject({ id: second.id, state: "passed" });
    const made = await later.call("runs.made", { id: first.id, ...page });
    expect(made).toEqual({
      items: [
        { kind: "browser", value: expect.any(String) as string },
        { kind: "guest", value: expect.any(String) as string },
      ],
      total: 2,
    });
    await later.call("runs.remove", { id: first.id });
    for (const command of ["runs.read", "runs.remove"] as const) {
      expect(await later.fails(command, { id: first.id })).toMatchObject({ code: "NOT_FOUND" });
    }
    expect(await later.fails("runs.steps", { id: first.id, ...page })).toMatchObject({ code: "NOT_FOUND" });
    const { total } = await later.call("log.query", { limit: 10 });
    expect(total).toBe(2);
  });

  it("keeps the runs of a file that are newest", async () => {
    const runs = await openRuns();
    const path = await runs.write("quick.scenario.yaml", "bellhop: 1\nname: Quick\nsteps: [note: hello]\n");
    for (let count = 0; count < 52; count += 1) await runs.ended((await runs.start(path)).id);
    expect((await runs.call("runs.list", { path, offset: 0, limit: 1 })).total).toBe(50);
  });

  it("keeps of a long run the first ten thousand results, what failed, and the last iteration", async () => {
    const runs = await openRuns();
    const { run } = await runs.play(
      `
steps:
  - { repeat: 5200, steps: [note: hello] }
  - { send: VIEW, event: { page: "https://shop.example/", browser_id: nobody } }
`,
      { iterations: 4 },
    );
    expect(run).toMatchObject({ trimmed: true, steps: { passed: 20_800, failed: 4 } });
    const count = async (of: { iteration?: number; failedOnly?: boolean }) =>
      (await runs.call("runs.steps", { id: run.id, ...of, offset: 0, limit: 1 })).total;
    expect(await count({ failedOnly: true })).toBe(4);
    expect(await count({ iteration: 3 })).toBe(1);
    expect(await count({ iteration: 4 })).toBe(5202);
    expect(await count({})).toBe(10_000 + 2 + 5202);
  });
});

describe("a run whose process is killed", () => {
  it("is interrupted when the next one looks, says where it stopped, and stays so", async () => {
    const runs = await openRuns();
    const path = await runs.write(
      "killed.scenario.yaml",
      `bellhop: 1
name: Killed
steps:
  - ${view}
  - { repeat: 3, steps: [{ wait: 1ms }] }
  - { wait: 1h }
`,
    );
    const { id } = await runs.start(path);
    await runs.until(id, ({ steps }) => steps.passed === 4);
    const beside = await openRuns({ folder: runs.folder });
    expect(await beside.fails("runs.pause", { id })).toMatchObject({ code: "CONFLICT" });
    expect(await beside.fails("runs.stop", { id })).toMatchObject({ code: "CONFLICT" });
    expect(await beside.fails("runs.remove", { id })).toMatchObject({ code: "CONFLICT" });
    expect(await beside.call("runs.read", { id })).toMatchObject({ state: "running" });

    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    await once(child, "spawn");
    const thread = startDatabaseThread();
    const database = await thread.open(join(runs.folder, "profile", "bellhop.db"));
    await database.query("UPDATE runs SET owner = ?", ownerOf(child.pid ?? 0));
    await thread.close();
    child.kill("SIGKILL");
    await once(child, "exit");

    const later = await openRuns({ folder: runs.folder });
    const interrupted = {
      ...{ state: "interrupted", stoppedAt: { iteration: 1, number: "3", occurrence: 1 }, events: 1 },
      ...{ endedAt: expect.any(String) as string, error: { code: "CLOSED" } },
    };
    expect(await later.call("runs.read", { id })).toMatchObject(interrupted);
    expect((await later.stepsOf(id)).map(({ number }) => number)).toEqual(["1", "2", "2.1", "2.1", "2.1"]);
    // What the process says after all is too late.
    await runs.close();
    expect(await later.call("runs.read", { id })).toMatchObject(interrupted);
  });
});

describe("comparing two runs", () => {
  it("shows what differs in outcome, answer and profile, and nothing where only times and ids do", async () => {
    const runs = await openRuns({ sandbox: "with-window" });
    const journey = (name: string, note: string) => `
seed: 5
steps:
  - { send: VIEW, event: { page: "https://shop.example/" } }
  - { send: IDENTITY, event: { email: "ada@shop.example", firstname: ${name} } }
  - { guest: { expect: { firstName: Ada }, within: 100ms }, continue: true }
  - ${note}
`;
    const play = async (text: string) => {
      await runs.call("sandbox.reset", {}).catch(() => undefined);
      return (await runs.play(text)).run.id;
    };
    const one = await play(journey("Ada", "note: last"));
    const same = await play(journey("Ada", "note: last"));
    const other = await play(
      journey("Grace", '{ send: VIEW, event: { page: "https://shop.example/" } }\n  - note: more'),
    );
    const differing = async (a: string, b: string) => {
      const { steps } = await runs.call("runs.compare", { a, b });
      return steps.map(({ number, differs: { outcome, response, profile } }) => ({
        number,
        outcome,
        response,
        profile,
      }));
    };
    const nothing = { outcome: false, response: false, profile: false };
    expect(await differing(one, same)).toEqual(
      ["1", "2", "3", "4"].map((number) => ({ number, ...nothing })),
    );
    expect(await differing(one, other)).toEqual([
      { number: "1", ...nothing },
      { number: "2", ...nothing, profile: true },
      { number: "3", ...nothing, outcome: true, profile: true },
      { number: "4", ...nothing, response: true, profile: true, outcome: true },
      { number: "5", ...nothing, outcome: true },
    ]);
  });
});

describe("a file from outside the workspace", () => {
  it("has a history of its own, apart from that of a file here that has the same place", async () => {
    const runs = await openRuns();
    const elsewhere = await openRuns();
    const text = "bellhop: 1\nname: A\nsteps: [note: hello]\n";
    for (const { write } of [runs, elsewhere]) await write("journeys/a.scenario.yaml", text);
    const outside = join(elsewhere.folder, "journeys", "a.scenario.yaml");
    const here = await runs.start("journeys/a.scenario.yaml");
    await runs.ended(here.id);
    const there = await runs.start(outside);
    expect(await runs.ended(there.id)).toMatchObject({ path: await realpath(outside), state: "passed" });
    const list = await runs.call("runs.list", { path: outside, offset: 0, limit: 10 });
    expect(list.runs.map(({ id }) => id)).toEqual([there.id]);
    const own = await runs.call("runs.list", { path: "journeys/a.scenario.yaml", offset: 0, limit: 10 });
    expect(own.runs.map(({ id }) => id)).toEqual([here.id]);
  });
});
