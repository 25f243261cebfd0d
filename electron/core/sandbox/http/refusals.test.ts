import { describe, expect, it } from "vitest";
import { defaultConfig } from "../config/sandbox-config";
import { startDatabaseThread } from "../../database/database";
import { runSandbox } from "../running-sandbox";
import { basic, call, sendRaw, startSandbox } from "../testing/sandbox-fixture";

const create = "/v1.2/browser/create.json?client_key=sandbox";

describe("the Host check", () => {
  it.each([
    ["another name", "evil.example"],
    ["another name with the right port", "evil.example:PORT"],
    ["another port", "127.0.0.1:1"],
    ["no port", "127.0.0.1"],
    ["a name that begins like an own one", "127.0.0.1.evil.example:PORT"],
    ["a user", "127.0.0.1:PORT@evil.example"],
  ])("refuses %s", async (_what, host) => {
    const { call, sandbox } = await startSandbox();
    for (const path of [create, "/_sandbox/summary"]) {
      const headers = { host: host.replace("PORT", String(sandbox.port)) };
      const answer = await call("GET", path, { headers });
      expect(answer.status).toBe(403);
      expect(answer.body).toMatchObject({ code: "foreign-host" });
    }
  });

  it.each(["127.0.0.1:PORT", "localhost:PORT", "LOCALHOST:PORT", "[::1]:PORT"])(
    "takes its own %s",
    async (host) => {
      const { call, sandbox } = await startSandbox();
      const headers = { host: host.replace("PORT", String(sandbox.port)) };
      expect((await call("GET", create, { headers })).status).toBe(200);
    },
  );

  it("takes what the configuration allows, on every port or on one", async () => {
    const { call } = await startSandbox({ config: { allowedHosts: ["cdp.test", "api.test:99"] } });
    const status = async (host: string) => (await call("GET", create, { headers: { host } })).status;
    expect(await status("cdp.test")).toBe(200);
    expect(await status("cdp.test:8080")).toBe(200);
    expect(await status("api.test:99")).toBe(200);
    expect(await status("api.test:98")).toBe(403);
  });

  it("does not count a refused host as a rejected event", async () => {
    const { call, summary } = await startSandbox();
    await call("GET", create, { headers: { host: "evil.example" } });
    expect(await summary()).toMatchObject({ rejected: 0 });
  });
});

describe("inspection", () => {
  const requests = [
    ["GET", "/_sandbox/summary"],
    ["GET", "/_sandbox/events"],
    ["GET", "/_sandbox/config"],
    ["POST", "/_sandbox/reset"],
  ] as const;

  it.each(requests)("refuses %s %s to pages of other origins", async (method, path) => {
    const { call, sandbox } = await startSandbox();
    const refused: Record<string, string>[] = [
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: `https://127.0.0.1:${sandbox.port}` },
      { origin: "http://127.0.0.1:1" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
    ];
    for (const headers of refused) {
      const answer = await call(method, path, { headers });
      expect(answer.status).toBe(403);
      expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
    }
  });

  it.each(requests)("answers %s %s to tools and to its own origin", async (method, path) => {
    const { call, sandbox } = await startSandbox();
    const taken: Record<string, string>[] = [
      {},
      { origin: sandbox.url, "sec-fetch-site": "same-origin" },
      { "sec-fetch-site": "none" },
    ];
    for (const headers of taken) expect((await call(method, path, { headers })).status).toBe(200);
  });

  it("does not answer a preflight", async () => {
    const { call } = await startSandbox();
    const headers = { origin: "https://shop.example", "access-control-request-method": "POST" };
    expect((await call("OPTIONS", "/_sandbox/reset", { headers })).status).toBe(403);
  });
});

describe("CORS", () => {
  it.each([
    ["/v1.2/browser/create.json", "GET"],
    ["/v1.2/browser/some/show.json", "GET"],
    ["/v1.2/event/create.json", "GET, POST"],
    ["/v1.2/events", "POST"],
    ["/v1/events/v1.2/browser/create.json", "GET"],
    ["/v1/events/v1.2/events", "POST"],
  ])("lets the libraries of a page use %s", async (path, methods) => {
    const { call } = await startSandbox();
    const answer = await call("OPTIONS", path, {
      headers: {
        origin: "https://shop.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,x-library-version",
        "access-control-request-private-network": "true",
      },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-methods": methods,
      "access-control-allow-private-network": "true",
    });
    const allowed = String(answer.headers["access-control-allow-headers"]).split(", ");
    expect(allowed).toEqual(
      expect.arrayContaining([
        "content-type",
        "x-library-version",
        "x-client-software-id",
        "authorization",
        "x-sitecore-contextid",
      ]),
    );
  });

  it("lets a page read answers and errors", async () => {
    const { call } = await startSandbox();
    const headers = { origin: "https://shop.example", "sec-fetch-site": "cross-site" };
    for (const path of [create, "/v1.2/browser/create.json", "/v1.2/nothing"]) {
      const answer = await call("GET", path, { headers });
      expect(answer.headers["access-control-allow-origin"]).toBe("*");
    }
  });

  it("neither sets nor needs cookies", async () => {
    const { call } = await startSandbox();
    const answer = await call("GET", create, { headers: { cookie: "bid_sandbox=nobody" } });
    expect(answer.status).toBe(200);
    expect(answer.headers).not.toHaveProperty("set-cookie");
    expect(answer.headers).not.toHaveProperty("access-control-allow-credentials");
  });
});

describe("what is not there", () => {
  it.each([
    ["GET", "/"],
    ["GET", "/v1.2"],
    ["POST", "/v2/events"],
    ["GET", "/v2.1/customers"],
    ["GET", "/_sandbox/guests/a/b"],
    ["POST", "/_sandbox/clock/hands"],
    ["PUT", "/_sandbox/fault"],
    ["GET", "/v1.2/browser/a/b/show.json"],
    ["GET", "/constructor"],
  ])("%s %s is answered with 404 and the endpoints there are", async (method, path) => {
    const { sandbox } = await startSandbox();
    const answer = await call(sandbox.url, method, path);
    expect(answer.status).toBe(404);
    expect(Object.keys(answer.body).sort()).toEqual(["code", "developerMessage", "message", "status"]);
    expect(answer.body["developerMessage"]).toContain("POST /v1.2/events");
  });

  it.each([
    "/v1.2/../_sandbox/summary",
    "//_sandbox/summary",
    "/_sandbox/summary/",
    "*",
    "http://evil/v1.2/events",
  ])("the raw address %s leads nowhere", async (path) => {
    const { sandbox } = await startSandbox();
    const request = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${sandbox.port}\r\n\r\n`;
    expect(await sendRaw(sandbox.port, request)).toMatch(/^HTTP\/1\.1 404 /);
  });

  it.each([
    ["DELETE", "/v1.2/events", "POST, OPTIONS"],
    ["GET", "/v1.2/events", "POST, OPTIONS"],
    ["PUT", "/v1.2/event/create.json", "GET, POST, OPTIONS"],
    ["POST", "/_sandbox/config", "GET, PUT"],
    ["PATCH", "/_sandbox/faults", "DELETE, GET, PUT"],
    ["DELETE", "/_sandbox/config", "GET, PUT"],
    ["GET", "/_sandbox/reset", "POST"],
  ])("%s %s is answered with 405 and what is allowed", async (method, path, allow) => {
    const { call } = await startSandbox();
    const answer = await call(method, path);
    expect(answer.status).toBe(405);
    expect(answer.headers["allow"]).toBe(allow);
  });

  it("counts as rejected where it is a path of the API, and not for /favicon.ico", async () => {
    const { call, summary } = await startSandbox();
    await call("GET", "/favicon.ico");
    await call("POST", "/v2/events");
    await call("DELETE", "/v1.2/events");
    expect(await summary()).toMatchObject({ rejected: 2 });
  });
});

describe("a sandbox that other machines can reach", () => {
  it.each([
    ["the public credential", {}],
    ["the public token", { clientKey: "mine" }],
    ["the public key", { apiToken: "mine" }],
  ])("does not start with %s", async (_what, config) => {
    const thread = startDatabaseThread();
    const started = runSandbox({
      thread,
      file: ":memory:",
      host: "0.0.0.0",
      port: 0,
      report: () => undefined,
      config: { ...defaultConfig, ...config },
    });
    await expect(started).rejects.toMatchObject({ code: "INVALID_INPUT" });
    await thread.close();
  });

  it("needs Basic for inspection, and no more than the key for events", async () => {
    const config = { clientKey: "mine", apiToken: "token" };
    const { call } = await startSandbox({ host: "0.0.0.0", config });
    expect((await call("GET", "/v1.2/browser/create.json?client_key=mine")).status).toBe(200);
    const refused = await call("GET", "/_sandbox/summary");
    expect(refused.status).toBe(401);
    expect(refused.headers["www-authenticate"]).toMatch(/^Basic /);
    const headers = { authorization: basic("mine", "token") };
    expect((await call("GET", "/_sandbox/summary", { headers })).status).toBe(200);
    expect((await call("GET", "/_sandbox/summary", { headers: { authorization: basic() } })).status).toBe(
      401,
    );
  });

  it("does not listen on an address that is not of this machine", async () => {
    const config = { clientKey: "mine", apiToken: "token" };
    await expect(startSandbox({ host: "192.0.2.1", config })).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
  });
});
