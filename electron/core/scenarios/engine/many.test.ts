import { beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../shared/model/json";
import type { RunSummary, StepResult } from "../../../../shared/model/run";
import { openRuns, type OpenRuns } from "../runs-for-tests";

let runs: OpenRuns;
beforeEach(async () => {
  runs = await openRuns();
});

const journey = `
data: ../guests.csv
vars: { email: "{{ $email }}", lucky: "{{ $int(1,1000000) }}" }
steps:
  - { send: VIEW, event: { page: "https://shop.example/{{ row.name }}?{{ $uuid }}" } }
  - session: new
  - { send: IDENTITY, event: { email: "{{ email }}", firstname: "{{ row.name }}", title: "{{ lucky }}", lastname: "{{ $faker.person.lastName }}" } }
  - repeat: "{{ row.times }}"
    steps:
      - { send: VIEW, event: { page: "https://shop.example/{{ $int(1,1000000) }}" } }
`;
const names = ["Ada", "Grace", "Alan", "Edsger", "Radia"];

/** What was sent, without the ids that the sandbox made. */
const sent = (steps: readonly StepResult[]): string[] =>
  steps
    .flatMap(({ iteration, number, occurrence, event }): [string, JsonObject][] =>
      event === null ? [] : [[`${iteration} ${number}#${occurrence}`, event]],
    )
    .map(([key, { browser_id: _browser, ...event }]) => `${key} ${JSON.stringify(event)}`)
    .sort();

describe("a run of many iterations", () => {
  beforeEach(async () => {
    await runs.write(
      "guests.csv",
      `name,times:integer\n${names.map((name, index) => `${name},${index}`).join("\n")}\n`,
    );
  });

  it("plays every row, and all of them again where more iterations are asked for", async () => {
    const { run, steps } = await runs.play(journey, { iterations: 2 });
    expect(run).toMatchObject({
      ...{ state: "passed", events: 2 * (2 * names.length + 10) },
      iterations: { planned: 10, ended: 10, passed: 10, failed: 0 },
      steps: { planned: null },
      made: { browsers: 10, emails: 10 },
    });
    const seen = steps.filter(({ number }) => number === "3").map(({ event }) => event?.["firstname"]);
    expect(seen).toEqual([...names, ...names]);
  });

  it("sends the same events byte for byte with the same seed, at any concurrency", async () => {
    const one = await runs.play(journey, { seed: "7", iterations: 4 });
    const ten = await runs.play(journey, { seed: "7", iterations: 4, concurrency: 10 });
    expect(ten.run).toMatchObject({ state: "passed", concurrency: 10, seed: "7" });
    expect(sent(ten.steps)).toEqual(sent(one.steps));
    expect(sent(one.steps)).toHaveLength(one.run.events);
    const browsers = new Set(ten.steps.flatMap(({ event }) => event?.["browser_id"] ?? []));
    expect(browsers.size).toBe(20);
    const other = await runs.play(journey, { seed: "8", iterations: 4 });
    expect(sent(other.steps)).not.toEqual(sent(one.steps));
    const again = await runs.play(journey, { seed: other.run.seed, iterations: 4 });
    expect(sent(again.steps)).toEqual(sent(other.steps));
  });

  it("takes a seed of its own where none is given, and can be repeated with it", async () => {
    const first = await runs.play(journey);
    const second = await runs.play(journey, { seed: first.run.seed });
    expect(sent(second.steps)).toEqual(sent(first.steps));
  });

  it("has the clock that it was given", async () => {
    const now = "2026-01-02T03:04:05.678Z";
    const { run, steps } = await runs.play('steps: [note: "{{ $now }} {{ $now-1d }}"]', { now });
    expect(run.now).toBe(now);
    expect(steps[0]?.notes).toEqual(["2026-01-02T03:04:05.678Z 2026-01-01T03:04:05.678Z"]);
  });

  it("goes on with the other iterations where one fails, unless it is to bail", async () => {
    const failing = `
data: ../guests.csv
steps:
  - { send: VIEW, when: "{{ row.times }}", event: { page: "https://shop.example/", browser_id: nobody } }
  - note: last
`;
    const all = await runs.play(failing);
    expect(all.run).toMatchObject({
      ...{ state: "failed", stoppedAt: null },
      iterations: { planned: 5, ended: 5, passed: 1, failed: 4 },
    });
    // The first of two waits an hour when the second fails.
    const waiting = failing.replace("note: last", "wait: 1h");
    const ended = await runs.play(waiting, { bail: true, concurrency: 2 });
    expect(ended.run).toMatchObject({ state: "failed", iterations: { ended: 1, failed: 1 } });
    const bailed = await runs.play(failing, { bail: true });
    expect(bailed.run).toMatchObject({ state: "failed", iterations: { planned: 5, ended: 2, failed: 1 } });
    expect(
      (await runs.call("runs.steps", { id: all.run.id, failedOnly: true, offset: 0, limit: 10 })).total,
    ).toBe(4);
  });

  it("ends where it has sent as many events as it may", async () => {
    const text = `
vars: { rounds: 50 }
steps:
  - { send: VIEW, event: { page: "https://shop.example/" }, capture: { answer: /status } }
  - { repeat: 3, steps: [{ send: VIEW, event: { page: "https://shop.example/" }, retry: { times: 9, every: 1ms, on: any }, expect: { status: 404 } }] }
`;
    const { run } = await runs.play(text, { maxEvents: 5 });
    expect(run).toMatchObject({
      state: "failed",
      events: 5,
      error: { hint: expect.stringContaining("--max-events") as string },
    });
  });
});

describe("reporters", () => {
  it("hear every result in order, and hold the run up while they are busy", async () => {
    const heard: string[] = [];
    const states: RunSummary["state"][] = [];
    let busy = 0;
    runs.core.results.listen({
      started: ({ state }) => void states.push(state),
      async stepEnded(_run, { occurrence }) {
        busy += 1;
        expect(busy).toBe(1);
        await new Promise(setImmediate);
        heard.push(String(occurrence));
        busy -= 1;
      },
      ended: ({ state }) => void states.push(state),
    });
    const { run } = await runs.play("steps: [{ repeat: 2500, steps: [note: hello] }]");
    expect(states).toEqual(["running", "passed"]);
    expect(heard).toEqual([...Array.from({ length: 2500 }, (_, index) => String(index + 1)), "1"]);
    expect(run.steps.passed).toBe(2500);
  });
});

describe("stopping", () => {
  it("ends a run at once, wherever it is, with complete results and a complete log", async () => {
    const path = await runs.write(
      "long.scenario.yaml",
      `bellhop: 1
name: Long
steps:
  - { repeat: 100000, steps: [{ send: VIEW, event: { page: "https://shop.example/" } }] }
`,
    );
    const { id } = await runs.start(path, { options: { iterations: 3, concurrency: 3 } });
    await runs.until(id, ({ events }) => events > 20);
    const run = await runs.call("runs.stop", { id });
    expect(run).toMatchObject({
      ...{ state: "cancelled", stoppedAt: { number: expect.stringMatching(/^1/) as string }, error: null },
      iterations: { ended: 0 },
    });
    const pending = await runs.call("log.query", { filter: { statuses: ["pending"] }, limit: 10 });
    expect(pending.total).toBe(0);
    const { total } = await runs.call("log.query", { filter: { types: ["VIEW"] }, limit: 1 });
    expect(total).toBe(run.events);
    expect(await runs.call("runs.read", { id })).toEqual(run);
  });

  it("ends a run that waits, is paused, or asks for a guest", async () => {
    for (const [name, step] of [
      ["wait", "wait: 1h"],
      [
        "guest",
        "guest: { by: { email: nobody@example.com }, expect: { firstName: Ada }, within: 1h, every: 1h }",
      ],
      ["paused", "note: never"],
    ] as const) {
      const path = await runs.write(
        `${name}.scenario.yaml`,
        `bellhop: 1\nname: ${name}\nsteps:\n  - ${step}\n`,
      );
      const { id } = await runs.start(path, { paused: name === "paused" });
      await runs.until(id, ({ pausedAt }) => name !== "paused" || pausedAt !== null);
      const stopped = await runs.call("runs.stop", { id });
      expect(stopped.state).toBe("cancelled");
      if (name === "paused") expect(stopped.stoppedAt).toMatchObject({ number: "1" });
    }
    expect(runs.problems).toEqual([]);
  });

  it("happens when Bellhop closes", async () => {
    const path = await runs.write("long.scenario.yaml", "bellhop: 1\nname: Long\nsteps: [wait: 1h]\n");
    const { id } = await runs.start(path);
    await runs.close();
    const later = await openRuns({ folder: runs.folder });
    expect(await later.call("runs.read", { id })).toMatchObject({
      ...{ state: "cancelled", stoppedAt: { number: "1" } },
      error: { code: "CLOSED" },
    });
  });
});
