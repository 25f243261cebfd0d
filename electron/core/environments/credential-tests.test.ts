import { describe, expect, it } from "vitest";
import { startScriptedServer } from "../../../e2e/fixtures/scripted-server";
import { json, useTenant, type Reply } from "../guests/tenant-for-tests";

const tenant = useTenant(startScriptedServer);
const test = (environment = "staging", more = {}) =>
  tenant.core.call("credentials.test", { environment, ...more });
const half = () =>
  tenant.core.addEnvironment({
    ...{ name: "half", baseUrl: tenant.server.url },
    ...{ transport: "engage", catalog: "sitecore" },
  });

describe("a test of a credential with an API token", () => {
  it("is a search for nobody in the Guest API, which creates nothing, and an entry of the log", async () => {
    tenant.reply = () => json({ href: "x", offset: 0, limit: 1, items: [] });
    const found = await test();
    expect(found).toMatchObject({
      outcome: "right",
      proof: "read",
      message: "Client key and API token are right: staging answered a read of its Guest API (200).",
    });
    expect(tenant.urls()).toEqual([
      "/v2.1/guests?email=nobody.bellhop-credential-test%40example.com&limit=1",
    ]);
    expect(await tenant.entries()).toMatchObject([
      { id: found.entryId, kind: "guest", type: "guests/find", source: { kind: "composer" } },
    ]);
  });

  it.each<[string, Reply, "right" | "wrong" | "unknown", string]>([
    ["401", json({ code: 401 }, 401), "wrong", "the client key or the API token is wrong"],
    ["403", json({ code: 403 }, 403), "unknown", "forbids the request (403)"],
    ["404 as the API says it", json({ status: 404, message: "none" }, 404), "right", "(404)"],
    ["404 of another server", { status: 404, body: "<html>" }, "unknown", "there is no such API (404)"],
    ["429", json({}, 429), "unknown", "asked too often"],
    ["503", json({}, 503), "unknown", "The target failed (503)"],
    ["a login page", { status: 200, body: "<html>Log in" }, "unknown", "answered 200 with a web page"],
    ["a redirect", { status: 302, headers: { location: "https://login.example/" } }, "unknown", ""],
    ["a broken connection", { raw: "", then: "reset" }, "unknown", "closed the connection"],
  ])("explains %s by its cause", async (_what, reply, outcome, words) => {
    tenant.reply = () => reply;
    const found = await test();
    expect(found).toMatchObject({ outcome, message: expect.stringContaining(words) });
    if (outcome === "unknown") expect(found.message).toMatch(/^Nothing can be said of the credential\. /);
    if (outcome !== "right") expect(found.hint).toBeTruthy();
    expect((await tenant.entries()).map(({ id }) => id)).toEqual([found.entryId]);
  });

  it("can be cancelled", async () => {
    tenant.reply = () => ({ hold: true });
    const testing = tenant.core.fails("credentials.test", { environment: "staging", id: "test-1" });
    await expect.poll(() => tenant.server.requests.length, { timeout: 10_000 }).toBe(1);
    expect(await tenant.core.call("sender.cancel", { id: "test-1" })).toEqual({ cancelled: true });
    expect(await testing).toMatchObject({ code: "CANCELLED" });
  });
});

describe("a test of a client key alone", () => {
  it("is made only with consent, because it creates an anonymous guest", async () => {
    await half();
    expect(await tenant.core.fails("credentials.test", { environment: "half" })).toMatchObject({
      code: "CONSENT_REQUIRED",
      field: "/createsGuest",
      message: expect.stringContaining("creates one anonymous guest"),
    });
    expect(tenant.server.requests).toEqual([]);
  });

  it("is a browser call, whose guest is kept only where there was none", async () => {
    await half();
    tenant.reply = (_request, count) =>
      json({ ref: `browser-${count}`, status: "OK", version: "1.2", client_key: "half-key-1" });
    const found = await test("half", { createsGuest: true });
    expect(found).toMatchObject({ outcome: "right", proof: "guest" });
    expect(tenant.urls()).toEqual(["/v1.2/browser/create.json?client_key=half-key-1"]);
    expect(await tenant.entries()).toMatchObject([{ id: found.entryId, kind: "browser" }]);
    const kept = await tenant.core.call("guests.context", { environment: "half" });
    expect(kept?.browserId).toMatch(/^browser-/);
    await test("half", { createsGuest: true });
    expect(await tenant.core.call("guests.context", { environment: "half" })).toEqual(kept);
    expect(JSON.stringify([found, await tenant.entries()])).not.toContain("half-key-1");
  });

  it.each<[number, "wrong" | "unknown", string]>([
    [401, "wrong", "refuses the credential (401): the client key is wrong"],
    [404, "unknown", "there is no such API (404)"],
    [500, "unknown", "The target failed (500)"],
  ])("explains a %i by its cause", async (status, outcome, words) => {
    await half();
    tenant.reply = () => json({}, status);
    const found = await test("half", { createsGuest: true });
    expect(found).toMatchObject({ outcome, proof: "guest", message: expect.stringContaining(words) });
    expect((await tenant.entries()).map(({ id }) => id)).toEqual([found.entryId]);
  });
});

describe("a test of a credential", () => {
  it("of a production environment asks first, and what is agreed to is this test alone", async () => {
    await tenant.core.addEnvironment({ name: "live", baseUrl: tenant.server.url, production: true });
    tenant.reply = () => json({ items: [] });
    expect(await tenant.core.fails("credentials.test", { environment: "live" })).toMatchObject({
      code: "CONSENT_REQUIRED",
      field: "/production",
    });
    expect(tenant.server.requests).toEqual([]);
    expect(await test("live", { production: "live" })).toMatchObject({ outcome: "right" });
    expect(await tenant.core.fails("credentials.test", { environment: "live" })).toMatchObject({
      code: "CONSENT_REQUIRED",
    });
  });

  it("needs one", async () => {
    await tenant.core.addEnvironment({ name: "none", baseUrl: tenant.server.url });
    expect(await tenant.core.fails("credentials.test", { environment: "none" })).toMatchObject({
      code: "CREDENTIAL_MISSING",
    });
  });
});
