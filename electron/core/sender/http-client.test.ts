import { createServer as createHttpServer } from "node:http";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  makeCertificate,
  startScriptedServer,
  type ScriptedServer,
} from "../../../e2e/fixtures/scripted-server";
import { SendAborted } from "./explain-failure";
import type { Proxy } from "./proxies";
import { createHttpClient, type HttpClient, type HttpRequest } from "./http-client";
import type { Route } from "./route";

const direct: Route = { extraCa: null, acceptSelfSigned: false, proxy: null };
const through = (address: string): Proxy => ({ address, login: null, variable: null });
const open: (() => Promise<unknown>)[] = [];
let client: HttpClient;

const serve = async (...args: Parameters<typeof startScriptedServer>): Promise<ScriptedServer> => {
  const server = await startScriptedServer(...args);
  open.push(() => server.close());
  return server;
};

const post = (url: string): HttpRequest => ({
  method: "POST",
  url,
  headers: { "content-type": "application/json" },
  body: '{"type":"VIEW"}',
});

const exchange = (
  url: string,
  { route = direct, timeout = 10_000, signal = new AbortController().signal } = {},
) => client.exchange(post(url), route, timeout, signal);

/** A port on which nothing listens: one that was free a moment ago. */
const freePort = async (): Promise<number> => {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

beforeEach(() => {
  client = createHttpClient({ limits: { keep: 1000, read: 5000 } });
  open.push(() => client.close());
});
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

describe("an answer", () => {
  it("is given as it came, with repeated headers joined", async () => {
    const server = await serve(() => ({ status: 201, headers: { "x-a": ["1", "2"] }, body: '{"ref":"1"}' }));
    const { response, error } = await exchange(`${server.url}/v1.2/event/create.json`);
    expect(error).toBeNull();
    expect(response).toMatchObject({ status: 201, statusText: "Created", headers: { "x-a": "1, 2" } });
    expect(response?.body).toMatchObject({ size: 11, truncated: false });
    expect(response?.body.bytes.toString()).toBe('{"ref":"1"}');
    expect(server.requests[0]).toMatchObject({ method: "POST", body: '{"type":"VIEW"}' });
  });

  it("need not be JSON", async () => {
    const server = await serve(() => ({ status: 502, body: "<h1>Bad gateway</h1>" }));
    const { response, error } = await exchange(server.url);
    expect(error).toBeNull();
    expect(response?.body.bytes.toString()).toBe("<h1>Bad gateway</h1>");
  });

  it("with a header named like a prototype is no danger", async () => {
    const server = await serve(() => ({ status: 200, headers: { __proto__x: "1", ["__proto__"]: "2" } }));
    const { response } = await exchange(server.url);
    expect(Object.hasOwn(response?.headers ?? {}, "__proto__")).toBe(true);
  });

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["deflate", deflateRawSync],
    ["br", brotliCompressSync],
    ["gzip, br", (text: string) => brotliCompressSync(gzipSync(text))],
  ])("in %s is unpacked", async (encoding, pack) => {
    const server = await serve(() => ({
      status: 200,
      headers: { "content-encoding": encoding },
      body: pack("hello"),
    }));
    const { response, error } = await exchange(server.url);
    expect(error).toBeNull();
    expect(response?.body).toMatchObject({ size: 5, truncated: false, encoding });
    expect(response?.body.bytes.toString()).toBe("hello");
  });

  it("in an encoding nobody knows stays packed", async () => {
    const server = await serve(() => ({ status: 200, headers: { "content-encoding": "zig" }, body: "abc" }));
    const { response } = await exchange(server.url);
    expect(response?.body).toEqual({ bytes: Buffer.from("abc"), size: 3, truncated: false });
  });

  it("that is empty needs no unpacking", async () => {
    const server = await serve(() => ({ status: 204, headers: { "content-encoding": "gzip" } }));
    expect((await exchange(server.url)).error).toBeNull();
  });

  it("longer than what is kept is cut, and its size is known", async () => {
    const server = await serve(() => ({ status: 200, body: "x".repeat(4000) }));
    const { response, error } = await exchange(server.url);
    expect(error).toBeNull();
    expect(response?.body).toMatchObject({ size: 4000, truncated: true });
    expect(response?.body.bytes.length).toBe(1000);
  });
});

describe("timings", () => {
  it("of a first request have a connection, of one that reuses it have none", async () => {
    const server = await serve(() => ({ status: 200, body: "ok" }));
    const first = await exchange(server.url);
    // The pool needs a turn of the event loop to take a connection back, so the second may still open its own.
    await exchange(server.url);
    await exchange(server.url);
    const later = await exchange(server.url);
    expect(first.timings).toEqual({
      dns: null,
      connect: expect.any(Number),
      tls: null,
      firstByte: expect.any(Number),
      total: expect.any(Number),
    });
    expect(later.timings).toMatchObject({
      dns: null,
      connect: null,
      tls: null,
      firstByte: expect.any(Number),
    });
  });

  it("have a look-up where the host has a name, and a handshake over TLS", async () => {
    const certificate = await makeCertificate("localhost");
    const server = await serve(() => ({ status: 200 }), certificate);
    const { timings } = await exchange(server.url, { route: { ...direct, extraCa: certificate.cert } });
    expect(timings).toMatchObject({
      dns: expect.any(Number),
      connect: expect.any(Number),
      tls: expect.any(Number),
    });
  });

  it("of parallel requests belong to each", async () => {
    const server = await serve(({ url }) => ({ status: 200, body: url }));
    const paths = Array.from({ length: 20 }, (_, index) => `/${index}`);
    const results = await Promise.all(paths.map((path) => exchange(server.url + path)));
    expect(results.map(({ response }) => response?.body.bytes.toString())).toEqual(paths);
    expect(results.every(({ timings }) => timings.connect !== null)).toBe(true);
  });
});

describe("a failure", () => {
  it("REFUSED names the host and port where nothing listens", async () => {
    const port = await freePort();
    const { response, error, timings } = await exchange(`http://127.0.0.1:${port}`);
    expect(response).toBeNull();
    expect(error).toMatchObject({ code: "REFUSED", message: `Nothing listens at 127.0.0.1:${port}.` });
    expect(timings).toMatchObject({
      dns: null,
      connect: null,
      tls: null,
      firstByte: null,
      total: expect.any(Number),
    });
  });

  it("DNS names the host that does not exist", async () => {
    const { error } = await exchange("http://no-such-host.invalid");
    expect(error?.code).toBe("DNS");
    expect(error?.message).toContain("no-such-host.invalid");
  });

  it("RESET says that the event may have arrived", async () => {
    const server = await serve(() => ({ raw: "", then: "reset" }));
    const { error } = await exchange(server.url);
    expect(error).toMatchObject({
      code: "RESET",
      hint: expect.stringContaining("may or may not have arrived"),
    });
  });

  it("RESET is also a connection that is closed without an answer", async () => {
    const server = await serve(() => ({ raw: "", then: "end" }));
    expect((await exchange(server.url)).error?.code).toBe("RESET");
  });

  it("TLS says why a certificate is not trusted", async () => {
    const server = await serve(() => ({ status: 200 }), await makeCertificate("localhost"));
    const { error } = await exchange(server.url);
    expect(error).toMatchObject({ code: "TLS", message: expect.stringContaining("it is signed by itself") });
    expect(server.requests).toEqual([]);
  });

  it("TLS names a certificate for another host", async () => {
    const certificate = await makeCertificate("elsewhere.example");
    const server = await serve(() => ({ status: 200 }), certificate);
    const { error } = await exchange(server.url, { route: { ...direct, extraCa: certificate.cert } });
    expect(error).toMatchObject({ code: "TLS", message: expect.stringContaining("it is for another host") });
  });

  it("TLS is also a server that speaks plain http", async () => {
    const server = await serve(() => ({ status: 200 }));
    const { error } = await exchange(server.url.replace("http:", "https:"));
    expect(error).toMatchObject({ code: "TLS", message: expect.stringContaining("does not speak TLS") });
  });

  it("TLS is absent where self-signed certificates are accepted", async () => {
    const server = await serve(() => ({ status: 200 }), await makeCertificate("localhost"));
    expect((await exchange(server.url, { route: { ...direct, acceptSelfSigned: true } })).error).toBeNull();
    expect((await exchange(server.url)).error?.code).toBe("TLS");
  });

  it("TIMEOUT ends a send without an answer", async () => {
    const server = await serve(() => ({ hold: true }));
    const { error, response } = await exchange(server.url, { timeout: 100 });
    expect(response).toBeNull();
    expect(error).toMatchObject({ code: "TIMEOUT", message: expect.stringContaining("within 100 ms") });
  });

  it("TIMEOUT in the middle of an answer keeps what came", async () => {
    const server = await serve(() => ({
      raw: "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc",
      then: "hold",
    }));
    const { error, response } = await exchange(server.url, { timeout: 300 });
    expect(error?.code).toBe("TIMEOUT");
    expect(response?.status).toBe(200);
    expect(response?.body.bytes.toString()).toBe("abc");
  });

  it("ABORTED tells a cancelled send from a closing program", async () => {
    const server = await serve(() => ({ hold: true }));
    for (const [why, words] of [
      ["cancelled", "cancelled"],
      ["closing", "closed"],
    ] as const) {
      const controller = new AbortController();
      const ending = exchange(server.url, { signal: controller.signal });
      await server.received(server.requests.length + 1);
      controller.abort(new SendAborted(why));
      const { error } = await ending;
      expect(error).toMatchObject({ code: "ABORTED", message: expect.stringContaining(words) });
      expect(error?.hint).toContain("may or may not have arrived");
    }
  });

  it("ABORTED before a byte left says that nothing was sent", async () => {
    const server = await serve(() => ({ status: 200 }));
    const { error } = await exchange(server.url, { signal: AbortSignal.abort(new SendAborted("cancelled")) });
    expect(error).toMatchObject({ code: "ABORTED", hint: "Nothing was sent." });
    expect(server.requests).toEqual([]);
  });

  it("PROTOCOL is an answer that breaks off, with the part that came", async () => {
    const raw = "HTTP/1.1 201 Created\r\ncontent-length: 100\r\n\r\nabc";
    const server = await serve(() => ({ raw, then: "end" }));
    const { error, response } = await exchange(server.url);
    expect(error).toMatchObject({ code: "PROTOCOL", message: expect.stringContaining("broke off") });
    expect(response?.status).toBe(201);
    expect(response?.body.bytes.toString()).toBe("abc");
  });

  it("PROTOCOL is an answer that is not HTTP", async () => {
    const server = await serve(() => ({ raw: "SSH-2.0-OpenSSH_9.2\r\n", then: "end" }));
    const { error } = await exchange(server.url);
    expect(error).toMatchObject({ code: "PROTOCOL", message: expect.stringContaining("not HTTP") });
  });

  it("PROTOCOL is a body that is not packed as it says", async () => {
    const server = await serve(() => ({
      status: 200,
      headers: { "content-encoding": "gzip" },
      body: "plain",
    }));
    const { error, response } = await exchange(server.url);
    expect(error).toMatchObject({ code: "PROTOCOL", message: expect.stringContaining("cannot be unpacked") });
    expect(response?.status).toBe(200);
  });

  it("TOO_LARGE stops reading, also what is small only while packed", async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    expect(bomb.length).toBeLessThan(100_000);
    for (const reply of [
      { status: 200, body: "x".repeat(20_000) },
      { status: 200, headers: { "content-encoding": "gzip" }, body: bomb },
    ]) {
      const server = await serve(() => reply);
      const { error, response } = await exchange(server.url);
      expect(error?.code).toBe("TOO_LARGE");
      expect(response?.body.bytes.length).toBe(1000);
      expect(response?.body.size).toBeLessThan(200_000);
    }
  });

  it("REDIRECT names the target and is not followed", async () => {
    const other = await serve(() => ({ status: 200 }));
    const server = await serve(() => ({ status: 302, headers: { location: `${other.url}/login` } }));
    const { error, response } = await exchange(server.url);
    expect(error).toMatchObject({ code: "REDIRECT", message: expect.stringContaining(`${other.url}/login`) });
    expect(response?.status).toBe(302);
    expect(other.requests).toEqual([]);
  });
});

describe("a proxy", () => {
  /** A proxy that opens tunnels, or refuses them with a status. */
  const startProxy = async (refusal?: number): Promise<{ url: string; asked: string[] }> => {
    const asked: string[] = [];
    const sockets = new Set<Socket>();
    const proxy = createHttpServer();
    proxy.on("connection", (socket: Socket) => sockets.add(socket));
    proxy.on("connect", ({ url = "" }, socket: Socket) => {
      asked.push(url);
      if (refusal !== undefined) return socket.end(`HTTP/1.1 ${refusal} No\r\n\r\n`);
      const [host, port] = url.split(":");
      const upstream = connect(Number(port), host, () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        socket.pipe(upstream).pipe(socket);
      });
      sockets.add(upstream);
      return undefined;
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    open.push(async () => {
      for (const socket of sockets) socket.destroy();
      proxy.close();
    });
    return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, asked };
  };

  it("is gone through, and what it hides of the connection is not made up", async () => {
    const certificate = await makeCertificate("localhost");
    const server = await serve(() => ({ status: 201, body: "{}" }), certificate);
    const proxy = await startProxy();
    const route = { ...direct, extraCa: certificate.cert, proxy: through(proxy.url) };
    const { response, error, timings } = await exchange(server.url, { route });
    expect(error).toBeNull();
    expect(response?.status).toBe(201);
    expect(proxy.asked).toEqual([`localhost:${server.port}`]);
    expect(timings).toMatchObject({ dns: null, connect: null, tls: null, firstByte: expect.any(Number) });
  });

  it("that refuses the way says so", async () => {
    const proxy = await startProxy(403);
    const { error } = await exchange("https://cdp.example", {
      route: { ...direct, proxy: through(proxy.url) },
    });
    expect(error?.message).toMatch(
      /^The proxy 127\.0\.0\.1:\d+ refused the way to cdp\.example:443 \(403\)\.$/,
    );
    expect(error?.hint).toContain("Nothing was sent");
  });

  it("is what a refused connection names", async () => {
    const port = await freePort();
    const route = { ...direct, proxy: through(`http://127.0.0.1:${port}`) };
    const { error } = await exchange("https://cdp.example", { route });
    expect(error).toMatchObject({
      code: "REFUSED",
      message: `Nothing listens at the proxy 127.0.0.1:${port}.`,
    });
  });
});
