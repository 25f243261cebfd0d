import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyChanges } from "../../../../shared/diff-profile";
import type { GuestProfile, PatchOperation } from "../../../../shared/model/guest-profile";
import type { JsonObject } from "../../../../shared/model/json";
import { askForecast } from "../forecast-client";
import { minute } from "../rules-over-http/cases";
import { randomEvent, type RandomEvent } from "../semantics/testing/random-events";
import { startSandbox, type TestSandbox } from "../testing/sandbox-fixture";

/** References and times are another's with each event: only which are equal counts. */
const shape = (value: unknown): string => {
  const names = new Map<string, string>();
  const text = JSON.stringify(value);
  return text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (ref) => {
      const name = names.get(ref) ?? `ref-${names.size}`;
      names.set(ref, name);
      return name;
    })
    .replace(/\b[0-9a-f]{8}\b/g, "short")
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, "time")
    .replace(/"duration":\d+/g, '"duration":0');
};

const send = (test: TestSandbox, transport: "spec" | "engage", event: JsonObject) =>
  transport === "spec"
    ? test.post(event)
    : test.call("POST", "/v1.2/events", { body: JSON.stringify({ client_key: "sandbox", ...event }) });

/** All that a sandbox knows; when it was asked is no part of it. */
const stateOf = async (test: TestSandbox): Promise<string> =>
  [
    (await test.call("GET", "/_sandbox/export")).text.replace(/"exportedAt":"[^"]*"/, ""),
    JSON.stringify((await test.call("GET", "/_sandbox/summary")).body),
  ].join("\n");

/** Asks for a forecast, sends the same event, and looks at what came of it. */
const compare = async (test: TestSandbox, transport: "spec" | "engage", event: JsonObject) => {
  await test.summary();
  const forecast = await askForecast(test.sandbox.url, event as never, transport);
  const sent = await send(test, transport, event);
  expect(sent.status).toBe(201);
  const [became] = await test.events(`?ref=${String(sent.body["ref"])}`);
  expect(forecast.status).toBe(became?.["status"]);
  expect(forecast.guestRef).toBe(became?.["guestRef"]);
  const profile = (await test.call("GET", `/_sandbox/guests/${forecast.guestRef}`)).body;
  expect(shape(forecast.after)).toBe(shape(profile));
  const before = forecast.before as unknown as GuestProfile;
  expect(applyChanges(before, forecast.changes as PatchOperation[])).toEqual(forecast.after);
  return { forecast, reasons: (became?.["reasons"] ?? []) as { message: string }[] };
};

describe("a forecast", () => {
  it("says of every kind of event what then happens", async () => {
    const test = await startSandbox();
    const [a, b] = [await test.browser(), await test.browser()];
    const event = (browser: string, type: string, fields: JsonObject = {}): JsonObject =>
      test.view(browser, { session_id: "one", type, ...fields });
    const order = { reference_id: "A-1", total_price: 40, items: [{ sku: "TEE", quantity: 2, price: 20 }] };
    const played: [string, string, JsonObject?][] = [
      [a, "VIEW"],
      [a, "SEARCH", { search_term: "tee" }],
      [a, "ADD", { product: { sku: "TEE", price: 20 } }],
      [a, "ADD", { product: { sku: "TEE", price: 20 } }],
      [a, "IDENTITY", { email: "ada@example.com", firstname: "Ada", ext: { tier: "gold" } }],
      [a, "ORDER_CHECKOUT", order],
      [a, "ORDER_CHECKOUT", order],
      [a, "shop:WISH", { ext: { sku: "HAT" } }],
      [a, "VIEW", { pos: "nowhere" }],
      [a, "VIEW", { channel: "TELEPATHY" }],
      [b, "VIEW"],
      [b, "IDENTITY", { email: "ada@example.com" }],
    ];
    const statuses: string[] = [];
    for (const [browser, type, fields] of played) {
      const { forecast, reasons } = await compare(test, "spec", event(browser, type, fields));
      statuses.push(forecast.status);
      for (const { message } of reasons) expect(forecast.why).toContain(message);
      expect(forecast.why).not.toEqual([]);
    }
    expect(statuses).toEqual([
      ...["PROCESSED", "PROCESSED", "PROCESSED", "PROCESSED", "PROCESSED", "PROCESSED"],
      ...["FAILED", "PROCESSED", "DROPPED", "FAILED", "PROCESSED", "PROCESSED"],
    ]);
  });

  it("is right for random events of both catalogs, also hostile ones, and leaves the state byte-identical", async () => {
    const test = await startSandbox({ config: { sites: new Map() } });
    const play = async (events: readonly RandomEvent[]): Promise<void> => {
      await test.call("POST", "/_sandbox/reset");
      const browsers = new Map<string, string>();
      let last: { event: JsonObject; transport: "spec" | "engage" } | undefined;
      for (const { browser, type, catalog, payload, pause } of events) {
        await test.sandbox.time.advance(pause);
        const id = browsers.get(browser) ?? (await test.browser());
        browsers.set(browser, id);
        const transport = catalog === "spec" ? "spec" : "engage";
        const event = { language: "EN", ...payload, browser_id: id, type };
        await compare(test, transport, event);
        last = { event, transport };
      }
      // Once more what was just sent: a repeated order, a second ADD, somebody who is known already.
      const before = await stateOf(test);
      await askForecast(test.sandbox.url, last?.event as never, last?.transport ?? "spec");
      expect(await stateOf(test)).toBe(before);
    };
    await fc.assert(fc.asyncProperty(fc.array(randomEvent, { minLength: 1, maxLength: 6 }), play), {
      numRuns: 10,
    });
    expect(test.problems).toEqual([]);
  }, 60_000);

  it("counts what waits for its outcome", async () => {
    const test = await startSandbox({ config: { delay: 86_400_000 } });
    const browser = await test.browser();
    const add = test.view(browser, { session_id: "one", type: "ADD", product: { sku: "TEE", price: 20 } });
    await test.post(add);
    const forecast = await askForecast(test.sandbox.url, add as never, "spec");
    expect(forecast.before).toMatchObject({ cart: { items: [{ quantity: 1 }] } });
    expect(forecast.after).toMatchObject({ cart: { items: [{ quantity: 2 }] } });
  });

  it("closes a session that is over by then, as the event would", async () => {
    const test = await startSandbox();
    const browser = await test.browser();
    const add = test.view(browser, { session_id: "one", type: "ADD", product: { sku: "TEE", price: 20 } });
    await test.post(add);
    await test.sandbox.time.advance(31 * minute);
    const { forecast } = await compare(test, "spec", { ...add, session_id: "two" });
    expect(forecast.after).toMatchObject({ sessions: [{ cartType: "ABANDONED" }, { status: "OPEN" }] });
  });

  it("is refused where sending would be, and for foreign pages, and counts no rejection", async () => {
    const test = await startSandbox({ config: { strict: true } });
    const browser = await test.browser();
    const ask = (event: JsonObject) => askForecast(test.sandbox.url, event as never, "spec");
    await expect(ask(test.view("unknown"))).rejects.toMatchObject({ code: "INVALID_INPUT" });
    await expect(ask({ browser_id: browser })).rejects.toThrow("has no type");
    await expect(ask(test.view(browser, { page: "home" }))).rejects.toThrow("calls this event invalid");
    await expect(askForecast("http://127.0.0.1:1", {}, "spec")).rejects.toMatchObject({
      code: "UNREACHABLE",
    });
    const body = JSON.stringify({ event: test.view(browser) });
    const foreign = { body, headers: { origin: "https://evil.example" } };
    expect((await test.call("POST", "/_sandbox/forecast", foreign)).status).toBe(403);
    for (const bad of ["", "[]", '{"event":[]}', '{"event":{},"transport":"pigeon"}', '{"event":null}'])
      expect((await test.call("POST", "/_sandbox/forecast", { body: bad })).status).toBe(400);
    expect(await test.summary()).toMatchObject({ total: 0, rejected: 0 });
  });
});
