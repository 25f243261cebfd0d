import { describe, expect, it } from "vitest";
import type { GuestHistoryItem, GuestProfile, GuestRow } from "../../../../shared/model/guest-profile";
import { startSandbox, type TestSandbox } from "../testing/sandbox-fixture";

const guestOf = async ({ call }: TestSandbox, browserId: string): Promise<string> => {
  const { body } = await call("GET", `/v1.2/browser/${browserId}/show.json?client_key=sandbox`);
  return (body["customer"] as { ref: string }).ref;
};

const profile = async ({ call }: TestSandbox, ref: string, at = ""): Promise<GuestProfile> =>
  (await call("GET", `/_sandbox/guests/${ref}?at=${at}`)).body as unknown as GuestProfile;

const history = async ({ call }: TestSandbox, ref: string, query = ""): Promise<GuestHistoryItem[]> =>
  (await call("GET", `/_sandbox/guests/${ref}/history${query}`)).body[
    "items"
  ] as unknown as GuestHistoryItem[];

const find = async ({ call }: TestSandbox, query: string): Promise<{ items: GuestRow[]; total: number }> =>
  (await call("GET", `/_sandbox/guests?${query}`)).body as unknown as { items: GuestRow[]; total: number };

/** Two browsers, both of which say that they are Ada. @returns the guest who stayed and the one who became it */
const merge = async (test: TestSandbox) => {
  const [one, two] = [await test.browser(), await test.browser()];
  const [survivor, retired] = [await guestOf(test, one), await guestOf(test, two)];
  const refs: string[] = [];
  const send = async (browserId: string, fields: object) =>
    refs.push(
      String((await test.post(test.view(browserId, { session_id: browserId, ...fields }))).body["ref"]),
    );
  await send(one, {});
  await send(two, { page: "https://shop.example/second" });
  await send(one, { type: "IDENTITY", email: "ada@lovelace.example", firstname: "Ada" });
  await send(two, { type: "IDENTITY", email: "ADA@lovelace.example", lastname: "Lovelace" });
  await test.summary();
  return { one, two, survivor, retired, refs };
};

describe("a guest", () => {
  it("is a visitor that comes with a browser id", async () => {
    const test = await startSandbox();
    const id = await test.browser();
    const guest = await profile(test, await guestOf(test, id));
    expect(guest).toMatchObject({ guestType: "visitor", events: 0, sessions: [], orders: [], cart: null });
    expect(guest.browsers.map(({ ref }) => ref)).toEqual([id]);
    expect(await history(test, guest.ref)).toMatchObject([
      { eventRef: null, changes: [{ op: "add", path: "" }] },
    ]);
    expect(await test.summary()).toMatchObject({ guests: 1, sessions: 0, orders: 0 });
  });

  it("is one with another who has the same e-mail, and the browser shows the one who stayed", async () => {
    const test = await startSandbox();
    const { two, survivor, retired, refs } = await merge(test);
    expect(await profile(test, survivor)).toMatchObject({
      ...{ guestType: "customer", firstName: "Ada", lastName: "Lovelace", events: 4 },
      mergedFrom: [retired],
    });
    expect(await profile(test, retired)).toMatchObject({ guestType: "retired", mergedInto: survivor });
    expect(await guestOf(test, two)).toBe(survivor);
    expect(await test.summary()).toMatchObject({ guests: 1, sessions: 2 });
    const { body } = await test.call("GET", `/_sandbox/guests/${survivor}/events`);
    expect((body["items"] as { ref: string }[]).map(({ ref }) => ref)).toEqual(refs);
  });

  it("counts its orders once, and gives each event the session it belongs to", async () => {
    const test = await startSandbox();
    const { one, survivor } = await merge(test);
    const order = {
      ...{
        type: "ORDER_CHECKOUT",
        reference_id: "A-1",
        total_price: 40,
        payment_type: "PAYPAL",
        status: "CONFIRMED",
      },
      ordered_at: "2026-01-01T10:00:00Z",
      items: [{ sku: "TEE-001", quantity: 2, price: 20 }],
    };
    await test.post(test.view(one, order));
    await test.post(test.view(one, order));
    expect(await test.summary()).toMatchObject({ orders: 1, failed: 1 });
    const guest = await profile(test, survivor);
    expect(guest.lifetimeValue).toEqual({ EUR: 40 });
    const processed = await test.events("?status=PROCESSED");
    const sessions = new Set(guest.sessions.map(({ ref }) => ref));
    expect(processed.every(({ sessionRef }) => sessions.has(String(sessionRef)))).toBe(true);
  });

  it("who is not there is answered with 404 and where to look", async () => {
    const { call } = await startSandbox();
    for (const end of ["", "/history", "/events", "?at=1", "?at=x"]) {
      const answer = await call("GET", `/_sandbox/guests/nobody${end}`);
      expect(answer.status).toBe(404);
      expect(answer.body).toMatchObject({ code: "unknown-guest" });
      expect(answer.body["developerMessage"]).toContain("/_sandbox/guests");
    }
  });
});

describe("the past of a guest", () => {
  it("is told step by step, with the steps of whoever became this guest", async () => {
    const test = await startSandbox();
    const { survivor, retired, refs } = await merge(test);
    const steps = await history(test, survivor);
    expect(steps.map(({ eventRef, from }) => [eventRef, from ?? survivor])).toEqual([
      [null, survivor],
      [null, retired],
      [refs[0], survivor],
      [refs[1], retired],
      [refs[2], survivor],
      [refs[3], retired],
      [refs[3], survivor],
    ]);
    expect(steps.map(({ seq }) => seq)).toEqual([...steps.map(({ seq }) => seq)].sort((a, b) => a - b));
    expect(steps.every(({ why, source }) => why !== "" && source !== "")).toBe(true);
    expect(await history(test, retired)).toHaveLength(3);
  });

  it("comes in pages, and says how long it is", async () => {
    const test = await startSandbox();
    const { survivor } = await merge(test);
    const seen: unknown[] = [];
    let after: unknown = 0;
    while (after !== null) {
      const { body } = await test.call(
        "GET",
        `/_sandbox/guests/${survivor}/history?limit=3&after=${String(after)}`,
      );
      expect(body["total"]).toBe(7);
      seen.push(...(body["items"] as object[]));
      after = body["next"] ?? null;
    }
    expect(seen).toEqual(await history(test, survivor));
  });

  it("can be looked at as it was after an event or a step", async () => {
    const test = await startSandbox();
    const { survivor, retired, refs } = await merge(test);
    expect(await profile(test, survivor, refs[0])).toMatchObject({
      ref: survivor,
      events: 1,
      guestType: "visitor",
    });
    expect(await profile(test, survivor, refs[2])).toMatchObject({
      events: 2,
      firstName: "Ada",
      lastName: null,
    });
    expect(await profile(test, survivor, refs[3])).toEqual(await profile(test, survivor));
    // The person was another guest then.
    expect(await profile(test, survivor, refs[1])).toMatchObject({ ref: retired, events: 1 });
    for (const { seq, from } of await history(test, survivor)) {
      expect(await profile(test, survivor, String(seq))).toMatchObject({ ref: from ?? survivor });
    }
  });

  it("is, at an event that came to nothing, as the events before it had left it", async () => {
    const test = await startSandbox();
    const id = await test.browser();
    await test.post(test.view(id));
    const dropped = await test.post(test.view(id, { pos: "nowhere" }));
    await test.post(test.view(id));
    await test.summary();
    expect(await profile(test, await guestOf(test, id), String(dropped.body["ref"]))).toMatchObject({
      events: 1,
    });
  });

  it("has no place that is not in it", async () => {
    const test = await startSandbox();
    const { survivor } = await merge(test);
    const stranger = await test.post(test.view(await test.browser()));
    await test.summary();
    for (const at of ["999999", "x", String(stranger.body["ref"])]) {
      const answer = await test.call("GET", `/_sandbox/guests/${survivor}?at=${at}`);
      expect(answer.status).toBe(404);
      expect(answer.body).toMatchObject({ code: "unknown-place" });
    }
  });
});

describe("the list of guests", () => {
  it("is searched by name, e-mail, identifier, browser and reference, in any case", async () => {
    const test = await startSandbox();
    const { one, two, survivor, retired } = await merge(test);
    await test.browser();
    const texts = [
      "ADA",
      "lovelace",
      "a l",
      "@LOVELACE.ex",
      "email ada@",
      one,
      two.toUpperCase(),
      survivor,
      retired,
    ];
    for (const text of texts) {
      const { items } = await find(test, `text=${encodeURIComponent(text)}&type=customer`);
      expect(
        items.map(({ ref }) => ref),
        text,
      ).toEqual([survivor]);
    }
    expect(await find(test, "text=%25")).toEqual({ items: [], total: 0 });
  });

  it("is narrowed by type, shows who was seen last first, and comes in pages", async () => {
    const test = await startSandbox();
    const { survivor, retired } = await merge(test);
    const late = await test.browser();
    await test.sandbox.time.advance(1_000);
    await test.post(test.view(late));
    await test.summary();
    const { items, total } = await find(test, "");
    expect(total).toBe(3);
    expect(items[0]).toMatchObject({ ref: await guestOf(test, late), guestType: "visitor", email: null });
    expect((await find(test, "type=retired")).items).toMatchObject([{ ref: retired, mergedInto: survivor }]);
    expect((await find(test, "offset=1&limit=1")).items).toEqual([items[1]]);
    expect((await find(test, "offset=1&limit=1")).total).toBe(3);
  });

  it.each(["type=robot", "limit=0", "limit=1001", "offset=-1", "offset=1e3", "text=%ff"])(
    "says what is wrong with ?%s",
    async (query) => {
      const { call } = await startSandbox();
      expect(await call("GET", `/_sandbox/guests?${query}`)).toMatchObject({
        status: 400,
        body: { code: "bad-query" },
      });
    },
  );
});

describe("a reset", () => {
  it("forgets guests and their past, sets the clock back, and keeps the configuration", async () => {
    const test = await startSandbox();
    const { one, survivor } = await merge(test);
    const { config, time } = test.sandbox;
    config.replace({ ...config.current(), pointsOfSale: [{ name: "kiosk", timeout: 1_000 }] });
    await time.advance(3_600_000);
    const before = await test.summary();
    await test.call("POST", "/_sandbox/reset");
    expect(time.offset()).toBe(0);
    expect((await find(test, "")).total).toBe(0);
    expect((await test.call("GET", `/_sandbox/guests/${survivor}`)).status).toBe(404);
    expect((await test.post(test.view(one))).status).toBe(404);
    const after = await test.summary();
    expect(after).toMatchObject({ total: 0, guests: 0, sessions: 0, orders: 0, rejected: 1 });
    expect(Number(after["revision"])).toBeGreaterThan(Number(before["revision"]));
    await test.post(test.view(await test.browser(), { pos: "kiosk" }));
    expect(await test.summary()).toMatchObject({ processed: 1, guests: 1 });
  });
});
