import { beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../shared/model/json";
import type { StepResult } from "../../../../shared/model/run";
import { openRuns, type OpenRuns } from "../runs-for-tests";

let runs: OpenRuns;
beforeEach(async () => {
  runs = await openRuns();
});

const view = '{ send: VIEW, event: { page: "https://shop.example/" } }';

const states = (steps: StepResult[]): string[] => steps.map(({ number, state }) => `${number} ${state}`);
const said = (steps: StepResult[]): string[] => steps.flatMap(({ notes }) => notes);
const wrong = (steps: StepResult[]): string[] =>
  steps.flatMap(({ number, failures }) => failures.map(({ message }) => `${number}: ${message}`));
const eventsOf = (steps: StepResult[]): JsonObject[] =>
  steps.flatMap(({ event }) => (event === null ? [] : [event]));

describe("the example of the interface", () => {
  it("passes on the sandbox, with a result for every execution of a step", async () => {
    await runs.write(
      "scenarios/checkout.scenario.yaml",
      `bellhop: 1
fragment: true
params: [total]
returns: [order]
vars: { order: "{{ $uuid }}" }
steps:
  - send: CONFIRM
    event: { product: [{ item_id: "{{ sku }}" }] }
    disabled: true
  - note: Pays {{ total }}.
`,
    );
    const { run, steps } = await runs.play(`
description: A visitor browses, signs up and buys, on the sandbox.
environments: [sandbox]
vars:
  sku: TEE-001
  email: "{{ $email }}"
defaults:
  currency: EUR
steps:
  - id: land
    name: Opens the home page
    send: VIEW
    event: { page: "https://shop.example/" }
    expect: { status: 201, body: { status: OK }, ingestion: processed }
    within: 5s
  - wait: 1ms
  - note: The visitor signs up.
  - send: IDENTITY
    event: { email: "{{ email }}", firstname: Ada }
    capture: { identityRef: /ref }
  - guest: { expect: { guestType: customer, firstName: Ada }, within: 15s }
  - browser: phone
  - send: IDENTITY
    event: { email: "{{ email }}" }
  - repeat: 3
    steps:
      - send: ADD
        event: { product: { sku: "{{ sku }}", name: Tee, price: 19.9 } }
  - use: checkout.scenario.yaml
    vars: { total: 59.7 }
  - clock: 31m
  - guest: { expect: { browsers: { length: 2 }, sessions: { length: 2 } } }
`);
    expect(wrong(steps)).toEqual([]);
    expect(run).toMatchObject({
      ...{ state: "passed", environment: "sandbox", origin: "cli", events: 6, trimmed: false },
      iterations: { planned: 1, ended: 1, passed: 1, failed: 0 },
      steps: { planned: 14, passed: 13, failed: 0, skipped: 1, notObservable: 0 },
      made: { browsers: 2, guests: 2, emails: 1 },
    });
    expect(states(steps)).toEqual([
      ...["1 passed", "2 passed", "3 passed", "4 passed", "5 passed", "6 passed", "7 passed", "8 passed"],
      ...["8.1 passed", "8.1 passed", "8.1 passed", "9 passed", "9.1 skipped", "9.2 passed"],
      ...["10 passed", "11 passed"],
    ]);
    expect(steps.map(({ occurrence }) => occurrence)).toEqual([
      1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 1, 1, 1, 1, 1,
    ]);
    expect(said(steps)).toEqual(expect.arrayContaining(["The visitor signs up.", "Pays 59.7."]));
    expect(steps[11]?.captured).toEqual({ order: expect.stringMatching(/^[0-9a-f-]{36}$/) as string });
    expect(runs.problems).toEqual([]);
  });

  it("leaves an entry of the log for every request, which names run, iteration and step", async () => {
    const { run, steps } = await runs.play(`steps: [${view.replace("{ send", "{ id: land, send")}]`);
    const { rows } = await runs.call("log.query", { limit: 10 });
    const source = { kind: "scenario", scenario: "scenarios/played.scenario.yaml", runId: run.id };
    expect(rows).toMatchObject([
      { kind: "event", source: { ...source, iteration: 1, stepId: "land" } },
      { kind: "browser", source: { ...source, iteration: 1, stepId: "land" } },
    ]);
    expect(steps[0]?.entryIds).toEqual([rows[0]?.id]);
  });
});

describe("a send", () => {
  it("fails unless the status is 2xx, and skips what follows", async () => {
    const { run, steps } = await runs.play(`
steps:
  - ${view}
  - { send: VIEW, event: { browser_id: nobody, page: "https://shop.example/" } }
  - ${view}
  - repeat: 2
    steps: [${view}]
`);
    expect(states(steps)).toEqual(["1 passed", "2 failed", "3 skipped", "4 skipped", "4.1 skipped"]);
    expect(steps[1]?.failures).toMatchObject([{ of: "status", expected: "2xx", actual: 404 }]);
    expect(run).toMatchObject({
      ...{ state: "failed", steps: { passed: 1, failed: 1, skipped: 2 } },
      firstFailure: { number: "2", message: expect.stringContaining("404") as string },
    });
  });

  it("says of every expectation what came instead", async () => {
    const { steps } = await runs.play(`
steps:
  - send: VIEW
    event: { page: "https://shop.example/" }
    expect:
      status: { oneOf: [200, 204] }
      body: { status: FINE, ref: { exists: false } }
      headers: { Content-Type: { contains: xml } }
      verdict: invalid
      ingestion: { oneOf: [failed, dropped] }
      time: { lt: 0 }
`);
    expect(steps[0]?.failures.map(({ of, path }) => `${of} ${path}`)).toEqual([
      ...["status ", "body /status", "body /ref", "headers /content-type", "verdict ", "time ", "ingestion "],
    ]);
    expect(wrong(steps)[1]).toBe('1: /status is "OK", and should be "FINE".');
    expect(steps[0]).toMatchObject({ status: 201, ingestion: "processed", error: null });
  });

  it("waits for the outcome, and says why an event was dropped", async () => {
    const { steps } = await runs.play(`
steps:
  - send: VIEW
    event: { page: "https://shop.example/", pos: nowhere }
    expect: { ingestion: processed }
`);
    expect(steps[0]).toMatchObject({ state: "failed", ingestion: "dropped" });
    expect(steps[0]?.failures).toMatchObject([
      { of: "ingestion", hint: expect.stringContaining("nowhere") as string },
    ]);
  });

  it("does not leave where its event has become invalid by what was filled in", async () => {
    const { run, steps } = await runs.play(`
steps:
  - { send: VIEW, event: { page: "https://shop.example/" }, capture: { answer: /status } }
  - { send: IDENTITY, event: { email: "{{ answer }}" } }
`);
    expect(run).toMatchObject({ state: "failed", events: 1 });
    expect(steps[1]?.failures).toMatchObject([{ of: "verdict", path: "/email" }]);
    expect(steps[1]?.event).toMatchObject({ email: "OK" });
  });

  it("leaves invalid where that is expected, or where nothing is validated", async () => {
    const bad = (expect_: string) => `steps: [{ send: IDENTITY, event: { email: no }, expect: ${expect_} }]`;
    const expected = await runs.play(bad("{ verdict: invalid, ingestion: failed }"));
    expect(expected.run).toMatchObject({ state: "passed", events: 1 });
    const unchecked = await runs.play(bad("{ status: 2xx }"), { noValidate: true });
    expect(unchecked.run).toMatchObject({ state: "passed", events: 1 });
  });

  it("captures what later steps use, and fails where there is nothing to capture", async () => {
    const { steps } = await runs.play(`
steps:
  - { id: land, send: VIEW, event: { page: "https://shop.example/" }, capture: { seen: /ref } }
  - { send: VIEW, event: { page: "https://shop.example/{{ seen }}/{{ steps.land.response.body.ref }}" } }
  - { send: VIEW, event: { page: "https://shop.example/" }, capture: { missing: /items/0 } }
`);
    const ref = String(steps[0]?.captured["seen"]);
    expect(steps[1]?.event).toMatchObject({ page: `https://shop.example/${ref}/${ref}` });
    expect(steps[2]?.failures).toMatchObject([{ of: "capture", path: "/items/0", expected: "missing" }]);
  });

  it("marks its events with the run where that is asked for", async () => {
    const { run, steps } = await runs.play(`steps: [${view}]`, { mark: true });
    expect(eventsOf(steps)).toMatchObject([{ ext: { bellhopRun: run.id } }]);
  });

  it("is not sent at all in a dry run, nor is anything else asked", async () => {
    const { run, steps } = await runs.play(
      `
steps:
  - { send: VIEW, event: { page: "https://shop.example/" }, capture: { seen: /ref } }
  - { send: VIEW, event: { page: "https://shop.example/{{ seen }}" } }
  - guest: { expect: { guestType: customer } }
  - clock: 1h
  - wait: 1h
`,
      { dryRun: true },
    );
    expect(states(steps)).toEqual(["1 passed", "2 passed", "3 skipped", "4 skipped", "5 skipped"]);
    expect(run).toMatchObject({ state: "passed", events: 0, made: { browsers: 0 } });
    expect((await runs.call("log.query", { limit: 10 })).rows).toEqual([]);
  });
});

describe("when, disabled, continue, retry and required", () => {
  it("decide what is played", async () => {
    const { run, steps } = await runs.play(`
vars: { yes: 1, no: "" }
steps:
  - { note: one, when: "{{ yes }}" }
  - { note: two, when: "{{ no }}" }
  - { note: three, when: "{{ nobody }}" }
  - { note: four, disabled: true }
  - { send: VIEW, event: { browser_id: nobody, page: "https://shop.example/" }, continue: true }
  - note: six
`);
    expect(states(steps)).toEqual([
      "1 passed",
      "2 skipped",
      "3 skipped",
      "4 skipped",
      "5 failed",
      "6 passed",
    ]);
    expect(run.state).toBe("failed");
  });

  it("try again: what went wrong on the way, or with any failure, each attempt an entry", async () => {
    const faults = (yaml: string) => runs.call("sandbox.saveFaults", { text: yaml });
    await runs.call("sandbox.start", {});
    await faults("- { match: { type: VIEW }, fault: status, status: 503, times: 2 }");
    const step = (retry: string, status = 404) => `
  - send: VIEW
    event: { page: "https://shop.example/"${status === 404 ? ", browser_id: nobody" : ""} }
    retry: ${retry}
    continue: true`;
    const { steps } = await runs.play(
      `steps: ${step("{ times: 2, every: 1ms }", 201)}${step("{ times: 2, every: 1ms }")}${step("{ times: 2, every: 1ms, on: any }")}`,
    );
    expect(states(steps)).toEqual(["1 passed", "2 failed", "3 failed"]);
    expect(steps.map(({ entryIds }) => entryIds.length)).toEqual([3, 1, 3]);
    expect(steps[0]?.notes).toEqual(["Attempt 3 of 3."]);
  });

  it("fail what a target cannot show only where it is required", async () => {
    const engage = await runs.play("steps: [session: new]", {}, { environment: "sandbox-engage" });
    expect(engage.run).toMatchObject({ state: "passed", steps: { notObservable: 1 } });
    const required = await runs.play(
      "steps: [{ session: new, required: true }]",
      {},
      { environment: "sandbox-engage" },
    );
    expect(required.run.state).toBe("failed");
  });
});

describe("browsers and sessions", () => {
  it("are brought back by name, with fields of their own", async () => {
    const { steps, run } = await runs.play(`
steps:
  - browser: { name: kiosk, channel: MOBILE_WEB, pos: kiosk }
  - ${view}
  - browser: phone
  - ${view}
  - session: new
  - ${view}
  - browser: kiosk
  - ${view}
  - browser: new
  - ${view}
`);
    const [kiosk, phone, later, again, other] = eventsOf(steps);
    expect(kiosk).toMatchObject({ channel: "MOBILE_WEB", pos: "kiosk" });
    expect(phone).toMatchObject({ channel: "WEB", pos: "bellhop" });
    expect(again).toMatchObject({ ...kiosk });
    expect(later?.["browser_id"]).toBe(phone?.["browser_id"]);
    expect(later?.["session_id"]).not.toBe(phone?.["session_id"]);
    expect(new Set([kiosk, phone, other].map((event) => event?.["browser_id"])).size).toBe(3);
    expect(run.made.browsers).toBe(3);
  });
});

describe("a guest", () => {
  it("is found by browser, e-mail, identifier and reference, and gives what later steps use", async () => {
    const { steps, run } = await runs.play(`
vars: { email: "{{ $email }}" }
steps:
  - { send: IDENTITY, event: { email: "{{ email }}", firstname: Ada, identifiers: [{ provider: CRM, id: "{{ email }}" }] } }
  - { guest: { expect: { firstName: Ada } }, capture: { who: /ref } }
  - guest: { by: { email: "{{ email }}" }, expect: { ref: "{{ who }}" } }
  - guest: { by: { identifier: { provider: CRM, id: "{{ email }}" } }, expect: { ref: "{{ who }}" } }
  - guest: { by: { ref: "{{ who }}" }, expect: { emails: ["{{ email }}"], orders: { length: 0 } } }
  - guest: { by: { email: nobody@example.com }, expect: { exists: false } }
  - guest: { by: { email: nobody@example.com }, expect: { firstName: Ada }, within: 50ms, every: 10ms }
`);
    expect(wrong(steps)).toEqual(["7: There is no such guest."]);
    expect(run.state).toBe("failed");
    expect(steps[1]?.guest?.ref).toBe(steps[1]?.captured["who"]);
  });

  it("is who the browser's guest has become, after a merge", async () => {
    const { steps } = await runs.play(`
vars: { email: "{{ $email }}" }
steps:
  - { send: IDENTITY, event: { email: "{{ email }}", firstname: Ada } }
  - guest: {}
  - browser: phone
  - { send: IDENTITY, event: { email: "{{ email }}" } }
  - guest: { expect: { firstName: Ada, browsers: { length: 2 } } }
`);
    expect(wrong(steps)).toEqual([]);
    expect(steps[4]?.guest?.ref).toBe(steps[1]?.guest?.ref);
  });
});

describe("a fragment", () => {
  it("keeps its names to itself, has defaults of its own, and fails with its steps", async () => {
    await runs.write(
      "scenarios/part.scenario.yaml",
      `bellhop: 1
fragment: true
params: [page]
returns: [seen]
vars: { secret: "inside {{ page }}" }
defaults: { language: FR }
steps:
  - { id: look, send: VIEW, event: { page: "{{ page }}" }, capture: { seen: /status, hidden: /ref } }
  - { send: VIEW, event: { page: "https://shop.example/", browser_id: "{{ secret }}" } }
  - note: "{{ hidden }}"
`,
    );
    const played = (note: string) => `
vars: { name: outside }
defaults: { currency: USD }
steps:
  - { use: part.scenario.yaml, vars: { page: "https://shop.example/a" }, continue: true }
  - note: "{{ ${note} }}"
`;
    const { steps } = await runs.play(played("seen"));
    const [first, second] = eventsOf(steps);
    expect(first).toMatchObject({ page: "https://shop.example/a", currency: "USD", language: "FR" });
    expect(second).toMatchObject({ browser_id: "inside https://shop.example/a" });
    expect(states(steps)).toEqual(["1 failed", "1.1 passed", "1.2 failed", "1.3 skipped", "2 passed"]);
    expect(steps.at(-1)?.notes).toEqual(["OK"]);
    for (const hidden of ["hidden", "secret"]) {
      await expect(runs.play(played(hidden))).rejects.toThrow(`Unknown name ${hidden}.`);
    }
  });
});
