import { rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { request } from "undici";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  makeCertificate,
  startScriptedServer,
  type Reply,
  type ScriptedServer,
} from "../../../e2e/fixtures/scripted-server";
import type { InputOf, SendResult } from "../../../shared/contract/commands";
import type { Entry } from "../../../shared/model/entry";
import { startDatabaseThread } from "../database/database";
import { openCore, type OpenCore } from "./core-for-tests";

const variables = {
  BELLHOP_CLIENT_KEY_STAGING: "client-key-1",
  BELLHOP_API_TOKEN_STAGING: "api-token-1",
  BELLHOP_CLIENT_KEY_LIVE: "live-key-1",
  BELLHOP_API_TOKEN_LIVE: "live-token-1",
  BELLHOP_CLIENT_KEY_OTHER: "other-key-1",
  BELLHOP_API_TOKEN_OTHER: "other-token-1",
};
const created =
  '{"ref":"browser-1","customer_ref":"guest-1","status":"OK","version":"1.2","client_key":"client-key-1"}';
const view = { type: "VIEW", page: "https://shop.example/" };

let core: OpenCore;
let server: ScriptedServer;
let replyToEvent: (count: number) => Reply | Promise<Reply>;

beforeEach(async () => {
  replyToEvent = () => ({
    status: 201,
    body: '{"ref":"event-1","status":"OK","version":"1.2","client_key":"client-key-1"}',
  });
  server = await startScriptedServer(({ url }) =>
    url.includes("browser/create") ? { status: 200, body: created } : replyToEvent(server.requests.length),
  );
  core = await openCore(variables);
  await core.addEnvironment({ name: "staging", baseUrl: server.url });
});
afterEach(async () => {
  await core.close();
  await server.close();
  expect(core.problems).toEqual([]);
});

type Send = InputOf<"sender.send">;
const input = (change: Partial<Send> = {}): Send => ({
  environment: "staging",
  messageType: "VIEW",
  event: view,
  source: { kind: "composer" },
  allowInvalid: false,
  ...change,
});
const sent = (result: SendResult): Entry => {
  if (result.outcome !== "sent") throw new Error(`Not sent: ${JSON.stringify(result.verdict)}`);
  return result.entry;
};
const send = async (change: Partial<Send> = {}): Promise<Entry> =>
  sent(await core.call("sender.send", input(change)));
const rows = async () => (await core.call("log.query", { limit: 100 })).rows;
const freePort = async (): Promise<number> => {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
};

describe("a send", () => {
  it("by spec posts the built event with Basic, and the log has it masked", async () => {
    const entry = await send();
    const [browser, event] = server.requests;
    expect(browser).toMatchObject({
      method: "GET",
      url: "/v1.2/browser/create.json?client_key=client-key-1",
    });
    expect(event).toMatchObject({ method: "POST", url: "/v1.2/event/create.json" });
    expect(event?.headers).toMatchObject({
      "content-type": "application/json",
      authorization: `Basic ${Buffer.from("client-key-1:api-token-1").toString("base64")}`,
      "user-agent": "Bellhop/1.2.3",
    });
    expect(JSON.parse(event?.body ?? "")).toMatchObject({
      ...view,
      browser_id: "browser-1",
      pos: "shop",
      channel: "WEB",
    });
    expect(entry).toMatchObject({
      state: "done",
      kind: "event",
      environment: "staging",
      guestRef: "guest-1",
      request: { headers: { authorization: "***(matches staging)" } },
      response: {
        status: 201,
        body: { text: expect.stringContaining('"client_key":"***(matches staging)"') },
      },
      error: null,
      verdict: { schema: "valid", ingestion: "accepted" },
    });
    expect(entry.event).toEqual(JSON.parse(event?.body ?? ""));
    expect((await rows()).map(({ type }) => type)).toEqual(["VIEW", "browser/create"]);
  });

  it("by engage posts the event with the key in its body and no Authorization", async () => {
    await core.addEnvironment({
      name: "other",
      baseUrl: server.url,
      transport: "engage",
      catalog: "sitecore",
    });
    const entry = await send({ environment: "other" });
    const event = server.requests.at(-1);
    expect(event).toMatchObject({ method: "POST", url: "/v1.2/events" });
    expect(event?.headers).not.toHaveProperty("authorization");
    expect(JSON.parse(event?.body ?? "")).toMatchObject({ type: "VIEW", client_key: "other-key-1" });
    expect(entry.request.body?.text).toContain('"client_key":"***(matches other)"');
    expect(entry.event).not.toHaveProperty("client_key");
  });

  it("is in the database as pending before the server sees it", async () => {
    const thread = startDatabaseThread();
    const database = await thread.open(join(core.profileFolder, "bellhop.db"));
    const states: unknown[] = [];
    replyToEvent = async () => {
      const found = await database.query("SELECT state FROM entries WHERE id = ?", "entry-1");
      states.push(...found.map(({ state }) => state));
      return { status: 201, body: "{}" };
    };
    expect((await send({ id: "entry-1" })).state).toBe("done");
    expect(states).toEqual(["pending"]);
    await thread.close();
  });

  it("ends in its entry where nothing listens, and no answer is made up", async () => {
    await core.call("guests.new", { environment: "staging" });
    await server.close();
    const entry = await send();
    expect(entry).toMatchObject({
      state: "done",
      response: null,
      error: { code: "REFUSED", message: `Nothing listens at 127.0.0.1:${server.port}.` },
      verdict: { ingestion: "unknown" },
    });
  });

  it("is given the time of the settings", async () => {
    await core.call("settings.set", { sendTimeout: 150 });
    replyToEvent = () => ({ hold: true });
    expect((await send()).error).toMatchObject({
      code: "TIMEOUT",
      message: expect.stringContaining("150 ms"),
    });
  });

  it("can be cancelled by the id of its entry", async () => {
    replyToEvent = () => ({ hold: true });
    const sending = send({ id: "entry-1" });
    await server.received(2);
    expect(await core.call("sender.cancel", { id: "entry-1" })).toEqual({ cancelled: true });
    expect((await sending).error?.code).toBe("ABORTED");
    expect(await core.call("sender.cancel", { id: "entry-1" })).toEqual({ cancelled: false });
  });

  it("that is under way when Bellhop closes ends as aborted", async () => {
    replyToEvent = () => ({ hold: true });
    const sending = send({ id: "entry-1" });
    await server.received(2);
    await core.closeCore();
    expect((await sending).error).toMatchObject({
      code: "ABORTED",
      message: expect.stringContaining("closed"),
    });
    expect((await core.fails("sender.send", input())).code).toBe("CLOSED");
  });

  it("does not take the id of another", async () => {
    await send({ id: "entry-1" });
    expect((await core.fails("sender.send", input({ id: "entry-1" }))).code).toBe("CONFLICT");
    expect(server.requests).toHaveLength(2);
  });

  it("may go beside fifty others, which share the first guest", async () => {
    const entries = await Promise.all(Array.from({ length: 50 }, () => send()));
    expect(new Set(entries.map(({ id }) => id)).size).toBe(50);
    expect(entries.every(({ verdict }) => verdict.ingestion === "accepted")).toBe(true);
    expect(server.requests.filter(({ method }) => method === "GET")).toHaveLength(1);
  });

  it.each([
    [401, "refused-credential", "the client key or the API token is wrong"],
    [400, "refused-event", "could not read the request"],
    [404, "unknown-browser", "does not know this browser id"],
    [503, "target-failed", "may or may not have been taken"],
  ])("answered with %i says why", async (status, code, words) => {
    replyToEvent = () => ({ status, body: "{}" });
    const { verdict, error, response } = await send();
    expect(error).toBeNull();
    expect(response?.status).toBe(status);
    expect(verdict.issues).toContainEqual(
      expect.objectContaining({ code, message: expect.stringContaining(words) }),
    );
    expect(verdict.ingestion).toBe("unknown");
  });

  it("answered with something else than JSON says that something else may have answered", async () => {
    replyToEvent = () => ({ status: 200, body: "<h1>Sign in to the hotel's network</h1>" });
    const { verdict, response } = await send();
    expect(response?.body?.text).toContain("<h1>");
    expect(verdict.issues).toContainEqual(expect.objectContaining({ code: "unexpected-answer" }));
  });

  it("keeps bytes that are no text as base64", async () => {
    const body = Buffer.from([0xff, 0x00, 0xfe]);
    replyToEvent = () => ({ status: 200, body });
    expect((await send()).response?.body).toMatchObject({ base64: body.toString("base64"), size: 3 });
  });

  it("refuses an event that is nested without end", async () => {
    const deep = JSON.parse(`${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`) as Send["event"];
    expect(await core.fails("sender.send", input({ event: deep }))).toMatchObject({
      code: "INVALID_INPUT",
      field: "/event",
    });
    expect((await core.fails("sender.preview", { environment: "staging", event: deep })).code).toBe(
      "INVALID_INPUT",
    );
  });
});

describe("the checks come in the order of the exit codes", () => {
  const invalid = { type: "IDENTITY", email: "nobody" };

  beforeEach(async () => {
    await core.addEnvironment({ name: "keyless", baseUrl: server.url, production: true });
    await core.addEnvironment({ name: "live", baseUrl: server.url, production: true });
  });

  it("an unknown environment first", async () => {
    expect((await core.fails("sender.send", input({ environment: "nowhere" }))).code).toBe("NOT_FOUND");
  });

  it("then the credential, before consent and verdict", async () => {
    const error = await core.fails("sender.send", input({ environment: "keyless", event: invalid }));
    expect(error.code).toBe("CREDENTIAL_MISSING");
  });

  it("then consent, before the verdict", async () => {
    const wanted = { environment: "live", event: invalid };
    expect((await core.fails("sender.send", input(wanted))).code).toBe("CONSENT_REQUIRED");
    expect((await core.fails("sender.send", input({ ...wanted, production: "staging" }))).code).toBe(
      "CONSENT_REQUIRED",
    );
    expect(await core.call("sender.send", input({ ...wanted, production: "live" }))).toMatchObject({
      outcome: "invalid",
    });
    await core.call("environments.consent", { name: "live", baseUrl: server.url });
    expect(await core.call("sender.send", input(wanted))).toMatchObject({ outcome: "invalid" });
    expect(server.requests).toEqual([]);
  });

  it("then the verdict, and nothing leaves: no event, no guest, no entry", async () => {
    const result = await core.call("sender.send", input({ event: invalid }));
    expect(result).toMatchObject({ outcome: "invalid", verdict: { schema: "invalid" } });
    expect(server.requests).toEqual([]);
    expect(await rows()).toEqual([]);
  });

  it("unless it is to be sent all the same", async () => {
    const entry = await send({ event: invalid, allowInvalid: true });
    expect(entry).toMatchObject({
      response: { status: 201 },
      verdict: { schema: "invalid", ingestion: "accepted" },
    });
  });

  it("a new guest for production needs consent too", async () => {
    expect((await core.fails("guests.new", { environment: "live" })).code).toBe("CONSENT_REQUIRED");
    expect(server.requests).toEqual([]);
  });
});

describe("the guest context", () => {
  const lastEvent = () => JSON.parse(server.requests.at(-1)?.body ?? "{}") as Record<string, unknown>;

  it("is made once, kept, and said to everybody", async () => {
    expect(await core.call("guests.context", { environment: "staging" })).toBeNull();
    await send();
    await send();
    const context = await core.call("guests.context", { environment: "staging" });
    expect(context).toMatchObject({ browserId: "browser-1", guestRef: "guest-1", typed: false });
    expect(server.requests.filter(({ method }) => method === "GET")).toHaveLength(1);
    expect(core.notifications).toContainEqual({
      notification: "guests.changed",
      payload: { environment: "staging", context },
    });
    expect(lastEvent()).toMatchObject({ browser_id: "browser-1", session_id: context?.sessionId });
  });

  it("is made anew on request", async () => {
    await send();
    await send({ guest: { fresh: true } });
    expect(server.requests.filter(({ method }) => method === "GET")).toHaveLength(2);
  });

  it("may be typed in, and is marked", async () => {
    const context = await core.call("guests.type", {
      environment: "staging",
      browserId: "typed-1",
      sessionId: "session-1",
    });
    expect(context.typed).toBe(true);
    await send();
    expect(lastEvent()).toMatchObject({ browser_id: "typed-1", session_id: "session-1" });
    expect(server.requests).toHaveLength(1);
  });

  it("is not needed by an event that says, or is told, who it comes from", async () => {
    await send({ event: { ...view, browser_id: "own-1" } });
    expect(lastEvent()).toMatchObject({ browser_id: "own-1", session_id: expect.any(String) });
    await send({ guest: { browserId: "given-1", sessionId: "given-2" } });
    expect(lastEvent()).toMatchObject({ browser_id: "given-1", session_id: "given-2" });
    await send({ event: { ...view, browser_id: null }, allowInvalid: true });
    expect(lastEvent()).not.toHaveProperty("browser_id");
    expect(server.requests).toHaveLength(3);
    expect(await core.call("guests.context", { environment: "staging" })).toBeNull();
  });

  it("that is being made when its send is cancelled is told apart from one that failed", async () => {
    const target = await startScriptedServer(() => ({ hold: true }));
    await core.addEnvironment({ name: "other", baseUrl: target.url });
    for (const [id, fresh] of [
      ["first", false],
      ["fresh", true],
    ] as const) {
      const sending = core.fails("sender.send", input({ environment: "other", id, guest: { fresh } }));
      await target.received(fresh ? 2 : 1);
      await core.call("sender.cancel", { id });
      expect((await sending).code).toBe("CANCELLED");
    }
    await core.closeCore();
    await target.close();
  });

  it("that two sends wait for is still made when one of them is cancelled", async () => {
    let answer = (): void => undefined;
    const asked = new Promise<void>((resolve) => (answer = resolve));
    const target = await startScriptedServer(async ({ method }) => {
      if (method === "GET") await asked;
      return { status: 201, body: created };
    });
    await core.addEnvironment({ name: "other", baseUrl: target.url });
    const cancelled = core.fails("sender.send", input({ environment: "other", id: "one" }));
    const waiting = send({ environment: "other", id: "two" });
    await target.received(1);
    await core.call("sender.cancel", { id: "one" });
    expect(await cancelled).toMatchObject({
      code: "CANCELLED",
      message: expect.stringContaining("cancelled"),
    });
    answer();
    expect((await waiting).response?.status).toBe(201);
    expect(target.requests).toHaveLength(2);
    await target.close();
  });

  it("keeps no secret that an answer gives as a guest's reference, and none that is too long for one", async () => {
    const answer = (guest: string): string => JSON.stringify({ ref: "browser-1", customer_ref: guest });
    for (const [name, guest, kept] of [
      ["other", "client-key-1", "***(matches staging)"],
      ["live", "x".repeat(201), null],
    ] as const) {
      const target = await startScriptedServer(() => ({ status: 201, body: answer(guest) }));
      await core.addEnvironment({ name, baseUrl: target.url });
      expect((await send({ environment: name })).guestRef).toBe(kept);
      expect((await core.call("guests.context", { environment: name }))?.guestRef).toBe(kept);
      await target.close();
    }
  });

  it.each([
    ["refuses the key", { status: 401, body: "{}" }, "the client key is wrong, or belongs to another host"],
    [
      "answers with what is too long for an id",
      { status: 200, body: JSON.stringify({ ref: "x".repeat(201) }) },
      'without a browser id ("ref")',
    ],
    ["answers without an id", { status: 200, body: "{}" }, 'without a browser id ("ref")'],
    ["answers with something else", { status: 200, body: "hello" }, 'without a browser id ("ref")'],
  ] as const)(
    "that cannot be made because the target %s is an error, with its entry",
    async (_why, reply, words) => {
      const target = await startScriptedServer(() => reply);
      await core.addEnvironment({ name: "other", baseUrl: target.url });
      const error = await core.fails("sender.send", input({ environment: "other" }));
      expect(error).toMatchObject({ code: "UNREACHABLE", message: expect.stringContaining(words) });
      expect(await rows()).toMatchObject([{ kind: "browser", type: "browser/create", state: "done" }]);
      await target.close();
    },
  );
});

describe("a preview", () => {
  it("is the request that leaves, as the log will have it", async () => {
    await core.call("guests.new", { environment: "staging" });
    const preview = await core.call("sender.preview", {
      environment: "staging",
      messageType: "VIEW",
      event: view,
    });
    const { request, event } = await send();
    expect(preview).toMatchObject({
      guestKnown: true,
      verdict: { schema: "valid" },
      origins: { browser_id: "guest" },
    });
    expect(preview.event).toEqual(event);
    expect({
      method: preview.method,
      url: preview.url,
      headers: preview.headers,
      body: preview.body,
    }).toEqual({
      ...request,
      body: request.body?.text,
    });
  });

  it("needs no guest, no credential and no running sandbox, and sends nothing", async () => {
    await core.addEnvironment({ name: "keyless", baseUrl: server.url });
    for (const environment of ["keyless", "eu", "sandbox", "sandbox-engage"]) {
      const event = { ...view, pos: "bellhop", currency: "EUR", language: "EN" };
      const preview = await core.call("sender.preview", { environment, messageType: "VIEW", event });
      expect(preview).toMatchObject({ guestKnown: false, verdict: { issues: [] } });
    }
    expect(server.requests).toEqual([]);
    expect(await rows()).toEqual([]);
    expect((await core.call("sandbox.status", {})).state).toBe("stopped");
  });
});

describe("a resend", () => {
  it("is the same payload again, as a replay, without a new guest", async () => {
    const first = await send();
    await core.call("guests.type", { environment: "staging", browserId: "typed-1" });
    const second = sent(await core.call("sender.resend", { entryId: first.id }));
    expect(second.event).toEqual(first.event);
    expect(second.source).toEqual({ kind: "replay", entryId: first.id });
    const [, one, two] = server.requests;
    expect(two?.body).toBe(one?.body);
    expect(two?.headers["authorization"]).toBe(one?.headers["authorization"]);
  });

  it("puts the environment's own key back from the vault", async () => {
    const first = await send({ event: { ...view, client_key: "client-key-1" }, allowInvalid: true });
    expect(first.event).toMatchObject({ client_key: "***(matches staging)" });
    await core.call("sender.resend", { entryId: first.id });
    expect(JSON.parse(server.requests.at(-1)?.body ?? "")).toMatchObject({ client_key: "client-key-1" });
  });

  it("refuses what it cannot put back, and what is no event", async () => {
    const foreign = await send({ event: { ...view, client_key: "somebody-elses" }, allowInvalid: true });
    const error = await core.fails("sender.resend", { entryId: foreign.id });
    expect(error).toMatchObject({ code: "UNSUPPORTED", message: expect.stringContaining("/client_key") });
    const [browser] = (await rows()).filter(({ kind }) => kind === "browser");
    expect((await core.fails("sender.resend", { entryId: browser?.id ?? "" })).code).toBe("UNSUPPORTED");
    expect((await core.fails("sender.resend", { entryId: "none" })).code).toBe("NOT_FOUND");
  });
});

describe("what an environment of the workspace says of the way", () => {
  const https = async (caFile: string) => {
    const certificate = await makeCertificate("localhost");
    const target = await startScriptedServer(() => ({ status: 201, body: created }), certificate);
    await writeFile(join(core.workspaceFolder, "own-ca.pem"), certificate.cert);
    await core.addEnvironment({ name: "other", baseUrl: target.url, caFile });
    const answer = await core.call("sender.send", input({ environment: "other" })).catch(String);
    await target.close();
    return answer;
  };

  it("a CA file is trusted beside the usual ones", async () => {
    expect(await https("own-ca.pem")).toMatchObject({
      outcome: "sent",
      entry: { response: { status: 201 } },
    });
  });

  it.each([
    ["a link out of it", "link.pem"],
    ["missing", "none.pem"],
    ["no certificate", "bellhop.yaml"],
  ])("a CA file that is %s is refused before anything is sent", async (_why, caFile) => {
    const outside = `${core.workspaceFolder}-outside.pem`;
    await writeFile(outside, "-----BEGIN CERTIFICATE-----");
    await symlink(outside, join(core.workspaceFolder, "link.pem"));
    expect(await https(caFile)).toContain("WORKSPACE_INVALID");
    await rm(outside);
  });

  it("a certificate that nobody vouches for is accepted only where the person's settings say so", async () => {
    const target = await startScriptedServer(
      () => ({ status: 201, body: created }),
      await makeCertificate("localhost"),
    );
    await core.addEnvironment({ name: "other", baseUrl: target.url });
    expect((await core.fails("sender.send", input({ environment: "other" }))).message).toContain(
      "not trusted",
    );
    await core.call("settings.set", { acceptSelfSigned: true });
    expect((await send({ environment: "other" })).response?.status).toBe(201);
    await target.close();
  });
});

describe("a body of the largest size", () => {
  it("is kept to ten megabytes, with its whole size known", async () => {
    const limit = 10 * 1024 * 1024;
    replyToEvent = () => ({ status: 200, body: `{"a":"${"é".repeat(limit / 2)}"}` });
    const { response } = await send();
    expect(response?.body).toMatchObject({ size: limit + 8, truncated: true });
    const kept = response?.body?.text ?? "";
    expect(Buffer.byteLength(kept)).toBeGreaterThan(limit - 4);
    expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(limit);
    expect(kept.endsWith("é")).toBe(true);
  });
});

describe("the sandbox", () => {
  beforeEach(async () => {
    await core.call("settings.set", { sandboxPort: await freePort() });
  });

  it("tells what became of an event, and needs neither credential nor consent", async () => {
    const processed = await send({ environment: "sandbox", settle: 20_000 });
    expect(processed).toMatchObject({
      request: { headers: { authorization: "***(matches sandbox)" } },
      verdict: { schema: "valid", ingestion: "processed" },
    });
    expect(processed.response?.body?.text).toContain('"client_key":"sandbox"');
    const dropped = await send({
      environment: "sandbox",
      event: { ...view, pos: "nowhere" },
      settle: 20_000,
    });
    expect(dropped.verdict.ingestion).toBe("dropped");
    const event = { type: "IDENTITY", email: "nobody" };
    const failed = await send({ environment: "sandbox", event, allowInvalid: true, settle: 20_000 });
    expect(failed.verdict.ingestion).toBe("failed");
  });

  it("by engage leaves its public key readable", async () => {
    const entry = await send({ environment: "sandbox-engage", settle: 20_000 });
    expect(entry.request.body?.text).toContain('"client_key":"sandbox"');
    expect(entry.verdict.ingestion).toBe("processed");
  });

  it("that is stopped by hand leaves an entry that explains itself", async () => {
    await send({ environment: "sandbox" });
    await core.call("sandbox.stop", {});
    const { error } = await send({ environment: "sandbox" });
    expect(error).toMatchObject({
      code: "REFUSED",
      message: "Nothing was sent to the sandbox.",
      hint: "The sandbox is stopped; start it and send again.",
    });
    const fresh = await core.fails("sender.send", input({ environment: "sandbox", guest: { fresh: true } }));
    expect(fresh).toMatchObject({
      code: "UNREACHABLE",
      hint: "The sandbox is stopped; start it and send again.",
    });
    expect((await rows())[0]).toMatchObject({ kind: "browser", error: "REFUSED" });
  });

  it("that is stopped by hand leaves alone whoever listens at its address by then", async () => {
    await send({ environment: "sandbox" });
    await core.call("sandbox.stop", {});
    await core.call("settings.set", { sandboxPort: server.port });
    const { error, request } = await send({ environment: "sandbox" });
    expect(request.url).toContain(server.url);
    expect(error).toMatchObject({ code: "REFUSED", message: "Nothing was sent to the sandbox." });
    expect(server.requests).toEqual([]);
  });

  it("that was emptied by command gets a new guest with the next send, in both of its environments", async () => {
    await send({ environment: "sandbox" });
    await send({ environment: "sandbox-engage" });
    core.notifications.length = 0;
    await core.call("sandbox.reset", {});
    for (const environment of ["sandbox", "sandbox-engage"]) {
      expect(core.notifications).toContainEqual({
        notification: "guests.changed",
        payload: { environment, context: null },
      });
      expect((await send({ environment })).response?.status).toBe(201);
    }
  });

  it("that was emptied by somebody else gets a new guest after it has refused the old one", async () => {
    const { request: sent } = await send({ environment: "sandbox" });
    const { body } = await request(new URL("/_sandbox/reset", sent.url), { method: "POST" });
    await body.dump();
    expect((await send({ environment: "sandbox" })).response?.status).toBe(404);
    expect(await core.call("guests.context", { environment: "sandbox" })).toBeNull();
    expect((await send({ environment: "sandbox" })).response?.status).toBe(201);
  });
});
