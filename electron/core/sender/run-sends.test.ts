import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startScriptedServer, type Reply, type ScriptedServer } from "../../../e2e/fixtures/scripted-server";
import { judge } from "../../../shared/catalog/catalog";
import type { EntrySource } from "../../../shared/model/entry";
import type { StreamEvent } from "../../../shared/model/event";
import { transportNames } from "../../../shared/transports";
import { openRunSends, type OpenRunSends } from "./run-sends-for-tests";
import type { RunTarget } from "./run-sends";

const variables = {
  BELLHOP_CLIENT_KEY_STAGING: "client-key-1",
  BELLHOP_API_TOKEN_STAGING: "api-token-1",
  BELLHOP_CLIENT_KEY_LIVE: "live-key-1",
  BELLHOP_API_TOKEN_LIVE: "live-token-1",
  BELLHOP_CLIENT_KEY_OTHER: "other-key-1",
};
const source: EntrySource = { kind: "scenario", scenario: "a.scenario.yaml", runId: "run-1", iteration: 1 };
const never = new AbortController().signal;

let opened: OpenRunSends;
let server: ScriptedServer;
let reply: (count: number) => Reply | Promise<Reply>;

beforeEach(async () => {
  reply = () => ({ status: 201, body: '{"ref":"event-1","status":"OK"}' });
  server = await startScriptedServer(({ url }) =>
    url.includes("browser/create")
      ? { status: 200, body: '{"ref":"browser-1","customer_ref":"guest-1","status":"OK"}' }
      : reply(server.requests.length),
  );
  opened = await openRunSends(variables);
  await opened.addEnvironment({ name: "staging", baseUrl: server.url });
});
afterEach(async () => {
  await opened.close();
  await server.close();
});

const view = (change: StreamEvent = {}): StreamEvent => ({
  type: "VIEW",
  browser_id: "browser-1",
  session_id: "session-1",
  channel: "WEB",
  pos: "shop",
  currency: "EUR",
  language: "EN",
  page: "https://shop.example/",
  ...change,
});
const send = (target: RunTarget, event = view(), signal = never) =>
  target.send(event, judge(event, "spec"), { source, guestRef: "guest-1", signal });

describe("a run's target", () => {
  it("is refused as every send is: without a credential, or without consent to production", async () => {
    const { runSends } = opened;
    await opened.addEnvironment({ name: "bare", baseUrl: server.url });
    await expect(runSends.admit("bare", {})).rejects.toMatchObject({ code: "CREDENTIAL_MISSING" });
    await opened.addEnvironment({ name: "live", baseUrl: server.url, production: true });
    await expect(runSends.admit("live", {})).rejects.toMatchObject({ code: "CONSENT_REQUIRED" });
    const admitted = await runSends.admit("live", { production: "live" });
    expect(admitted.environment.name).toBe("live");
    const byEdge = runSends.admit("live", { production: "live", transport: "edge" });
    await expect(byEdge).rejects.toMatchObject({
      code: "CREDENTIAL_MISSING",
      message: "live has no context id, which the transport edge needs.",
      hint: expect.stringContaining("bellhop secret set live --context") as string,
    });
  });

  it("makes browsers that are the run's own, each an entry", async () => {
    const target = await opened.runSends.admit("staging", {});
    expect(await target.newBrowser(source, never)).toEqual({ browserId: "browser-1", guestRef: "guest-1" });
    const [row] = (await opened.log.handlers["log.query"]({ limit: 10 })).rows;
    expect(row).toMatchObject({ kind: "browser", source, status: 200 });
  });

  it("answers with what came back, and logs both ends", async () => {
    const target = await opened.runSends.admit("staging", {});
    const answer = await send(target);
    expect(answer).toMatchObject({
      status: 201,
      error: null,
      body: { ref: "event-1", status: "OK" },
      eventRef: "event-1",
      verdict: { schema: "valid", ingestion: "accepted", issues: [] },
    });
    await answer.logged;
    const entry = await opened.log.detail(answer.entryId);
    expect(entry).toMatchObject({ state: "done", source, guestRef: "guest-1", event: view() });
    expect(entry.request.headers["authorization"]).toBe("***(matches staging)");
    expect(entry.response?.body?.text).toBe('{"ref":"event-1","status":"OK"}');
  });

  it("has the entry in the log's journal before a byte leaves, without a secret", async () => {
    const target = await opened.runSends.admit("staging", {});
    const seen: string[] = [];
    reply = async () => {
      const names = await readdir(opened.journalFolder);
      const files = names.map((name) => readFile(join(opened.journalFolder, name), "utf8"));
      seen.push(...(await Promise.all(files)));
      return { status: 201, body: "{}" };
    };
    const answer = await send(target);
    expect(seen).toEqual([expect.stringContaining(`{"id":"${answer.entryId}"`)]);
    expect(seen.join()).toContain("***(matches staging)");
    const basic = Buffer.from("client-key-1:api-token-1").toString("base64");
    for (const secret of ["api-token-1", basic]) expect(seen.join()).not.toContain(secret);
  });

  it("says why an event was refused, in the answer and in the log", async () => {
    reply = () => ({ status: 404, body: '{"status":"Not Found"}' });
    const target = await opened.runSends.admit("staging", {});
    const answer = await send(target);
    expect(answer.verdict.issues).toMatchObject([{ code: "unknown-browser" }]);
    expect(answer).toMatchObject({ status: 404, eventRef: null });
    await target.settled();
    expect((await opened.log.detail(answer.entryId)).verdict).toEqual(answer.verdict);
  });

  it("ends a send that is cancelled, with an entry that says so", async () => {
    const stop = new AbortController();
    reply = () => {
      stop.abort();
      return new Promise(() => undefined);
    };
    const target = await opened.runSends.admit("staging", {});
    const answer = await send(target, view(), stop.signal);
    expect(answer).toMatchObject({ status: null, error: { code: "ABORTED" }, time: null });
    await target.settled();
    expect((await opened.log.detail(answer.entryId)).error?.code).toBe("ABORTED");
  });

  it("keeps order and loses nothing at any concurrency", async () => {
    const target = await opened.runSends.admit("staging", {});
    const lanes = Array.from({ length: 20 }, async (_, lane) => {
      const ids: string[] = [];
      for (let turn = 0; turn < 10; turn += 1) {
        const answer = await send(target, view({ page: `https://shop.example/${lane}/${turn}` }));
        ids.push(answer.entryId);
      }
      return ids;
    });
    const ids = await Promise.all(lanes);
    await target.settled();
    const rows = await opened.database.query("SELECT id, seq, revision, state FROM entries ORDER BY seq");
    expect(rows).toHaveLength(200);
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(["done"]));
    expect(new Set(rows.map(({ revision }) => revision)).size).toBe(200);
    const seqOf = new Map(rows.map(({ id, seq }) => [String(id), Number(seq)]));
    for (const lane of ids) {
      const places = lane.map((id) => seqOf.get(id) ?? 0);
      expect(places).toEqual([...places].sort((one, other) => one - other));
    }
  });

  it("keeps every secret out of the log and of what a run keeps beside it", async () => {
    reply = () => ({
      status: 201,
      headers: { "x-echo": "client-key-1" },
      body: '{"ref":"event-1","client_key":"client-key-1","other":"b3RoZXIta2V5LTE=","nested":{"a":"api-token-1"}}',
    });
    const target = await opened.runSends.admit("staging", {});
    const event = view({ page: "https://shop.example/?q=other-key-1", ext: { note: "client-key-1" } });
    const answer = await send(target, event);
    await target.settled();
    expect(await target.redact({ event, body: answer.body ?? null })).toMatchObject({
      event: {
        page: "https://shop.example/?q=***(matches other)",
        ext: { note: "***(matches staging)" },
      },
      body: { client_key: "***(matches staging)", nested: { a: "***(matches staging)" } },
    });
    const tables = ["entries", "bodies"].map((table) => opened.database.query(`SELECT * FROM ${table}`));
    const kept = JSON.stringify(await Promise.all(tables));
    expect(kept).toContain("***(matches other)");
    expect(kept).not.toMatch(/client-key-1|api-token-1|other-key-1|b3RoZXIta2V5LTE/);
  });

  it.each(transportNames)("goes by %s on the sandbox, browser and events alike", async (transport) => {
    const target = await opened.runSends.admit("sandbox", { transport });
    const { browserId, guestRef } = await target.newBrowser(source, never);
    const event = view({ browser_id: browserId, pos: "bellhop" });
    const answer = await target.send(event, judge(event, "spec"), { source, guestRef, signal: never });
    expect(answer).toMatchObject({ status: 201, error: null });
    expect(await target.outcomeOf(answer, 5_000, never)).toMatchObject({ ingestion: "processed" });
    await answer.logged;
    expect((await opened.log.detail(answer.entryId)).transport).toBe(transport);
  });

  it("says of an address that is too long by http-get what it is, in the entry and to the run", async () => {
    reply = () => ({ status: 414 });
    const target = await opened.runSends.admit("staging", { transport: "http-get" });
    const { verdict } = await send(target, view({ ext: { note: "é".repeat(1_500) } }));
    expect(verdict.issues.map(({ code }) => code)).toEqual(["address-too-long", "refused-size"]);
  });

  it("says what the sandbox made of an event, and writes it into the entry", async () => {
    const target = await opened.runSends.admit("sandbox", {});
    const { browserId, guestRef } = await target.newBrowser(source, never);
    const event = view({ browser_id: browserId, pos: "bellhop" });
    const answer = await target.send(event, judge(event, "spec"), { source, guestRef, signal: never });
    const outcome = await target.outcomeOf(answer, 5_000, never);
    expect(outcome).toEqual({ ingestion: "processed", reasons: [], guestRef });
    await target.settled();
    expect((await opened.log.detail(answer.entryId)).verdict.ingestion).toBe("processed");
  });
});
