import { ask, enter } from "../fixtures/loopback-browser";
import { expect, test } from "./loopback-host";

const pathOf = (address: string): string => {
  const { pathname, search } = new URL(address);
  return pathname + search;
};

test("opens nothing without a token or a cookie, and says how to get in", async ({ loopback }) => {
  for (const path of ["/", "/index.html", "/session", "/transfer/download/x", "/no-such-file"]) {
    const answer = await ask(loopback.port, { path });
    expect(answer.status, path).toBe(403);
    expect(answer.text, path).toContain("one-time address");
  }
});

test("refuses a wrong token", async ({ loopback }) => {
  for (const token of ["", "wrong", "A".repeat(43), "%00", "%E0%A4%A"]) {
    const answer = await ask(loopback.port, { path: `/?token=${token}` });
    expect(answer.status, token).toBe(403);
    expect(answer.text, token).toContain("not one of this Bellhop's");
    expect(answer.headers["set-cookie"], token).toBeUndefined();
  }
});

test("refuses a token that was used", async ({ loopback }) => {
  const address = await loopback.freshAddress();
  expect((await ask(loopback.port, { path: pathOf(address) })).status).toBe(200);
  const again = await ask(loopback.port, { path: pathOf(address) });
  expect(again.status).toBe(403);
  expect(again.text).toContain("used already");
});

test("refuses a token that is too old", async ({ startAnother }) => {
  const loopback = await startAnother({ variables: { BELLHOP_TOKEN_LIFETIME: "0ms" } });
  const answer = await ask(loopback.port, { path: pathOf(loopback.address) });
  expect(answer.status).toBe(403);
  expect(answer.text).toContain("too old");
});

test("keeps a token that a browser only looks at ahead of time", async ({ loopback }) => {
  const path = pathOf(await loopback.freshAddress());
  expect((await ask(loopback.port, { path, method: "HEAD" })).status).toBe(405);
  expect((await ask(loopback.port, { path, headers: { "sec-purpose": "prefetch" } })).status).toBe(403);
  expect((await ask(loopback.port, { path })).status).toBe(200);
});

test("gives every token 256 bits and another value", async ({ loopback }) => {
  const tokens = [await loopback.freshAddress(), await loopback.freshAddress()].map((address) =>
    new URL(address).searchParams.get("token"),
  );
  for (const token of tokens) expect(Buffer.from(token ?? "", "base64url")).toHaveLength(32);
  expect(new Set(tokens).size).toBe(2);
});

test("gives cookie and key other values than the token's, for its own port alone", async ({ loopback }) => {
  const address = await loopback.freshAddress();
  const answer = await ask(loopback.port, { path: pathOf(address) });
  const cookie = answer.headers["set-cookie"]?.[0] ?? "";
  expect(cookie).toMatch(new RegExp(`^bellhop_${loopback.port}=`));
  expect(cookie).toContain("HttpOnly");
  expect(cookie).toContain("SameSite=Strict");
  const token = new URL(address).searchParams.get("token") ?? "";
  expect(cookie).not.toContain(token);
  expect(answer.text).not.toContain(token);
  expect(answer.headers["cache-control"]).toBe("no-store");
});

test("refuses another name of this machine as Host", async ({ loopback, entered: { cookie } }) => {
  const { port } = loopback;
  const hosts = [
    `localhost:${port}`,
    "127.0.0.1",
    `127.0.0.1:${port + 1}`,
    "rebound.example",
    `[::1]:${port}`,
  ];
  for (const host of hosts) {
    const answer = await ask(port, { headers: { host, cookie } });
    expect(answer.status, host).toBe(403);
    expect(answer.text, host).toContain("answers to");
  }
});

test("refuses what another site's page asks", async ({ loopback, entered: { cookie } }) => {
  for (const site of ["cross-site", "same-site"]) {
    const headers = { cookie, "sec-fetch-site": site };
    expect((await ask(loopback.port, { headers })).status, site).toBe(403);
    const path = pathOf(loopback.address);
    expect((await ask(loopback.port, { path, headers })).status, site).toBe(403);
  }
  for (const site of ["same-origin", "none"]) {
    const headers = { cookie, "sec-fetch-site": site };
    expect((await ask(loopback.port, { headers })).status, site).toBe(200);
  }
});

test("refuses the cookie of another port, and a wrong one", async ({ loopback, entered: { cookie } }) => {
  const value = cookie.split("=")[1] ?? "";
  for (const wrong of [
    `bellhop_1=${value}`,
    `bellhop_${loopback.port}=`,
    `bellhop_${loopback.port}=${value}x`,
  ]) {
    expect((await ask(loopback.port, { headers: { cookie: wrong } })).status, wrong).toBe(403);
  }
});

test("refuses the cookie without the second key where data could flow", async ({ loopback, entered }) => {
  const { cookie, key } = entered;
  for (const wrong of ["", "x", cookie.split("=")[1] ?? ""]) {
    const headers = { cookie, "x-bellhop-key": wrong, origin: loopback.origin };
    expect((await ask(loopback.port, { path: "/session", headers })).status).toBe(403);
    const upload = await ask(loopback.port, {
      path: "/transfer/upload",
      method: "PUT",
      headers,
      body: "{}",
    });
    expect(upload.status).toBe(403);
    expect(upload.text).toContain("second key");
  }
  const headers = { cookie, "x-bellhop-key": key };
  expect((await ask(loopback.port, { path: "/session", headers })).status).toBe(204);
});

test("refuses the key of one browser with the cookie of another", async ({ loopback, entered }) => {
  const address = await loopback.freshAddress();
  const other = await enter({ address, port: loopback.port });
  const headers = { cookie: entered.cookie, "x-bellhop-key": other.key };
  expect((await ask(loopback.port, { path: "/session", headers })).status).toBe(403);
});

test("refuses an upload from a foreign or unnamed origin", async ({ loopback, entered }) => {
  const { cookie, key } = entered;
  const origins = [null, "null", "https://elsewhere.example", `http://127.0.0.1:${loopback.port + 1}`];
  for (const origin of origins) {
    const headers = { cookie, "x-bellhop-key": key, ...(origin && { origin }) };
    const answer = await ask(loopback.port, {
      path: "/transfer/upload",
      method: "PUT",
      headers,
      body: "{}",
    });
    expect(answer.status, String(origin)).toBe(403);
    expect(answer.text).toContain("Origin");
  }
});

test("serves nothing from outside the built page", async ({ loopback, entered: { cookie } }) => {
  const paths = [
    "/../package.json",
    "/%2e%2e/package.json",
    "/..%2fpackage.json",
    "/assets/../../node/cli.mjs",
    "/assets/..%5c..%5cnode%5ccli.mjs",
    "/assets/%252e%252e/index.html",
    "//etc/passwd",
    "/file:///etc/passwd",
    "/index.html%00.js",
  ];
  for (const path of paths) {
    const answer = await ask(loopback.port, { path, headers: { cookie } });
    expect([400, 404], path).toContain(answer.status);
    expect(answer.text, path).not.toContain('"name"');
  }
});

test("answers methods it does not know with 405", async ({ loopback, entered: { cookie } }) => {
  for (const method of ["POST", "DELETE", "OPTIONS", "PATCH"]) {
    expect((await ask(loopback.port, { method, headers: { cookie } })).status, method).toBe(405);
  }
});

test("sends the strict headers with every answer", async ({ loopback, entered: { cookie } }) => {
  const answers = [
    await ask(loopback.port, { headers: { cookie } }),
    await ask(loopback.port, { path: "/no-such-file", headers: { cookie } }),
    await ask(loopback.port, {}),
  ];
  for (const { headers } of answers) {
    expect(headers["content-security-policy"]).toContain("default-src 'self'; script-src 'self';");
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toBe("no-referrer");
    expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
    expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
    expect(headers["access-control-allow-origin"]).toBeUndefined();
    expect(headers["cache-control"]).toBe("no-store");
  }
});
