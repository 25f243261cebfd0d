import { initServer } from "@sitecore/engage";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  startScriptedServer,
  type ReceivedRequest,
  type Reply,
  type ScriptedServer,
} from "../../../e2e/fixtures/scripted-server";
import type { InputOf } from "../../../shared/contract/commands";
import type { Entry } from "../../../shared/model/entry";
import type { Transport } from "../../../shared/model/environment";
import { toCurl } from "../../../shared/to-curl";
import { transportNames } from "../../../shared/transports";
import { makeAuthority } from "./certificates-for-tests";
import { openCore, type OpenCore } from "./core-for-tests";
import { startTestProxy } from "./proxy-for-tests";

const variables = {
  BELLHOP_CLIENT_KEY_STAGING: "client+key&1",
  BELLHOP_API_TOKEN_STAGING: "api-token-1",
  BELLHOP_CONTEXT_ID_STAGING: "context/id=1",
};
const secrets = ["client+key&1", "client%2Bkey%261", "api-token-1", "context/id=1", "context%2Fid%3D1"];
const view = { type: "VIEW", page: "home", note: "a+b & c=d?#%41 é" };

let core: OpenCore;
let server: ScriptedServer;
let replyToEvent: () => Reply;
const open: (() => Promise<unknown>)[] = [];

const start = async (more: Record<string, string> = {}): Promise<void> => {
  core = await openCore({ ...variables, ...more });
  open.push(() => core.close());
};
beforeEach(async () => {
  replyToEvent = () => ({ status: 201, body: '{"ref":"event-1","status":"OK"}' });
  const created = '{"ref":"browser-1","customer_ref":"guest-1","status":"OK"}';
  server = await startScriptedServer(({ url }) =>
    url.includes("browser/create") ? { status: 200, body: created } : replyToEvent(),
  );
  open.push(() => server.close());
});
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
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
const send = async (change: Partial<Send> = {}): Promise<Entry> => {
  const result = await core.call("sender.send", input(change));
  if (result.outcome !== "sent") throw new Error(`Not sent: ${JSON.stringify(result.verdict)}`);
  return result.entry;
};
const add = (transport: Transport, change: { siteId?: string } = {}) =>
  core.addEnvironment({ name: "staging", baseUrl: server.url, transport, catalog: "sitecore", ...change });

const headersOf = ({ headers }: ReceivedRequest) => ({
  type: headers["content-type"],
  authorization: headers["authorization"],
});

describe("on the wire", () => {
  beforeEach(() => start());

  it("http-get puts the key and the whole event into the address, encoded", async () => {
    await add("http-get");
    const entry = await send();
    const [browser, event] = server.requests;
    expect(browser).toMatchObject({
      method: "GET",
      url: "/v1.2/browser/create.json?client_key=client%2Bkey%261",
    });
    const query = new URL(event?.url ?? "", server.url).searchParams;
    expect(event?.method).toBe("GET");
    expect(event?.body).toBe("");
    expect(event?.url).toBe(
      `/v1.2/event/create.json?client_key=client%2Bkey%261&message=${encodeURIComponent(query.get("message") ?? "")}`,
    );
    expect(event?.url).not.toMatch(/[ +"{}]/);
    expect(JSON.parse(query.get("message") ?? "")).toEqual(entry.event);
    expect(entry.event).toMatchObject({ ...view, browser_id: "browser-1" });
    expect(event && headersOf(event)).toEqual({ type: undefined, authorization: undefined });
    expect(entry.request).toMatchObject({
      url: expect.stringContaining("client_key=***(matches staging)&message=%7B") as string,
      body: null,
    });
    expect(toCurl(entry)).toContain(`client_key='"$BELLHOP_CLIENT_KEY_STAGING"'&message=`);
  });

  it("edge asks for its browser with the context id, and names the site", async () => {
    await core.addEnvironment({
      ...{ name: "staging", baseUrl: server.url, transport: "edge", catalog: "sitecore" },
      ...{ siteId: "my shop", pos: "" },
    });
    const entry = await send();
    const [browser, event] = server.requests;
    expect(browser?.url).toBe(
      "/v1/events/v1.2/browser/create.json?sitecoreContextId=context%2Fid%3D1&client_key=",
    );
    expect(event).toMatchObject({
      method: "POST",
      url: "/v1/events/v1.2/events?sitecoreContextId=context%2Fid%3D1&siteId=my%20shop",
    });
    expect(event && headersOf(event)).toEqual({ type: "application/json", authorization: undefined });
    expect(JSON.parse(event?.body ?? "")).toEqual({ ...entry.event, client_key: "", pos: "" });
    expect(entry.verdict.issues).toEqual([]);
    expect(entry.request.url).toContain("sitecoreContextId=***(matches staging)&siteId=my%20shop");
    expect(toCurl(entry)).toContain(`sitecoreContextId='"$BELLHOP_CONTEXT_ID_STAGING"'&siteId=`);
  });

  it("edge without a site, or without a context id, says so", async () => {
    await add("edge");
    expect((await send()).verdict.issues).toMatchObject([{ code: "no-site-id", severity: "warning" }]);
    await core.addEnvironment({ name: "bare", baseUrl: server.url, transport: "edge", catalog: "sitecore" });
    expect(await core.fails("sender.send", input({ environment: "bare" }))).toMatchObject({
      code: "CREDENTIAL_MISSING",
      message: "bare has no context id, which the transport edge needs.",
      hint: expect.stringContaining("BELLHOP_CONTEXT_ID_BARE") as string,
    });
  });

  it("spec without an API token names the transports that need none", async () => {
    await core.closeCore();
    core = await openCore({ BELLHOP_CLIENT_KEY_STAGING: "client-key-1" });
    open.push(() => core.close());
    await core.addEnvironment({ name: "staging", baseUrl: server.url });
    const error = await core.fails("sender.send", input());
    expect(error.hint).toContain("The transports engage and http-get need none.");
    expect((await send({ transport: "engage", allowInvalid: true })).response?.status).toBe(201);
  });

  it("each may be chosen for one send in place of the environment's own", async () => {
    await add("spec", { siteId: "shop" });
    for (const transport of transportNames) {
      const preview = await core.call("sender.preview", {
        ...{ environment: "staging", messageType: "VIEW", event: view, transport },
      });
      const entry = await send({ transport });
      expect(entry).toMatchObject({ transport, error: null, response: { status: 201 } });
      expect(new URL(preview.url).pathname).toBe(new URL(entry.request.url).pathname);
      expect(preview.method).toBe(entry.request.method);
      const written = JSON.stringify([preview, entry, toCurl(entry)]);
      for (const secret of secrets) expect(written).not.toContain(secret);
    }
    expect((await core.call("log.query", { limit: 10 })).rows.map(({ kind }) => kind)).toEqual([
      ...["event", "event", "event", "event", "browser"],
    ]);
  });

  it("an address that is too long is asked about before it leaves, and goes when that is wanted", async () => {
    await add("http-get");
    const long = { ...view, note: "é".repeat(1_500) };
    const preview = await core.call("sender.preview", { environment: "staging", event: long });
    expect(preview.verdict.issues).toMatchObject([{ code: "address-too-long", severity: "error" }]);
    const result = await core.call("sender.send", input({ event: long }));
    expect(result).toMatchObject({ outcome: "invalid", verdict: { schema: "unchecked" } });
    expect(server.requests).toEqual([]);
    replyToEvent = () => ({ status: 414 });
    const entry = await send({ event: long, allowInvalid: true });
    expect(entry.verdict.issues.map(({ code }) => code)).toEqual(["address-too-long", "refused-size"]);
    expect((await send({ event: long, transport: "engage" })).verdict.issues).not.toContainEqual(
      expect.objectContaining({ code: "address-too-long" }),
    );
  });

  it("a web page in the API's place is no answer of it", async () => {
    await add("engage");
    const page = "<!doctype html><title>Hotel WiFi</title>";
    replyToEvent = () => ({
      status: 200,
      headers: { "content-type": "text/html; charset=utf-8" },
      body: page,
    });
    const entry = await send();
    expect(entry.error).toMatchObject({
      code: "PROTOCOL",
      message: expect.stringContaining(
        'answered 200 with a web page, titled "Hotel WiFi", and not with JSON',
      ) as string,
      hint: expect.stringContaining("captive portal") as string,
    });
    expect(entry.verdict.ingestion).toBe("unknown");
    expect(entry.response?.body?.text).toBe(page);
    replyToEvent = () => ({ status: 302, headers: { location: "http://login.hotel.example/?from=x" } });
    expect((await send()).error).toMatchObject({
      code: "REDIRECT",
      hint: expect.stringContaining("captive portal") as string,
    });
  });
});

describe("on the sandbox", () => {
  beforeEach(() => start());

  it.each(transportNames)("%s is taken, and what becomes of the event is seen", async (transport) => {
    const entry = await send({
      ...{ environment: "sandbox", transport, settle: 5_000 },
      event: { ...view, page: "https://shop.example/" },
    });
    expect(entry).toMatchObject({ transport, error: null, response: { status: 201 } });
    expect(entry.verdict).toMatchObject({ ingestion: "processed", issues: [] });
  });

  it("each environment with its transport makes its own browser and is processed", async () => {
    await core.closeCore();
    await start(
      Object.fromEntries(
        ["GET", "ENGAGE", "EDGE"].flatMap((name) => [
          [`BELLHOP_CLIENT_KEY_BY_${name}`, "sandbox"],
          [`BELLHOP_CONTEXT_ID_BY_${name}`, "sandbox"],
        ]),
      ),
    );
    const status = await core.call("sandbox.start", {});
    const sandbox = status.state === "running" ? status.url : "";
    for (const [name, transport] of [
      ["by-get", "http-get"],
      ["by-engage", "engage"],
      ["by-edge", "edge"],
    ] as const) {
      await core.addEnvironment({
        ...{ name, baseUrl: sandbox, transport, catalog: "sitecore" },
        ...(transport === "edge" ? { siteId: "bellhop", pos: "" } : { pos: "bellhop" }),
      });
      const entry = await send({ environment: name });
      expect(entry).toMatchObject({ transport, response: { status: 201 }, error: null });
      const { items } = (await (await fetch(`${sandbox}/_sandbox/events?limit=1&type=VIEW`)).json()) as {
        items: { pointOfSale: string; status: string }[];
      };
      expect(items[0]).toMatchObject({ pointOfSale: "bellhop" });
    }
  });
});

it("engage is what Sitecore's own library sends, but for its version header", async () => {
  await start();
  await add("engage");
  const engage = initServer({
    ...{ clientKey: "client+key&1", targetURL: server.url, pointOfSale: "shop" },
    ...{ cookieDomain: "localhost", forceServerCookieMode: true },
  });
  const request = new IncomingMessage(new Socket());
  request.url = "/";
  const response = new ServerResponse(request);
  await engage.handleCookie(request, response);
  request.headers.cookie = String(response.getHeader("set-cookie")).split(";")[0] ?? "";
  await engage.event("VIEW", { channel: "WEB", currency: "EUR", language: "EN", page: "home" }, request);
  const theirs = server.requests.at(-1);
  await send({ event: { page: "home" } });
  const ours = server.requests.at(-1);

  expect(ours?.method).toBe(theirs?.method);
  expect(ours?.url).toBe(theirs?.url);
  expect(ours?.headers["content-type"]).toBe(theirs?.headers["content-type"]);
  expect(JSON.parse(ours?.body ?? "")).toEqual(JSON.parse(theirs?.body ?? ""));
});

it("a proxy with a password and the system's certificates lead to a tenant, and the password is nowhere", async () => {
  const company = await makeAuthority("Corp CA", "Corp Ltd");
  const login = "ann:proxy-word-1";
  const tenant = await startScriptedServer(
    ({ url }) => ({
      status: 200,
      body: JSON.stringify({ ref: "browser-1", url, echo: login, also: btoa(login) }),
    }),
    await company.sign("cdp.example"),
  );
  open.push(() => tenant.close());
  const proxy = await startTestProxy({ login, to: tenant.port });
  open.push(() => proxy.close());
  const folder = await mkdtemp(join(tmpdir(), "bellhop-ca-"));
  open.push(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "corp.pem"), company.cert);
  await start({
    HTTPS_PROXY: `http://${login}@127.0.0.1:${proxy.port}`,
    SSL_CERT_FILE: join(folder, "corp.pem"),
    BELLHOP_ALLOWED_HOSTS: "cdp.example",
  });
  const baseUrl = "https://cdp.example";
  await core.addEnvironment({ name: "staging", baseUrl, transport: "engage", catalog: "sitecore" });

  const preview = await core.call("sender.preview", {
    environment: "staging",
    messageType: "VIEW",
    event: view,
  });
  expect(preview.connection).toEqual({
    proxy: `http://127.0.0.1:${proxy.port}, from HTTPS_PROXY`,
    certificates: expect.stringMatching(/^Trusted: Node's own.* and those of SSL_CERT_FILE\.$/) as string,
  });
  const entry = await send();
  expect(entry).toMatchObject({ error: null, response: { status: 200 } });
  expect(new Set(proxy.asked.map(({ target }) => target))).toEqual(new Set(["cdp.example:443"]));
  const written = JSON.stringify([preview, entry, core.notifications, core.problems]);
  expect(written).not.toContain("proxy-word-1");
  expect(written).not.toContain(btoa(login));
});
