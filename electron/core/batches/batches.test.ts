import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { isBusy, type Batch } from "../../../shared/model/batch";
import { openCore, type OpenCore } from "../sender/core-for-tests";

let core: OpenCore;
const servers: Server[] = [];
beforeEach(async () => {
  core = await openCore();
});
afterEach(async () => {
  await core.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function* bytesOf(text: string | Buffer): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
const upload = (text: string | Buffer, name = "events.ndjson") => core.transfers.receive(name, bytesOf(text));

/** How a batch stands once nothing is under way; the newest word of the core. */
const ended = (id: string): Promise<Batch> =>
  vi.waitFor(
    async () => {
      const batch = (await core.call("batches.list", {})).find((one) => one.id === id);
      if (!batch || isBusy(batch)) throw new Error("it is under way");
      return batch;
    },
    { timeout: 15_000, interval: 10 },
  );

const opened = async (text: string | Buffer, environment = "sandbox", name?: string): Promise<Batch> =>
  ended((await core.call("batches.open", { ticket: await upload(text, name), environment })).id);

const view = (page: string, more = {}): string =>
  JSON.stringify({ type: "VIEW", page: `https://shop.example${page}`, ...more });

const entriesOf = async (id: string) =>
  (await core.call("log.query", { filter: { runs: [id] }, after: 0, limit: 1000 })).rows;

const listen = async (answer: (url: string) => number | null) => {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      requests.push(body);
      const status = answer(request.url ?? "");
      if (status === null) return;
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify({ ref: "r", browserId: "b", ref2: 1, status: "OK" }));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { requests, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

const tenant = async (address: string, production = false): Promise<void> => {
  await core.addEnvironment({ name: "tenant", baseUrl: address, production });
  await core.call("credentials.set", {
    environment: "tenant",
    clientKey: "a-key-of-the-test",
    apiToken: "a-token-of-the-test",
  });
};

it("counts what is valid, invalid and no event, and lists what is wrong with its line", async () => {
  const text = `\ufeff${view("/a")}\r\n{"type":"VIEW",\r\n[1]\r\n${view("/b", { channel: 7 })}\r\n{"type":"VIEW","n":1e999}\r\n`;
  const batch = await opened(text);
  expect(batch).toMatchObject({ state: "checked", progress: 1, name: "events.ndjson", problem: null });
  expect(batch.found).toEqual({ valid: 1, invalid: 1, unreadable: 3 });
  const { flaws, total } = await core.call("batches.flaws", { id: batch.id, offset: 0, limit: 10 });
  expect(total).toBe(4);
  expect(flaws.map(({ line, kind, type }) => [line, kind, type])).toEqual([
    [2, "unreadable", null],
    [3, "unreadable", null],
    [4, "invalid", "VIEW"],
    [5, "unreadable", null],
  ]);
  expect(flaws[0]?.reason).toContain("This is not JSON");
  expect(flaws[2]?.reason).toContain("/channel");
});

it("survives what no event can be: depth, length, NUL, wrong encodings", async () => {
  const lines = [
    "{".repeat(100_000),
    `{"a":${"[".repeat(5_000)}${"]".repeat(5_000)}}`,
    `{"a":${"[".repeat(300)}${"]".repeat(300)}}`,
    `{"type":"VIEW","page":"${"x".repeat(1_100_000)}"}`,
    '{"type":"VI\0EW"}',
    '{"__proto__":{"polluted":true},"type":"VIEW"}',
  ];
  const batch = await opened(
    Buffer.concat([Buffer.from(lines.join("\n")), Buffer.from([0x0a, 0x7b, 0xff, 0x7d])]),
  );
  expect(batch.found.unreadable).toBe(6);
  expect(batch.found.valid + batch.found.invalid).toBe(1);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});

it("says why a file is none of events, and what is missing of one that is cut off", async () => {
  expect((await opened("<html>", "sandbox", "page.html")).problem?.message).toBe(
    "page.html, line 1: this is no event. An event begins with {, and a list of events with [.",
  );
  const cut = await opened(`[${view("/a")},\n{"type":`);
  expect(cut.problem?.message).toBe("events.ndjson was cut off: the list does not end.");
  expect(cut.found).toEqual({ valid: 1, invalid: 0, unreadable: 1 });
  expect(
    await core.fails("batches.send", { id: (await opened("<")).id, rate: null, sendInvalid: true }),
  ).toMatchObject({ code: "INVALID_INPUT", message: "There is no event to be sent." });
});

it("sends all to the sandbox, keeps who an event says it is from, and follows what becomes of it", async () => {
  const own = await core.call("guests.new", { environment: "sandbox" });
  await core.call("guests.new", { environment: "sandbox" });
  const events = [
    ...Array.from({ length: 20 }, (_, index) => view(`/page-${index}`)),
    view("/of-another", { browser_id: own.browserId }),
    view("/nowhere", { pos: "no-such-point-of-sale" }),
    view("/wrong", { channel: 7 }),
    "not JSON",
  ];
  const batch = await opened(`${events.join("\n")}\n`);
  expect(batch.found).toEqual({ valid: 22, invalid: 1, unreadable: 1 });
  await core.call("batches.send", { id: batch.id, rate: null, sendInvalid: false });
  const { state, sending, progress } = await ended(batch.id);
  expect({ state, progress }).toEqual({ state: "done", progress: 1 });
  expect(sending).toMatchObject({ planned: 22, sent: 22, taken: 22, refused: 0, leftOut: 2 });
  expect(sending).toMatchObject({ processed: 21, notProcessed: 1 });
  expect(sending?.reasons).toMatchObject([{ events: 1, lines: [22] }]);
  expect(sending?.reasons[0]?.reason).toContain("Dropped");

  const entries = await entriesOf(batch.id);
  expect(entries).toHaveLength(22);
  expect(entries.map(({ source }) => source.iteration)).toEqual(
    Array.from({ length: 22 }, (_, index) => index + 1),
  );
  expect(entries[0]?.source).toMatchObject({ kind: "composer", format: "events.ndjson", runId: batch.id });
  const guests = await core.call("guests.list", { offset: 0, limit: 10 });
  expect(guests.total).toBe(2);
  const other = await core.call("log.detail", { id: entries[20]?.id ?? "" });
  expect(other.event?.["browser_id"]).toBe(own.browserId);
});

it("makes one guest where there is none, however many events need it", async () => {
  const batch = await opened(Array.from({ length: 30 }, (_, index) => view(`/p${index}`)).join("\n"));
  await core.call("batches.send", { id: batch.id, rate: null, sendInvalid: false });
  expect((await ended(batch.id)).sending).toMatchObject({ taken: 30, processed: 30 });
  expect((await core.call("guests.list", { offset: 0, limit: 10 })).total).toBe(1);
});

it("sends what the catalog calls invalid where a person says so", async () => {
  const batch = await opened(`[${view("/a")}, ${view("/b", { channel: 7 })}]`);
  await core.call("batches.send", { id: batch.id, rate: null, sendInvalid: true });
  expect((await ended(batch.id)).sending).toMatchObject({ planned: 2, sent: 2, leftOut: 0 });
});

it("keeps the order of a browser's events, whatever is sent beside them", async () => {
  const { requests, address } = await listen(() => 201);
  await tenant(address);
  const events = Array.from({ length: 120 }, (_, index) =>
    view(`/${index}`, { browser_id: `b${index % 3}` }),
  );
  const batch = await opened(events.join("\n"), "tenant");
  await core.call("batches.send", { id: batch.id, rate: null, sendInvalid: true });
  expect((await ended(batch.id)).sending).toMatchObject({ sent: 120, taken: 120 });
  for (const browser of ["b0", "b1", "b2"]) {
    const pages = requests
      .map((body) => JSON.parse(body) as { browser_id: string; page: string })
      .filter((event) => event.browser_id === browser)
      .map(({ page }) => Number(page.split("/").at(-1)));
    expect(pages).toEqual([...pages].sort((a, b) => a - b));
    expect(pages).toHaveLength(40);
  }
});

it("is cancelled at once: what waits is not sent, what is on its way is cut off and says so", async () => {
  const { requests, address } = await listen(() => null);
  await tenant(address);
  const events = Array.from({ length: 500 }, (_, index) => view(`/${index}`, { browser_id: `b${index}` }));
  const batch = await opened(events.join("\n"), "tenant");
  await core.call("batches.send", { id: batch.id, rate: null, sendInvalid: true });
  await vi.waitFor(() => expect(requests).toHaveLength(8), { timeout: 10_000 });
  const cancelled = await core.call("batches.cancel", { id: batch.id });
  expect(cancelled).toMatchObject({ state: "cancelled", sending: { sent: 8, cancelled: 8, unanswered: 0 } });
  const entries = await entriesOf(batch.id);
  expect(entries.map(({ error, state }) => [error, state])).toEqual(Array(8).fill(["ABORTED", "done"]));
  expect(requests).toHaveLength(8);
});

it("stops where nobody takes an event, and says why without the key", async () => {
  const { requests, address } = await listen(() => 401);
  await tenant(address);
  const events = Array.from({ length: 300 }, (_, index) => view(`/${index}`, { browser_id: "b" }));
  const batch = await opened(events.join("\n"), "tenant");
  await core.call("batches.send", { id: batch.id, rate: null, sendInvalid: true });
  const { state, problem, sending } = await ended(batch.id);
  expect(state).toBe("stopped");
  expect(problem?.message).toContain("Stopped after the first 20 events");
  expect(requests.length).toBeLessThan(40);
  expect(sending?.refused).toBe(sending?.sent);
  expect(JSON.stringify(core.notifications)).not.toMatch(/a-(key|token)-of-the-test/);
});

it("goes to production only with consent", async () => {
  const { requests, address } = await listen(() => 201);
  await tenant(address, true);
  const batch = await opened(view("/a", { browser_id: "b" }), "tenant");
  const wanted = { id: batch.id, rate: 5, sendInvalid: true };
  expect(await core.fails("batches.send", wanted)).toMatchObject({ code: "CONSENT_REQUIRED" });
  expect(requests).toEqual([]);
  await core.call("environments.consent", { name: "tenant", baseUrl: address });
  await core.call("batches.send", wanted);
  expect((await ended(batch.id)).sending).toMatchObject({ taken: 1, pace: 5 });
});

it("is gone when it is closed, and makes room when there are too many", async () => {
  const batch = await opened(view("/a"));
  await core.call("batches.close", { id: batch.id });
  expect(await core.fails("batches.check", { id: batch.id, environment: "sandbox" })).toMatchObject({
    code: "NOT_FOUND",
  });
  for (let count = 0; count < 7; count += 1) await opened(view("/a"));
  expect(await core.call("batches.list", {})).toHaveLength(5);
});
