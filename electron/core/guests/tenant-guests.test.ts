import { describe, expect, it } from "vitest";
import { startScriptedServer } from "../../../e2e/fixtures/scripted-server";
import type { Environment } from "../../../shared/model/environment";
import { ada, byMail, found, guest, json, useTenant, type Reply } from "./tenant-for-tests";

const tenant = useTenant(startScriptedServer);

describe("a guest of a tenant", () => {
  it("is searched by e-mail and then read, with Basic, as two entries of the log", async () => {
    expect(await tenant.core.call("guests.lookUp", byMail)).toMatchObject({
      environment: "staging",
      ref: ada,
      guestType: "customer",
      firstName: "Ada",
      lastName: null,
      raw: guest,
    });
    expect(tenant.urls()).toEqual(["/v2.1/guests?email=ada%2Btest%40shop.example", `/v2.1/guests/${ada}`]);
    for (const { headers, method } of tenant.server.requests) {
      expect(method).toBe("GET");
      expect(headers["authorization"]).toBe(
        `Basic ${Buffer.from("client-key-1:api-token-1").toString("base64")}`,
      );
    }
    expect(await tenant.entries()).toMatchObject([
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
    await tenant.core.call("guests.lookUp", { environment: "staging", by });
    expect(tenant.urls()[0]).toBe("/v2.1/guests?identifiers.provider=C%26M&identifiers.id=7%208");
  });

  it("is read by its reference in one request, and by v2 where the settings say so", async () => {
    await tenant.core.call("settings.set", { guestApi: "v2" });
    await tenant.core.call("guests.lookUp", { environment: "staging", by: { ref: ada } });
    expect(tenant.urls()).toEqual([`/v2/guests/${ada}`]);
  });

  it("is read whatever the environment's transport is", async () => {
    const change = { transport: "http-get", catalog: "sitecore" } as const;
    await tenant.core.addEnvironment({ name: "live", baseUrl: tenant.server.url, ...change });
    const environment = "live";
    expect(await tenant.core.call("guests.lookUp", { environment, by: { ref: ada } })).toMatchObject({
      ref: ada,
    });
  });

  it("is the first where several were found, and the others are named", async () => {
    tenant.reply = ({ url }) => (url.includes("?") ? found(ada, "guest-2", ada) : json(guest));
    expect(await tenant.core.call("guests.lookUp", byMail)).toMatchObject({ ref: ada, others: ["guest-2"] });
  });

  it("is null where nobody is found or the reference is stale, which is no failure", async () => {
    tenant.reply = () => found();
    expect(await tenant.core.call("guests.lookUp", byMail)).toBeNull();
    tenant.reply = () => json({ status: 404, code: "404", message: "gone" }, 404);
    expect(await tenant.core.call("guests.lookUp", { environment: "staging", by: { ref: ada } })).toBeNull();
    expect((await tenant.entries()).at(-1)).toMatchObject({
      response: { status: 404 },
      verdict: { issues: [{ severity: "info", message: "There is no such guest (404)." }] },
    });
  });

  it.each([".", "..", "a/b", "a?b", "%2e%2e", "a b"])("cannot be asked for as %s", async (ref) => {
    const error = await tenant.core.fails("guests.lookUp", { environment: "staging", by: { ref } });
    expect(error).toMatchObject({ code: "INVALID_INPUT", field: "/by/ref" });
    expect(tenant.server.requests).toEqual([]);
  });
});

describe("reading a guest", () => {
  const environment = (change: Partial<Environment> & { name: string }) =>
    tenant.core.addEnvironment({
      baseUrl: tenant.server.url,
      transport: "engage",
      catalog: "sitecore",
      ...change,
    });

  it("needs client key and API token, whatever the transport needs", async () => {
    await environment({ name: "half" });
    await environment({ name: "none" });
    const asked = (name: string) => tenant.core.fails("guests.lookUp", { ...byMail, environment: name });
    expect(await asked("half")).toMatchObject({
      code: "CREDENTIAL_MISSING",
      message: "half has no API token, and guests are read with client key and API token.",
    });
    expect(await asked("none")).toMatchObject({ code: "CREDENTIAL_MISSING" });
    expect(tenant.server.requests).toEqual([]);
    expect(await tenant.entries()).toEqual([]);
  });

  it("of a production environment asks for consent as a send does", async () => {
    await environment({ name: "live", production: true });
    const question = { ...byMail, environment: "live" };
    expect(await tenant.core.fails("guests.lookUp", question)).toMatchObject({
      code: "CONSENT_REQUIRED",
      message: "live is a production environment: its guests are real people.",
    });
    expect(await tenant.core.fails("guests.lookUp", { ...question, production: "staging" })).toMatchObject({
      code: "CONSENT_REQUIRED",
    });
    expect(tenant.server.requests).toEqual([]);
    expect(await tenant.core.call("guests.lookUp", { ...question, production: "live" })).toMatchObject({
      ref: ada,
    });
    await tenant.core.call("environments.consent", { name: "live", baseUrl: tenant.server.url });
    expect(await tenant.core.call("guests.lookUp", question)).toMatchObject({ ref: ada });
  });

  it.each(["https://elsewhere.example", "http://api-engage-eu.sitecorecloud.io"])(
    "takes no credential to %s, where it must not go",
    async (baseUrl) => {
      await environment({ name: "live", baseUrl });
      const error = await tenant.core.fails("guests.lookUp", { ...byMail, environment: "live" });
      expect(error).toMatchObject({ code: "CREDENTIAL_MISSING" });
      expect(await tenant.entries()).toEqual([]);
    },
  );

  it("leaves an entry that cannot be sent again as an event", async () => {
    await tenant.core.call("guests.lookUp", byMail);
    const [entry] = await tenant.entries();
    expect(await tenant.core.fails("sender.resend", { entryId: entry?.id ?? "" })).toMatchObject({
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
    tenant.reply = () => json({ status, message: "no" }, status);
    const error = await tenant.core.fails("guests.lookUp", byMail);
    expect(error).toMatchObject({ code, message: expect.stringContaining(words) });
    expect(error.hint).toBeTruthy();
    expect((await tenant.entries()).at(-1)).toMatchObject({
      response: { status },
      verdict: { issues: [{}] },
    });
  });

  it("tells a login page from an answer", async () => {
    tenant.reply = () => ({ status: 200, body: "<html><title>Log in</title></html>" });
    const error = await tenant.core.fails("guests.lookUp", { environment: "staging", by: { ref: ada } });
    expect(error).toMatchObject({
      code: "UNREACHABLE",
      message: expect.stringContaining('a web page, titled "Log in", and not with JSON') as string,
      hint: expect.stringContaining("captive portal") as string,
    });
  });

  it.each<[string, Reply]>([
    ["a text that is no JSON", { status: 200, body: "Log in" }],
    ["nothing", { status: 200 }],
    ["a list", json([1])],
    ["a text", json("guest")],
    ["a number", json(7)],
    ["null", json(null)],
    ["a depth that no one can walk", { status: 200, body: `${"[".repeat(100_000)}${"]".repeat(100_000)}` }],
    ["more than a guest can be", json({ ref: ada, lastName: "x".repeat(1024 ** 2) })],
    ["something else than UTF-8", { status: 200, body: Buffer.from([0x7b, 0xff, 0x7d]) }],
  ])("survives %s as an answer", async (_what, answer) => {
    tenant.reply = () => answer;
    const error = await tenant.core.fails("guests.lookUp", { environment: "staging", by: { ref: ada } });
    expect(error).toMatchObject({ code: "UNREACHABLE", message: expect.stringContaining("not with what") });
  });

  it("follows no redirect, and no address that a search gives", async () => {
    tenant.reply = () => ({ status: 302, headers: { location: "https://elsewhere.example/login" } });
    expect(await tenant.core.fails("guests.lookUp", byMail)).toMatchObject({ code: "UNREACHABLE" });
    expect((await tenant.entries()).at(-1)).toMatchObject({ error: { code: "REDIRECT" } });
    expect(tenant.server.requests).toHaveLength(1);
    // What does not end in a reference is nobody's address.
    tenant.reply = () =>
      json({ items: [{ href: "https://elsewhere.example/v2/guests/../x y" }, { href: 7 }, null, 1] });
    expect(await tenant.core.call("guests.lookUp", byMail)).toBeNull();
  });

  it("says that nothing was changed where there was no answer", async () => {
    tenant.reply = () => ({ raw: "", then: "reset" });
    const error = await tenant.core.fails("guests.lookUp", byMail);
    expect(error).toMatchObject({
      code: "UNREACHABLE",
      message: expect.stringContaining("closed the connection without an answer"),
      hint: expect.stringContaining("nothing was changed at the target"),
    });
    await tenant.core.call("settings.set", { sendTimeout: 100 });
    tenant.reply = () => ({ hold: true });
    expect(await tenant.core.fails("guests.lookUp", byMail)).toMatchObject({
      code: "UNREACHABLE",
      hint: expect.stringContaining("a setting"),
    });
    expect((await tenant.entries()).map(({ error: why }) => why?.code)).toEqual(["RESET", "TIMEOUT"]);
  });
});
