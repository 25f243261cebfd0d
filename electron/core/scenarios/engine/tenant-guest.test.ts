import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import {
  startScriptedServer,
  type Reply,
  type ScriptedServer,
} from "../../../../e2e/fixtures/scripted-server";
import type { RunOptions } from "../../../../shared/model/run";
import { openRuns, type OpenRuns } from "../runs-for-tests";

const json = (body: unknown, status = 200): Reply => ({ status, body: JSON.stringify(body) });
const ada = { ref: "guest-of-ada", guestType: "customer", firstName: "Ada", lastName: "Lovelace" };
const found = (ref?: string): Reply =>
  json({ items: ref === undefined ? [] : [{ href: `https://tenant.example/v2.1/guests/${ref}` }] });

/** A tenant as its documentation describes it: browsers, events, the search of guests, and the guest itself. */
const documented = (url: string): Reply => {
  if (url.includes("/browser/create")) return json({ ref: "browser-1", customer_ref: "visitor-1" }, 201);
  if (url.includes("/event/create")) return json({ ref: "event-1", status: "OK" }, 201);
  return url.includes("?") ? found(ada.ref) : json(ada);
};

let server: ScriptedServer;
/** What the tenant answers: as documented, until a test sets it. */
let reply: (url: string, asked: number) => Reply;
beforeEach(async () => {
  reply = documented;
  server = await startScriptedServer(({ url }) => {
    const asked = server.requests.filter((other) => other.url === url).length;
    return reply(url, asked);
  });
  onTestFinished(() => server.close());
});

const open = async (variables: Record<string, string>): Promise<OpenRuns> => {
  const runs = await openRuns({ variables });
  await runs.addEnvironment({ name: "shop", baseUrl: server.url });
  return runs;
};
const key = { BELLHOP_CLIENT_KEY_SHOP: "client-key-1" };
const credential = { ...key, BELLHOP_API_TOKEN_SHOP: "api-token-1" };

const play = (runs: OpenRuns, steps: string, options: RunOptions = {}) =>
  runs.play(`steps:\n${steps}`, { rate: 1000, ...options }, { environment: "shop" });
const signsUp = "  - { send: IDENTITY, event: { email: ada@shop.example, firstname: Ada } }\n";
const guestCalls = (): string[] =>
  server.requests.map(({ url }) => url).filter((url) => url.includes("/guests"));

describe("a guest step on a tenant", () => {
  it("searches by e-mail and by identifier with Basic, reads whom it finds, and each question is an entry", async () => {
    const runs = await open(credential);
    const { run, steps } = await play(
      runs,
      `${signsUp}  - { id: mail, guest: { expect: { firstName: Ada, guestType: customer } }, capture: { who: /ref } }
  - guest: { by: { identifier: { provider: "C&M", id: "7 8" } }, expect: { ref: "{{ who }}" } }
  - guest: { by: { ref: "{{ who }}" }, expect: { lastName: Lovelace } }
`,
    );
    expect(steps.flatMap(({ failures }) => failures)).toEqual([]);
    expect(run).toMatchObject({ state: "passed", steps: { passed: 4 } });
    expect(guestCalls()).toEqual([
      "/v2.1/guests?email=ada%40shop.example",
      "/v2.1/guests/guest-of-ada",
      "/v2.1/guests?identifiers.provider=C%26M&identifiers.id=7%208",
      "/v2.1/guests/guest-of-ada",
      "/v2.1/guests/guest-of-ada",
    ]);
    const basic = `Basic ${Buffer.from("client-key-1:api-token-1").toString("base64")}`;
    const asked = server.requests.filter(({ url }) => url.includes("/guests"));
    expect(asked.map(({ method, headers }) => [method, headers["authorization"]])).toEqual(
      asked.map(() => ["GET", basic]),
    );
    expect(steps[1]?.guest?.ref).toBe(ada.ref);
    const { rows } = await runs.call("log.query", { limit: 20 });
    const questions = rows.filter(({ kind }) => kind === "guest").reverse();
    expect(questions.map(({ type }) => type)).toEqual([
      ...["guests/find", "guests/get", "guests/find", "guests/get", "guests/get"],
    ]);
    expect(questions[0]?.source).toMatchObject({
      kind: "scenario",
      runId: run.id,
      iteration: 1,
      stepId: "mail",
    });
    expect(questions.map(({ id }) => id)).toContain(steps[1]?.entryIds[0]);
  });

  it("asks again until the tenant knows the guest, and fails when the time is over", async () => {
    reply = (url, asked) => (url.includes("/guests?") && asked < 3 ? found() : documented(url));
    const runs = await open(credential);
    const look = "  - guest: { expect: { firstName: Ada }, within: 5s, every: 1ms }\n";
    const late = await play(runs, signsUp + look);
    expect(late.run.state).toBe("passed");
    expect(guestCalls().filter((url) => url.includes("?"))).toHaveLength(3);

    reply = (url) => (url.includes("/guests?") ? found() : documented(url));
    const never = await play(runs, signsUp + look.replace("5s", "5ms"));
    expect(never.run.state).toBe("failed");
    expect(never.steps[1]?.failures).toMatchObject([{ of: "guest", message: "There is no such guest." }]);
  });

  it("says what cannot be seen there, and fails for it only where that is required", async () => {
    const runs = await open(credential);
    const hidden = "guest: { expect: { firstName: Ada, orders: { length: 1 } }, within: 5ms }";
    const { run, steps } = await play(
      runs,
      `  - guest: {}
${signsUp}  - { ${hidden} }
  - { ${hidden}, required: true, continue: true }
  - { ${hidden.replace("Ada", "Grace")} }
`,
    );
    expect(steps.map(({ state }) => state)).toEqual([
      ...["not-observable", "passed", "not-observable", "failed", "failed"],
    ]);
    // Before anybody has signed up there is nobody to ask for, so nothing is asked.
    expect(steps[0]?.notes[0]).toContain("this journey has sent no e-mail or identifier yet");
    expect(steps[0]?.entryIds).toEqual([]);
    expect(steps[2]?.notes[0]).toContain("orders cannot be seen at shop");
    expect(steps[3]?.failures).toMatchObject([{ of: "guest", path: "/orders" }]);
    // What is wrong with the rest counts all the same.
    expect(steps[4]?.failures).toMatchObject([{ path: "/firstName", expected: "Grace", actual: "Ada" }]);
    expect(run.steps).toMatchObject({ passed: 1, failed: 2, notObservable: 2 });
  });

  it("is refused before the first send where guests cannot be read without the token", async () => {
    const runs = await open(key);
    const path = await runs.write(
      "scenarios/asks.scenario.yaml",
      `bellhop: 1\nsteps:\n${signsUp}  - guest: {}\n`,
    );
    const input = { path, environment: "shop", options: {} };
    expect(await runs.fails("runs.start", input)).toMatchObject({
      code: "CREDENTIAL_MISSING",
      message: expect.stringContaining("shop has no API token") as string,
    });
    expect(server.requests).toEqual([]);
  });

  it.each([
    [401, "client key or the API token is wrong"],
    [503, "The target failed (503)"],
  ])("fails with the reason where the tenant answers %i", async (status, words) => {
    reply = (url) => (url.includes("/guests") ? json({ status, message: "no" }, status) : documented(url));
    const runs = await open(credential);
    const { run, steps } = await play(runs, `${signsUp}  - guest: { within: 5s }\n  - note: last\n`);
    expect(run.state).toBe("failed");
    expect(steps.map(({ state }) => state)).toEqual(["passed", "failed", "skipped"]);
    expect(steps[1]?.failures[0]?.message).toContain(words);
  });
});

describe("what a run has made on a tenant", () => {
  it("is kept for cleaning up: each browser, guest and e-mail once, and its events say whose they are", async () => {
    let browsers = 0;
    reply = (url) => {
      if (!url.includes("/browser/create")) return documented(url);
      browsers += 1;
      return json({ ref: `browser-${browsers}`, customer_ref: `visitor-${browsers}` }, 201);
    };
    const runs = await open(credential);
    const steps = `  - { send: IDENTITY, event: { email: "{{ $email }}" } }
  - browser: phone
  - { send: IDENTITY, event: { email: "ada@shop.example" } }
`;
    const { run } = await play(runs, steps, { iterations: 3, concurrency: 2, mark: true });
    const sent = server.requests
      .filter(({ url }) => url.includes("/event/create"))
      .map(({ body }) => JSON.parse(body) as { email: string; browser_id: string; ext?: object });
    expect(sent).toHaveLength(6);
    expect(sent.map(({ ext }) => ext)).toEqual(sent.map(() => ({ bellhopRun: run.id })));
    const { items } = await runs.call("runs.made", { id: run.id, offset: 0, limit: 100 });
    const of = (kind: string): string[] =>
      items
        .filter((item) => item.kind === kind)
        .map(({ value }) => value)
        .sort();
    expect(of("browser")).toEqual([...new Set(sent.map(({ browser_id: id }) => id))].sort());
    expect(of("guest")).toEqual(Array.from({ length: 6 }, (_, index) => `visitor-${index + 1}`));
    expect(of("email")).toEqual([...new Set(sent.map(({ email }) => email))].sort());
    expect(run.made).toEqual({ browsers: 6, guests: 6, emails: 4 });

    // Its file may be gone; the list is not.
    await runs.close();
    const later = await openRuns({ folder: runs.folder, variables: credential });
    expect((await later.call("runs.made", { id: run.id, offset: 0, limit: 100 })).items).toEqual(items);
    const unmarked = await play(later, steps);
    expect(unmarked.run.state).toBe("passed");
    expect(server.requests.at(-1)?.body).not.toContain("bellhopRun");
  });
});
