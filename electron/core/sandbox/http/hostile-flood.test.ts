import { Pool, request } from "undici";
import { describe, expect, it, onTestFinished } from "vitest";
import { basic, sendRaw, startSandbox } from "../testing/sandbox-fixture";

/** The next of a fixed row of numbers from 0 to below 1, so that a failure comes again (mulberry32). */
const createRandom = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let bits = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
  return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
};

interface Hostile {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** Everything that takes a body. */
const takers: Hostile[] = [
  { method: "POST", path: "/v1.2/event/create.json", headers: { authorization: basic() } },
  { method: "POST", path: "/v1.2/events" },
  { method: "POST", path: "/v1/events/v1.2/events?sitecoreContextId=sandbox&siteId=bellhop" },
  { method: "POST", path: "/_sandbox/clock" },
  { method: "POST", path: "/_sandbox/snapshots" },
  { method: "POST", path: "/_sandbox/snapshots/restore" },
  { method: "POST", path: "/_sandbox/snapshots/remove" },
  { method: "POST", path: "/_sandbox/import" },
  { method: "PUT", path: "/_sandbox/config" },
  { method: "PUT", path: "/_sandbox/faults" },
];

const many = (text: string, random: () => number): string => text.repeat(300 + Math.floor(random() * 3000));

/** Bodies that nothing here takes, each of another kind. */
const bodies: ((random: () => number) => string | Buffer)[] = [
  // Malformed.
  () => '{"type":',
  (random) => '{"type":"VIEW","browser_id":"x","pos":'.slice(0, 1 + Math.floor(random() * 37)),
  () => '{"type":"VIEW",}}',
  () => "{'type': VIEW",
  (random) => many("]", random),
  (random) => many("{,", random),
  (random) => many("%\n", random),
  // Wrong types.
  () => "true",
  () => "12345678901234567890e999",
  () => '"VIEW"',
  () => "[1]",
  () => '[[{"fault":"reset"}]]',
  () => '{"type":1,"browser_id":{},"strict":[],"advance":5,"name":7}',
  () => '{"strict":1,"__proto__":{"type":"VIEW","browser_id":"x","name":"x"}}',
  () => '{"constructor":{"prototype":{"polluted":true}},"strict":"x"}',
  () => '{"type":"VIEW","browser_id":"nobody","strict":null}',
  // Nested.
  (random) => many("[", random),
  (random) => many('{"a":', random),
  (random) => many("- ", random),
  (random) => `{"strict":${"[".repeat(250)}${"]".repeat(250)}${many(" ", random)}}`,
  () => `a: &a [x,x]\n${"b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"}strict: 1`,
  // Encodings.
  () => Buffer.from([0xff, 0xfe, 0x7b, 0x00]),
  () => Buffer.from('{"type":"VIEW"}', "utf16le").subarray(1),
  (random) => Buffer.from(Array.from({ length: 64 }, () => 128 + Math.floor(random() * 64))),
  () => "\u0000\u0001\u0002",
  () => "\ufeff\ufeff{",
];

const asBody = (random: () => number): Hostile => {
  const taker = takers[Math.floor(random() * takers.length)];
  const body = bodies[Math.floor(random() * bodies.length)];
  if (!taker || !body) throw new Error("There is none.");
  const sent = { ...taker, body: body(random) };
  // Says that it is something else, now and then.
  if (random() < 0.9) return sent;
  return { ...sent, headers: { ...sent.headers, "content-encoding": random() < 0.5 ? "gzip" : "br, x" } };
};

const event = encodeURIComponent('{"type":"VIEW","browser_id":{}}');

/** Addresses and heads that nothing here takes. */
const heads: ((random: () => number) => Hostile)[] = [
  () => ({ method: "GET", path: `/v1.2/event/create.json?client_key=sandbox&message=${event}` }),
  () => ({ method: "GET", path: "/v1.2/event/create.json?client_key=sandbox&message=%ff%fe" }),
  (random) => ({
    method: "GET",
    path: `/v1.2/event/create.json?client_key=sandbox&message=${encodeURIComponent(many("[", random))}`,
  }),
  () => ({ method: "GET", path: "/v1.2/browser/create.json?client_key=%00" }),
  () => ({ method: "GET", path: "/v1.2/browser/%E0%A4%A/show.json?client_key=sandbox" }),
  () => ({ method: "GET", path: "/v1.2/browser/__proto__/show.json?client_key=sandbox" }),
  () => ({ method: "GET", path: "/v1/events/v1.2/browser/create.json?sitecoreContextId=%" }),
  () => ({ method: "GET", path: "/_sandbox/summary?settle=999999999999d" }),
  () => ({ method: "GET", path: "/_sandbox/events?limit=1e9&after=-1" }),
  () => ({ method: "GET", path: "/_sandbox/events?status=__proto__" }),
  () => ({ method: "GET", path: "/_sandbox/guests?offset=9e99" }),
  () => ({ method: "GET", path: "/_sandbox/guests/constructor" }),
  () => ({ method: "GET", path: "/_sandbox/guests/%ff" }),
  (random) => ({ method: "GET", path: `/_sandbox/guests/${many("a", random)}/history` }),
  () => ({ method: "GET", path: "/_sandbox/config?format=../../etc/passwd" }),
  () => ({ method: "GET", path: "/_sandbox/faults?format=%" }),
  () => ({ method: "DELETE", path: "/_sandbox/config" }),
  () => ({ method: "PATCH", path: "/_sandbox/faults", body: "[]" }),
  () => ({ method: "PUT", path: "/_sandbox/clock", body: '{"advance":"1d"}' }),
  () => ({ method: "GET", path: "/../_sandbox/reset" }),
  (random) => ({ method: "POST", path: `/${many("x/", random)}` }),
  () => ({ method: "POST", path: "/_sandbox/reset", headers: { origin: "https://elsewhere.example" } }),
  () => ({ method: "GET", path: "/_sandbox/export", headers: { "sec-fetch-site": "cross-site" } }),
  () => ({ method: "PUT", path: "/_sandbox/faults", headers: { host: "elsewhere.example" }, body: "[]" }),
  () => ({ method: "POST", path: "/v1.2/events", headers: { host: "" }, body: "{}" }),
];

const asHead = (random: () => number): Hostile => {
  const head = heads[Math.floor(random() * heads.length)];
  if (!head) throw new Error("There is none.");
  return head(random);
};

/** Bytes that are no request, or not a whole one; each connection is another one. */
const bytes: ((port: number) => string)[] = [
  () => "\u0016\u0003\u0001\u0002\u0000 hello\r\n\r\n",
  () => "GET\r\n\r\n",
  () => "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
  () => "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc",
  (port) =>
    `POST /v1.2/events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nTransfer-Encoding: chunked\r\n\r\nZ\r\n`,
  () => `GET /${"a".repeat(300 * 1024)}`,
];

/** A request of which nothing more comes. */
const slow: ((port: number) => string)[] = [
  () => "POST /v1.2/events HT",
  (port) => `GET /_sandbox/summary HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-`,
  ...takers.map(
    ({ method, path }) =>
      (port: number) =>
        `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 100\r\n\r\n{"a`,
  ),
];

const counts = { bodies: 8_000, heads: 1_660, bytes: 200, slow: 120, huge: takers.length * 2 };

describe("ten thousand hostile requests", () => {
  it("end in clear 4xx answers and a living sandbox", { timeout: 240_000 }, async () => {
    expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(10_000);
    const { sandbox, call, post, browser, view, problems } = await startSandbox({
      patience: { request: 4_000, idle: 60_000 },
    });
    const before = (await call("GET", "/_sandbox/config")).text;
    const pool = new Pool(sandbox.url, { connections: 32 });
    onTestFinished(() => pool.close());
    const random = createRandom(20_261_123);
    let answered = 0;

    const ask = async (hostile: Hostile): Promise<void> => {
      const { method, ...rest } = hostile;
      const answer = await request(`${sandbox.url}${hostile.path}`, {
        method: method as "GET",
        ...(rest.headers && { headers: rest.headers }),
        ...(rest.body !== undefined && { body: rest.body }),
        dispatcher: pool,
      });
      const text = await answer.body.text();
      const what = `${method} ${hostile.path.slice(0, 80)} ${String(rest.body).slice(0, 60)}: ${text.slice(0, 200)}`;
      expect(answer.statusCode, what).toBeGreaterThanOrEqual(400);
      expect(answer.statusCode, what).toBeLessThan(500);
      expect(JSON.parse(text), what).toMatchObject({
        status: answer.statusCode,
        code: expect.stringMatching(/^[a-z][a-z0-9-]+$/),
        message: expect.stringMatching(/./),
        developerMessage: expect.any(String),
      });
      answered += 1;
    };

    const raw = async (kind: ((port: number) => string)[], index: number): Promise<void> => {
      const make = kind[index % kind.length];
      const answer = await sendRaw(sandbox.port, make?.(sandbox.port) ?? "");
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d .*\r\n\r\n\{"status":4\d\d,"code":"[a-z-]+","message":"./s);
      answered += 1;
    };

    const times = <T>(count: number, make: (index: number) => T): T[] =>
      Array.from({ length: count }, (_, index) => make(index));

    // The slow ones hold their connections open while all others come.
    const slowOnes = Promise.allSettled(times(counts.slow, (index) => raw(slow, index)));
    await Promise.all(times(counts.bytes, (index) => raw(bytes, index)));
    for (let round = 0; round < 20; round += 1) {
      await Promise.all([
        ...times(counts.bodies / 20, () => ask(asBody(random))),
        ...times(counts.heads / 20, () => ask(asHead(random))),
      ]);
    }
    const huge = Buffer.alloc(11 * 1024 ** 2, "[");
    for (const taker of [...takers, ...takers]) await ask({ ...taker, body: huge });
    expect((await slowOnes).filter(({ status }) => status === "rejected")).toEqual([]);

    expect(answered).toBe(10_000);
    expect(problems).toEqual([]);
    expect((await call("GET", "/_sandbox/config")).text).toBe(before);
    expect((await call("GET", "/_sandbox/faults")).body).toEqual([]);
    expect((await call("GET", "/_sandbox/clock")).body).toMatchObject({ offset: 0 });
    expect((await call("GET", "/_sandbox/snapshots")).body).toEqual({ items: [] });
    expect((await post(view(await browser()))).status).toBe(201);
    expect((await call("GET", "/_sandbox/summary?settle=10s")).body).toMatchObject({
      total: 1,
      processed: 1,
    });
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});
