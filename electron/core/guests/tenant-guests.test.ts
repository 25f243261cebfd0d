import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  startScriptedServer,
  type ReceivedRequest,
  type Reply,
  type ScriptedServer,
} from "../../../e2e/fixtures/scripted-server";
import type { Environment } from "../../../shared/model/environment";
import { openCore, type OpenCore } from "../sender/core-for-tests";

const variables = {
  BELLHOP_CLIENT_KEY_STAGING: "client-key-1",
  BELLHOP_API_TOKEN_STAGING: "api-token-1",
  BELLHOP_CLIENT_KEY_LIVE: "live-key-1",
  BELLHOP_API_TOKEN_LIVE: "live-token-1",
  BELLHOP_CLIENT_KEY_HALF: "half-key-1",
  BELLHOP_CLIENT_KEY_KEYLESS: "",
  BELLHOP_API_TOKEN_KEYLESS: "keyless-token-1",
};
const ada = "f7aabbca-1c1b-4fc2-be72-3e16294a4f03";
const json = (body: unknown, status = 200): Reply => ({ status, body: JSON.stringify(body) });

let core: OpenCore;
let server: ScriptedServer;
let reply: (request: ReceivedRequest, count: number) => Reply;

const found = (...refs: string[]): Reply =>
  json({
    href: "https://elsewhere.example/v2.1/guests?offset=0&limit=10",
    offset: 0,
    limit: 10,
    items: refs.map((ref) => ({ href: `https://elsewhere.example/v2.1/guests/${ref}` })),
  });
const guest = { href: `https://elsewhere.example/${ada}`, ref: ada, guestType: "customer", firstName: "Ada" };
const documented = ({ url }: ReceivedRequest): Reply => (url.includes("?") ? found(ada) : json(guest));

beforeEach(async () => {
  reply = documented;
  server = await startScriptedServer((request, count) => reply(request, count));
  core = await openCore(variables);
  await core.addEnvironment({ name: "staging", baseUrl: server.url });
});
afterEach(async () => {
  await core.close();
  await server.close();
  expect(core.problems).toEqual([]);
});

const byMail = { environment: "staging", by: { email: "ada+test@shop.example" } } as const;
const urls = (): string[] => server.requests.map(({ url }) => url);
const entries = async () => {
  const { rows } = await core.call("log.query", { limit: 100 });
  return Promise.all(rows.reverse().map(({ id }) => core.call("log.detail", { id })));
};

describe("a guest of a tenant", () => {
  it("is searched by e-mail and then read, with Basic, as two entries of the log", async () => {
    expect(await core.call("guests.lookUp", byMail)).toMatchObject({
      environment: "staging",
      ref: ada,
      guestType: "customer",
      firstName: "Ada",
      lastName: null,
      raw: guest,
    });
    expect(urls()).toEqual(["/v2.1/guests?email=ada%2Btest%40shop.example", `/v2.1/guests/${ada}`]);
    for (const { headers, method } of server.requests) {
      expect(method).toBe("GET");
      expect(headers["authorization"]).toBe(
        `Basic ${Buffer.from("client-key-1:api-token-1").toString("base64")}`,
      );
    }
    expect(await entries()).toMatchObject([
      { kind: "guest", state: "done", type: "guests/find", guestRef: null, verdict: { issues: [] } },
      {
        kind: "guest",
        state: "done",
        type: "guests/get",
        guestRef: ada,
        source: { kind: "composer" },
        request: { method: "GET", headers: { authorization: "***(matches staging)" } },
        response: { status: 200 },
      },
    ]);
  });

  it("is searched by an identifier", async () => {
    const by = { identifier: { provider: "C&M", id: "7 8" } };
    await core.call("guests.lookUp", { environment: "staging", by });
    expect(urls()[0]).toBe("/v2.1/guests?identifiers.provider=C%26M&identifiers.id=7%208");
  });

  it("is read by its reference in one request, and by v2 where the settings say so", async () => {
    await core.call("settings.set", { guestApi: "v2" });
    await core.call("guests.lookUp", { environment: "staging", by: { ref: ada } });
    expect(urls()).toEqual([`/v2/guests/${ada}`]);
  });

  it("is read whatever the environment's transport is", async () => {
    const change = { transport: "http-get", catalog: "sitecore" } as const;
    await core.addEnvironment({ name: "live", baseUrl: server.url, ...change });
    const environment = "live";
    expect(await core.call("guests.lookUp", { environment, by: { ref: ada } })).toMatchObject({ ref: ada });
  });

  it("is the first where several were found, and the others are named", async () => {
    reply = ({ url }) => (url.includes("?") ? found(ada, "guest-2", ada) : json(guest));
    expect(await core.call("guests.lookUp", byMail)).toMatchObject({ ref: ada, others: ["guest-2"] });
  });

  it("is null where nobody is found or the reference is stale, which is no failure", async () => {
    reply = () => found();
    expect(await core.call("guests.lookUp", byMail)).toBeNull();
    reply = () => json({ status: 404, code: "404", message: "gone" }, 404);
    expect(await core.call("guests.lookUp", { environment: "staging", by: { ref: ada } })).toBeNull();
    expect((await entries()).at(-1)).toMatchObject({
      response: { status: 404 },
      verdict: { issues: [{ severity: "info", message: "There is no such guest (404)." }] },
    });
  });

  it.each([".", "..", "a/b", "a?b", "%2e%2e", "a b"])("cannot be asked for as %s", async (ref) => {
    const error = await core.fails("guests.lookUp", { environment: "staging", by: { ref } });
    expect(error).toMatchObject({ code: "INVALID_INPUT", field: "/by/ref" });
    expect(server.requests).toEqual([]);
  });
});

describe("reading a guest", () => {
  const environment = (change: Partial<Environment> & { name: string }) =>
    core.addEnvironment({ baseUrl: server.url, transport: "engage", catalog: "sitecore", ...change });

  it("needs client key and API token, whatever the transport needs", async () => {
    await environment({ name: "half" });
    await environment({ name: "none" });
    const asked = (name: string) => core.fails("guests.lookUp", { ...byMail, environment: name });
    expect(await asked("half")).toMatchObject({
      code: "CREDENTIAL_MISSING",
      message: "half has no API token, and guests are read with client key and API token.",
    });
    expect(await asked("none")).toMatchObject({ code: "CREDENTIAL_MISSING" });
    expect(server.requests).toEqual([]);
    expect(await entries()).toEqual([]);
  });

  it("of a production environment asks for consent as a send does", async () => {
    await environment({ name: "live", production: true });
    const question = { ...byMail, environment: "live" };
    expect(await core.fails("guests.lookUp", question)).toMatchObject({
      code: "CONSENT_REQUIRED",
      message: "live is a production environment: its guests are real people.",
    });
    expect(await core.fails("guests.lookUp", { ...question, production: "staging" })).toMatchObject({
      code: "CONSENT_REQUIRED",
    });
    expect(server.requests).toEqual([]);
    expect(await core.call("guests.lookUp", { ...question, production: "live" })).toMatchObject({ ref: ada });
    await core.call("environments.consent", { name: "live", baseUrl: server.url });
    expect(await core.call("guests.lookUp", question)).toMatchObject({ ref: ada });
  });

  it.each(["https://elsewhere.example", "http://api-engage-eu.sitecorecloud.io"])(
    "takes no credential to %s, where it must not go",
    async (baseUrl) => {
      await environment({ name: "live", baseUrl });
      const error = await core.fails("guests.lookUp", { ...byMail, environment: "live" });
      expect(error).toMatchObject({ code: "CREDENTIAL_MISSING" });
      expect(await entries()).toEqual([]);
    },
  );

  it("leaves an entry that cannot be sent again as an event", async () => {
    await core.call("guests.lookUp", byMail);
    const [entry] = await entries();
    expect(await core.fails("sender.resend", { entryId: entry?.id ?? "" })).toMatchObject({
      code: "UNSUPPORTED",
      hint: "A guest is read again in the Guests view.",
    });
  });

  it.each([
    [401, "FORBIDDEN", "client key or the API token is wrong"],
    [403, "FORBIDDEN", "Refused (403)"],
    [400, "UNREACHABLE", "Refused (400)"],
    [429, "UNREACHABLE", "Refused (429)"],
    [500, "UNREACHABLE", "The target failed (500)"],
    [503, "UNREACHABLE", "The target failed (503)"],
  ])("says what to do about a %i", async (status, code, words) => {
    reply = () => json({ status, message: "no" }, status);
    const error = await core.fails("guests.lookUp", byMail);
    expect(error).toMatchObject({ code, message: expect.stringContaining(words) });
    expect(error.hint).toBeTruthy();
    expect((await entries()).at(-1)).toMatchObject({ response: { status }, verdict: { issues: [{}] } });
  });

  it.each<[string, Reply]>([
    ["a login page", { status: 200, body: "<html>Log in</html>" }],
    ["nothing", { status: 200 }],
    ["a list", json([1])],
    ["a text", json("guest")],
    ["a number", json(7)],
    ["null", json(null)],
    ["a depth that no one can walk", { status: 200, body: `${"[".repeat(100_000)}${"]".repeat(100_000)}` }],
    ["more than a guest can be", json({ ref: ada, lastName: "x".repeat(1024 ** 2) })],
    ["something else than UTF-8", { status: 200, body: Buffer.from([0x7b, 0xff, 0x7d]) }],
  ])("survives %s as an answer", async (_what, answer) => {
    reply = () => answer;
    const error = await core.fails("guests.lookUp", { environment: "staging", by: { ref: ada } });
    expect(error).toMatchObject({ code: "UNREACHABLE", message: expect.stringContaining("not with what") });
  });

  it("follows no redirect, and no address that a search gives", async () => {
    reply = () => ({ status: 302, headers: { location: "https://elsewhere.example/login" } });
    expect(await core.fails("guests.lookUp", byMail)).toMatchObject({ code: "UNREACHABLE" });
    expect((await entries()).at(-1)).toMatchObject({ error: { code: "REDIRECT" } });
    expect(server.requests).toHaveLength(1);
    // What does not end in a reference is nobody's address.
    reply = () =>
      json({ items: [{ href: "https://elsewhere.example/v2/guests/../x y" }, { href: 7 }, null, 1] });
    expect(await core.call("guests.lookUp", byMail)).toBeNull();
  });

  it("says that nothing was changed where there was no answer", async () => {
    reply = () => ({ raw: "", then: "reset" });
    const error = await core.fails("guests.lookUp", byMail);
    expect(error).toMatchObject({
      code: "UNREACHABLE",
      message: expect.stringContaining("closed the connection without an answer"),
      hint: expect.stringContaining("nothing was changed at the target"),
    });
    await core.call("settings.set", { sendTimeout: 100 });
    reply = () => ({ hold: true });
    expect(await core.fails("guests.lookUp", byMail)).toMatchObject({
      code: "UNREACHABLE",
      hint: expect.stringContaining("a setting"),
    });
    expect((await entries()).map(({ error: why }) => why?.code)).toEqual(["RESET", "TIMEOUT"]);
  });
});

describe("waiting for a guest to change", () => {
  const waiting = { ...byMail, id: "wait-1", since: guest, within: 1000 };
  const saysNextAt = () =>
    core.notifications.flatMap(({ notification, payload }) =>
      notification === "guests.awaiting" ? [payload] : [],
    );

  it("ends with the changed guest, and each question is in the log", async () => {
    const changed = { ...guest, lastName: "Lovelace" };
    reply = ({ url }) => (url.includes("?") ? found(ada) : json(changed));
    const outcome = await core.call("guests.awaitChange", waiting);
    expect(outcome).toMatchObject({ outcome: "changed", asked: 1, guest: { raw: changed } });
    expect((await entries()).map(({ kind, type }) => `${kind} ${type}`)).toEqual([
      "guest guests/find",
      "guest guests/get",
    ]);
    expect(saysNextAt()).toMatchObject([
      {
        id: "wait-1",
        says: "Waits for the guest with the e-mail ada+test@shop.example to change in staging.",
        asked: 0,
        nextAt: expect.any(String),
      },
      { asked: 0, nextAt: null },
    ]);
  });

  it("ends by itself where nothing changes", async () => {
    expect(await core.call("guests.awaitChange", waiting)).toEqual({ outcome: "unchanged", asked: 1 });
  });

  it("can be stopped, and ends with Bellhop", async () => {
    const stopped = core.fails("guests.awaitChange", { ...waiting, within: 120_000 });
    expect(await core.call("guests.stopAwaiting", { id: "wait-1" })).toEqual({ stopped: true });
    expect(await stopped).toMatchObject({ code: "CANCELLED" });
    expect(await core.call("guests.stopAwaiting", { id: "wait-1" })).toEqual({ stopped: false });
    const closed = core.fails("guests.awaitChange", { ...waiting, within: 120_000 });
    await core.closeCore();
    expect(await closed).toMatchObject({ code: "CANCELLED" });
    expect(server.requests).toEqual([]);
  });
});

it("no secret is in a guest, an error, an entry or a file, whatever a tenant sends back", async () => {
  const pair = Buffer.from("client-key-1:api-token-1").toString("base64");
  const secrets = ["client-key-1", "api-token-1", pair];
  reply = ({ url, headers }, count) => {
    const echo = { ref: ada, lastName: "api-token-1", ["client-key-1"]: headers, client_key: "client-key-1" };
    return url.includes("?") ? found(ada, "api-token-1") : json(echo, [200, 401, 500][count % 3]);
  };
  const answers: unknown[] = [];
  for (let round = 0; round < 6; round += 1) {
    for (const by of [byMail.by, { ref: ada }, { ref: "api-token-1" }]) {
      answers.push(await core.call("guests.lookUp", { environment: "staging", by }).catch(String));
    }
  }
  answers.push(await entries(), core.notifications);
  const texts = JSON.stringify(answers);
  expect(texts).toContain("***(matches staging)");
  await core.closeCore();
  const files = await readdir(core.profileFolder, { withFileTypes: true, recursive: true });
  const bytes = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name))),
  );
  for (const secret of secrets) {
    expect(texts).not.toContain(secret);
    expect(bytes.some((content) => content.includes(secret))).toBe(false);
  }
});
