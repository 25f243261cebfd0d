import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { basic, sendRaw, startSandbox } from "../testing/sandbox-fixture";

const headers = { authorization: basic() };
const path = "/v1.2/event/create.json";

describe("hostile input", () => {
  it.each([
    ["lists", "["],
    ["maps", '{"a":'],
  ])("nested a million %s deep is refused with 400", async (_what, opening) => {
    const { call } = await startSandbox();
    const answer = await call("POST", path, { headers, body: opening.repeat(1_000_000) });
    expect(answer.status).toBe(400);
    expect(answer.body["message"]).toContain("nested deeper");
  });

  it("does not take brackets in a text for depth", async () => {
    const { post, browser, view } = await startSandbox();
    const event = view(await browser(), { ext: { note: `"\\${"[".repeat(1000)}` } });
    expect((await post(event)).status).toBe(201);
  });

  it("with keys of the prototype is kept as data and changes nothing", async () => {
    const { call, browser, view, events } = await startSandbox();
    const event = JSON.stringify(view(await browser())).slice(0, -1);
    const body = `${event},"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}`;
    expect((await call("POST", path, { headers, body })).status).toBe(201);
    const [stored] = await events();
    expect(JSON.stringify(stored?.["arbitraryData"])).toContain('"__proto__":{"polluted":true}');
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("does not take what it needs from a prototype", async () => {
    const { call, browser } = await startSandbox();
    const body = `{"__proto__":{"type":"VIEW","browser_id":"${await browser()}"}}`;
    expect((await call("POST", path, { headers, body })).status).toBe(400);
  });

  it("that is not UTF-8 is refused with 400", async () => {
    const { call } = await startSandbox();
    const body = Buffer.concat([Buffer.from('{"type":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    const answer = await call("POST", path, { headers, body });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: "not-utf-8" });
    const byGet = await call("GET", `${path}?client_key=sandbox&message=%ff%fe`);
    expect(byGet.status).toBe(400);
    expect(byGet.body).toMatchObject({ code: "bad-query" });
  });

  it("keeps lone surrogates, zero characters and huge types without harm", async () => {
    const { post, browser, view, events } = await startSandbox();
    const id = await browser();
    const type = "T".repeat(100_000);
    for (const fields of [{ type: "A\ud800" }, { type: "A\u0000B" }, { type }]) {
      expect((await post(view(id, fields))).status).toBe(201);
    }
    expect((await events()).map((event) => event["type"])).toEqual(["A\ud800", "A\u0000B", type]);
  });

  it("larger than 10 MB is refused with 413, and the next request is answered", async () => {
    const { call, summary } = await startSandbox();
    const answer = await call("POST", path, { headers, body: "x".repeat(11 * 1024 ** 2) });
    expect(answer.status).toBe(413);
    expect(await summary()).toMatchObject({ rejected: 1 });
  });

  it("just below 10 MB is accepted", async () => {
    const { post, browser, view, summary } = await startSandbox();
    const event = view(await browser(), { ext: { text: "x".repeat(9 * 1024 ** 2) } });
    expect((await post(event)).status).toBe(201);
    expect(await summary()).toMatchObject({ processed: 1 });
  });

  it("compressed is refused with 415", async () => {
    const { call } = await startSandbox();
    const answer = await call("POST", path, {
      headers: { ...headers, "content-encoding": "gzip" },
      body: "x",
    });
    expect(answer.status).toBe(415);
  });

  it("with an endless address is refused with 431", async () => {
    const { sandbox, summary } = await startSandbox();
    const answer = await sendRaw(sandbox.port, `GET /${"a".repeat(300 * 1024)}`);
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(await summary()).toMatchObject({ total: 0 });
  });

  it.each([
    ["is not HTTP", "\x16\x03\x01\x02\x00 hello\r\n\r\n"],
    ["has no Host", "GET / HTTP/1.1\r\n\r\n"],
    ["has raw letters beyond ASCII in its address", "GET /ü HTTP/1.1\r\nHost: x\r\n\r\n"],
    ["has two lengths", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"],
  ])("that %s is refused with 400", async (_what, bytes) => {
    const { sandbox, summary } = await startSandbox();
    expect(await sendRaw(sandbox.port, bytes)).toMatch(/^HTTP\/1\.1 400 /);
    expect(await summary()).toMatchObject({ total: 0 });
  });

  it("that comes too slowly is refused with 408", async () => {
    const { sandbox } = await startSandbox({ patience: { request: 100, idle: 1000 } });
    const start = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n`;
    expect(await sendRaw(sandbox.port, start)).toMatch(/^HTTP\/1\.1 408 /);
  });

  it("that ends in the middle of a body harms nobody", async () => {
    const { sandbox, post, browser, view, problems } = await startSandbox();
    await new Promise<void>((resolve) => {
      const socket = connect(sandbox.port, "127.0.0.1", () => {
        const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${sandbox.port}\r\nAuthorization: ${basic()}\r\n`;
        socket.write(`${head}Content-Length: 100\r\n\r\n{"type`, () => socket.destroy());
      });
      socket.on("close", () => resolve());
    });
    expect((await post(view(await browser()))).status).toBe(201);
    expect(problems).toEqual([]);
  });
});
