import { createServer, type Server } from "node:http";
import { once } from "node:events";
import { onTestFinished, describe, expect, it } from "vitest";
import { startSandbox } from "../../sandbox/testing/sandbox-fixture";
import { runSandbox } from "../../sandbox/running-sandbox";
import { startDatabaseThread } from "../../database/database";
import { defaultConfig } from "../../sandbox/config/sandbox-config";
import { openRuns } from "../runs-for-tests";

const view = '{ send: VIEW, event: { page: "https://shop.example/" } }';

/** A sandbox that plays the tenant of the environment `shop`, with keys of its own. */
const openShop = async () => {
  const keys = { clientKey: "client-key-1", apiToken: "api-token-1" };
  const { sandbox } = await startSandbox({ config: keys });
  const runs = await openRuns({
    variables: { BELLHOP_CLIENT_KEY_SHOP: keys.clientKey, BELLHOP_API_TOKEN_SHOP: keys.apiToken },
  });
  await runs.addEnvironment({ name: "shop", baseUrl: sandbox.url, vars: { ground: "Dublin" } });
  const play = (text: string, options = {}) => runs.play(text, options, { environment: "shop" });
  return { ...runs, play, keys };
};

describe("on a tenant", () => {
  it("asks for the last e-mail or identifier that was sent, and says what cannot be seen there", async () => {
    const { play, call } = await openShop();
    const { run, steps } = await play(
      `
vars: { email: "{{ $email }}" }
steps:
  - { send: IDENTITY, event: { email: "{{ email }}", firstname: Ada, city: "{{ env.ground }}" }, expect: { ingestion: processed } }
  - guest: { expect: { firstName: Ada, city: Dublin, emails: ["{{ email }}"], orders: { length: 0 } }, within: 5s, every: 50ms }
  - { guest: { expect: { sessions: { length: 1 } }, within: 50ms }, required: true, continue: true }
  - clock: 1h
  - guest: { by: browser, expect: { firstName: Ada } }
`,
      { rate: 1000 },
    );
    expect(steps.map(({ state }) => state)).toEqual([
      ...["not-observable", "not-observable", "failed", "skipped", "passed"],
    ]);
    expect(steps[0]?.notes[0]).toContain("only a sandbox shows it");
    expect(steps[1]?.notes[0]).toContain("orders cannot be seen at shop");
    expect(steps[2]?.failures).toMatchObject([{ of: "guest", path: "/sessions" }]);
    expect(steps[3]?.notes[0]).toContain("only a sandbox's can");
    expect(steps[1]?.entryIds.length).toBeGreaterThan(0);
    expect(run.steps).toEqual({ planned: 5, passed: 1, failed: 1, skipped: 1, notObservable: 2 });
    const { items } = await call("runs.made", { id: run.id, offset: 0, limit: 10 });
    expect(items.map(({ kind }) => kind)).toEqual(["browser", "email", "guest"]);
  });

  it("is not asked where the file names other environments, or does not name one that is production", async () => {
    const { play } = await openShop();
    await expect(play(`environments: [sandbox]\nsteps: [${view}]`)).rejects.toThrow(
      "environment-not-allowed",
    );
    const variables = { BELLHOP_CLIENT_KEY_LIVE: "client-key-1", BELLHOP_API_TOKEN_LIVE: "api-token-1" };
    const runs = await openRuns({ variables });
    await runs.addEnvironment({ name: "live", baseUrl: "http://127.0.0.1:1", production: true });
    await runs.addEnvironment({ name: "other", baseUrl: "http://127.0.0.1:1" });
    const path = await runs.write("live.scenario.yaml", `bellhop: 1\nname: Live\nsteps: [${view}]\n`);
    const input = { path, environment: "live", options: {} };
    await expect(runs.start(path, input)).rejects.toThrow("environment-not-allowed");
    await runs.write(path, `bellhop: 1\nname: Live\nenvironments: [live, other]\nsteps: [${view}]\n`);
    expect(await runs.fails("runs.start", input)).toMatchObject({ code: "CONSENT_REQUIRED" });
    // Credential and consent come before what is wrong with an event.
    await runs.write(
      path,
      "bellhop: 1\nname: Live\nenvironments: [live, other]\nsteps: [{ send: IDENTITY }]\n",
    );
    expect(await runs.fails("runs.start", { ...input, environment: "other" })).toMatchObject({
      code: "CREDENTIAL_MISSING",
    });
    await expect(runs.start(path, { ...input, production: "live" })).rejects.toThrow("event-");
    expect((await runs.call("runs.list", { offset: 0, limit: 1 })).total).toBe(0);
  });

  it("leaves no secret in results, summaries or what the run made, wherever the target puts it", async () => {
    const secret = "api-token-1";
    const server = createServer((request, response) => {
      response.writeHead(request.url?.includes("browser") ? 201 : 418, {
        "content-type": "application/json",
      });
      response.end(JSON.stringify({ ref: "b-1", customer_ref: `guest ${secret}`, message: `no: ${secret}` }));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const variables = { BELLHOP_CLIENT_KEY_TEAPOT: "client-key-1", BELLHOP_API_TOKEN_TEAPOT: secret };
    const runs = await openRuns({ variables, sandbox: "with-window" });
    await runs.addEnvironment({ name: "teapot", baseUrl: `http://127.0.0.1:${port}` });
    const heard: unknown[] = [];
    runs.core.results.listen({ stepEnded: (run, result) => void heard.push(run, result) });
    const { run, steps } = await runs.play(
      `steps: [{ send: IDENTITY, event: { email: "${secret}@example.com" }, capture: { said: /message } }]`,
      {},
      { environment: "teapot" },
    );
    const made = await runs.call("runs.made", { id: run.id, offset: 0, limit: 10 });
    expect(run.state).toBe("failed");
    expect(steps[0]?.failures[0]?.message).toContain("***");
    expect(JSON.stringify([run, steps, heard, made, runs.said])).not.toContain(secret);
  });
});

/** A port that can be listened on again and again. */
const listenOn = async (server: Server, port: number): Promise<number> => {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
};

describe("a target that is not there", () => {
  it("fails the step that needed it, and says why", async () => {
    const server = createServer();
    const port = await listenOn(server, 0);
    server.close();
    const runs = await openRuns({ variables: { BELLHOP_SANDBOX_URL: `http://127.0.0.1:${port}` } });
    const { run, steps } = await runs.play(`steps: [${view}, ${view}]`);
    expect(steps.map(({ state }) => state)).toEqual(["failed", "skipped"]);
    expect(steps[0]).toMatchObject({ error: "REFUSED", failures: [{ of: "request" }] });
    expect(run).toMatchObject({ state: "failed", events: 0, error: null });
  });

  it("can die in the middle and come back: what is tried again then passes, and the log has each attempt", async () => {
    const thread = startDatabaseThread();
    const config = { ...defaultConfig, delay: 1 };
    const options = { thread, file: ":memory:", host: "127.0.0.1", config, report: () => undefined };
    let sandbox = await runSandbox({ ...options, port: 0 });
    const { url, port } = sandbox;
    onTestFinished(async () => {
      await sandbox.close();
      await thread.close();
    });
    const runs = await openRuns({ variables: { BELLHOP_SANDBOX_URL: url } });
    const path = await runs.write(
      "dies.scenario.yaml",
      `bellhop: 1
name: Dies
steps:
  - ${view}
  - { send: VIEW, event: { page: "https://shop.example/" }, continue: true }
  - { browser: new, retry: { times: 1000, every: 5ms } }
  - ${view}
`,
    );
    const { id } = await runs.start(path, { until: "2" });
    await runs.until(id, ({ pausedAt }) => pausedAt !== null);
    await sandbox.close();
    await runs.call("runs.resume", { id, to: { kind: "end" } });
    await runs.until(id, ({ steps }) => steps.failed === 1);
    sandbox = await runSandbox({ ...options, port });
    const run = await runs.ended(id);
    const steps = await runs.stepsOf(id);
    expect(steps.map(({ state }) => state)).toEqual(["passed", "failed", "passed", "passed"]);
    expect(steps[1]).toMatchObject({ error: "REFUSED", status: null });
    expect(run).toMatchObject({ state: "failed", steps: { passed: 3, failed: 1 } });
    const { total } = await runs.call("log.query", { filter: { types: ["VIEW"] }, limit: 10 });
    expect(total).toBe(3);
  });
});
