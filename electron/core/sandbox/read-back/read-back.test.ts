import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import type { GuestOrder, GuestProfile, GuestSession } from "../../../../shared/model/guest-profile";
import type { JsonObject } from "../../../../shared/model/json";
import { defaultConfig } from "../config/sandbox-config";
import { createSandboxServer, defaultPatience } from "../http/create-server";
import { createCredentials } from "../http/credentials";
import { createFaultPlan } from "../http/faults-plan";
import { createHandler } from "../http/handle-request";
import { createRouter } from "../http/router";
import type { GuestCriteria, GuestReader } from "../store/guest-reader";
import type { StoredEvent } from "../store/stored-event";
import { basic, call, type TestAnswer } from "../testing/sandbox-fixture";
import { createReadBackEndpoints } from "./read-back-endpoints";

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString();

const guest = (ref: string, minute: number, fields: Partial<GuestProfile> = {}): GuestProfile => ({
  ref,
  guestType: "visitor",
  createdAt: at(minute),
  firstSeen: at(minute),
  lastSeen: at(minute + 10),
  title: null,
  firstName: null,
  lastName: null,
  gender: null,
  dateOfBirth: null,
  emails: [],
  phoneNumbers: [],
  language: null,
  street: [],
  city: null,
  state: null,
  country: null,
  postCode: null,
  identifiers: [],
  browsers: [],
  sessions: [],
  orders: [],
  cart: null,
  extensions: {},
  lifetimeValue: {},
  events: 0,
  setBy: {},
  mergedFrom: [],
  mergedInto: null,
  merges: [],
  ...fields,
});

const session = (ref: string, minute: number): GuestSession => ({
  ref,
  browserRef: "browser-1",
  sessionId: null,
  channel: "WEB",
  pointOfSale: "bellhop",
  status: "CLOSED",
  cartType: "BROWSED",
  startedAt: at(minute),
  lastEventAt: at(minute + 1),
  endedAt: at(minute + 1),
  duration: 60_000,
  closedBy: "TIMEOUT",
  firstPage: "home",
  lastPage: "shop",
  counters: { events: 2, views: 2, searches: 0, adds: 0, confirms: 0, checkouts: 0 },
  cart: [],
});

const order: GuestOrder = {
  ref: "order-1",
  referenceId: "R-1",
  orderedAt: at(5),
  status: "CONFIRMED",
  currencyCode: "EUR",
  price: 59.7,
  paymentType: "Card",
  counts: true,
  items: [
    {
      ref: "item-1",
      productId: "TEE",
      name: null,
      type: null,
      quantity: 3,
      price: 19.9,
      currencyCode: "EUR",
    },
  ],
  sessionRef: "session-1",
  eventRef: "event-1",
  pointOfSale: "bellhop",
  channel: "WEB",
};

const ada = guest("ada", 1, {
  guestType: "customer",
  firstName: "Ada",
  gender: "Female",
  dateOfBirth: "1990-01-01",
  postCode: "D02",
  emails: ["old@shop.example", "ada@shop.example"],
  phoneNumbers: ["+353 1 000"],
  identifiers: [
    { provider: "email", id: "ada@shop.example" },
    { provider: "CRM", id: "7", expiryDate: "2030-01-01T00:00" },
  ],
  browsers: [
    {
      ref: "browser-1",
      channel: "WEB",
      pointOfSale: "bellhop",
      firstSeen: at(1),
      lastSeen: at(9),
      movedFrom: null,
    },
  ],
  sessions: [session("session-1", 1), session("session-2", 8)],
  orders: [order],
  extensions: { ext: { size: "M" } },
  mergedFrom: ["gone"],
});
const gone = guest("gone", 2, {
  guestType: "retired",
  mergedInto: "ada",
  merges: [{ from: "gone", into: "ada", at: at(3), eventRef: "event-1", reason: "Both have this e-mail." }],
});
const profiles = [ada, gone, guest("bob", 3, { firstName: "Bob" })];

const event = (seq: number, guestRef: string, sessionRef: string | null): StoredEvent => ({
  seq,
  ref: `event-${seq}`,
  status: "PROCESSED",
  issues: [],
  browserRef: "browser-1",
  guestRef,
  sessionRef,
  createdAt: Date.UTC(2026, 0, 1, 12, seq),
  payload: { type: "VIEW", channel: "WEB", pos: "bellhop", browser_id: "browser-1", page: `page ${seq}` },
});
const events = [
  event(1, "gone", "session-1"),
  event(2, "ada", "session-1"),
  event(3, "ada", "session-2"),
  event(4, "ada", null),
];

const fits = (profile: GuestProfile, criteria: GuestCriteria): boolean =>
  profile.guestType !== "retired" &&
  (criteria.email === undefined || profile.emails.includes(criteria.email)) &&
  (criteria.firstName === undefined || profile.firstName === criteria.firstName) &&
  (criteria.identifier === undefined ||
    profile.identifiers.some(({ id }) => id === criteria.identifier?.id)) &&
  (criteria.browserRef === undefined || profile.browsers.some(({ ref }) => ref === criteria.browserRef));

const reader: Pick<GuestReader, "find" | "profile" | "order"> = {
  async find(criteria, order, offset, limit) {
    const found = profiles.filter((profile) => fits(profile, criteria));
    if (order === "newest-first") found.reverse();
    return { profiles: found.slice(offset, offset + limit), total: found.length };
  },
  profile: async (ref) => profiles.find((profile) => profile.ref === ref) ?? null,
  order: async (ref) => (ref === "order-1" ? { order, guestRef: "ada" } : null),
};

const serve = async () => {
  const router = createRouter(
    createReadBackEndpoints({
      guests: reader as GuestReader,
      events: {
        query: async ({ guestRef }) => ({
          items: events.filter((one) => one.guestRef === guestRef),
          more: false,
        }),
      },
      credentials: createCredentials(defaultConfig),
    }),
  );
  const handle = createHandler({
    router,
    isOwnHost: () => true,
    inspectionCredentials: null,
    bodyLimit: 1000,
    faults: createFaultPlan(),
    onRejected: () => undefined,
    report: (problem) => expect.fail(problem),
  });
  const server = createSandboxServer(handle, defaultPatience);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const get = (
    path: string,
    headers: Record<string, string> = { authorization: basic() },
  ): Promise<TestAnswer> => call(url, "GET", path, { headers: { connection: "close", ...headers } });
  return { url, get };
};

const refs = ({ body }: TestAnswer): string[] =>
  (body["items"] as { href: string }[]).map(({ href }) => href.split("/").at(-1) ?? "");

describe("the read-back", () => {
  const paths = ["/v2.1/guests", "/v2/guests", "/v2.1/guests/ada", "/v2/guests/ada", "/v2.1/orders/order-1"];
  const undocumented = ["/v2/guestContexts/?browserRef=browser-1", "/v2/guestContexts/ada"];

  it.each([...paths, ...undocumented])(
    "answers %s with Basic, and 401 as documented without",
    async (path) => {
      const { get } = await serve();
      expect((await get(path)).status).toBe(200);
      const wrong: Record<string, string>[] = [
        {},
        { authorization: basic("sandbox", "wrong") },
        { authorization: "Bearer sandbox" },
      ];
      for (const headers of wrong) {
        const refused = await get(path, headers);
        expect(refused.status).toBe(401);
        expect(Object.keys(refused.body)).toEqual([
          "status",
          "code",
          "message",
          "developerMessage",
          "moreInfoUrl",
        ]);
        expect(refused.headers["www-authenticate"]).toContain("Basic");
      }
    },
  );

  it.each([...paths, ...undocumented])(
    "refuses %s to pages of other origins, even with Basic",
    async (path) => {
      const { get, url } = await serve();
      const asked = (headers: Record<string, string>) => get(path, { authorization: basic(), ...headers });
      const foreign: Record<string, string>[] = [
        { origin: "https://evil.example" },
        { origin: "null" },
        { "sec-fetch-site": "cross-site" },
      ];
      for (const headers of foreign) {
        const refused = await asked(headers);
        expect(refused.status).toBe(403);
        expect(refused.headers).not.toHaveProperty("access-control-allow-origin");
      }
      const own = await asked({ origin: url, "sec-fetch-site": "same-origin" });
      expect(own.status).toBe(200);
      expect(own.headers).not.toHaveProperty("access-control-allow-origin");
    },
  );

  it("refuses the preflight of a foreign page", async () => {
    const { url } = await serve();
    const headers = { origin: "https://evil.example", connection: "close" };
    expect((await call(url, "OPTIONS", "/v2.1/guests", { headers })).status).toBe(403);
  });
});

describe.each(["v2", "v2.1"])("the guests of %s", (version) => {
  it("are a collection of addresses, with page and search in its own", async () => {
    const { get, url } = await serve();
    const { body } = await get(`/${version}/guests?email=ada%40shop.example`);
    expect(body).toEqual({
      href: `${url}/${version}/guests?offset=0&limit=10&email=ada%40shop.example`,
      offset: 0,
      limit: 10,
      items: [{ href: `${url}/${version}/guests/ada` }],
    });
  });

  it.each([
    ["email=ada%40shop.example", ["ada"]],
    ["email.untouched=ada%40shop.example", ["ada"]],
    ["identifiers.provider=CRM&identifiers.id=7", ["ada"]],
    ["firstName=Bob", ["bob"]],
    ["email=nobody%40shop.example", []],
    ["", ["ada", "bob"]],
    ["sort=createdAt::DESC", ["bob", "ada"]],
    ["limit=1", ["ada"]],
    ["limit=1&offset=1", ["bob"]],
  ])("are searched by %s", async (query, found) => {
    const { get } = await serve();
    expect(refs(await get(`/${version}/guests?${query}`))).toEqual(found);
  });

  it("are whole with expand=true", async () => {
    const { get } = await serve();
    const { body } = await get(`/${version}/guests?firstName=Bob&expand=true`);
    expect(body["items"]).toMatchObject([{ ref: "bob", firstName: "Bob", guestType: "visitor" }]);
  });

  it.each([
    "limit=101",
    "limit=0",
    "limit=x",
    "offset=-1",
    "sort=lastName",
    "email=",
    "identifiers.id=7",
    "email=%",
  ])("are refused for %s", async (query) => {
    const { get } = await serve();
    expect((await get(`/${version}/guests?${query}`)).status).toBe(400);
  });

  it("have the documented names, one by one", async () => {
    const { get, url } = await serve();
    expect((await get(`/${version}/guests/ada`)).body).toEqual({
      href: `${url}/${version}/guests/ada`,
      ref: "ada",
      createdAt: at(1),
      modifiedAt: at(11),
      firstSeen: at(1),
      lastSeen: at(11),
      guestType: "customer",
      firstName: "Ada",
      gender: "female",
      dateOfBirth: "1990-01-01",
      postCode: "D02",
      email: "ada@shop.example",
      emails: ["old@shop.example", "ada@shop.example"],
      phone: "+353 1 000",
      phoneNumbers: ["+353 1 000"],
      street: [],
      identifiers: [
        { provider: "email", id: "ada@shop.example" },
        { provider: "CRM", id: "7", expiryDate: "2030-01-01T00:00" },
      ],
    });
  });

  it("end in 404, with the reason where the reference is stale after a merge", async () => {
    const { get } = await serve();
    expect((await get(`/${version}/guests/nobody`)).body).toMatchObject({ status: 404, code: "not-found" });
    const stale = await get(`/${version}/guests/gone`);
    expect(stale.status).toBe(404);
    expect(stale.body["message"]).toBe("Guest gone is retired: it became ada. Both have this e-mail.");
  });
});

describe("an order", () => {
  it("is read by its reference", async () => {
    const { get } = await serve();
    expect((await get("/v2.1/orders/order-1")).body).toMatchObject({
      ref: "order-1",
      guestRef: "ada",
      referenceId: "R-1",
      orderItems: [{ productId: "TEE", quantity: 3, price: 19.9 }],
    });
    expect((await get("/v2.1/orders/R-1")).status).toBe(404);
  });
});

describe("a guest context", () => {
  type Context = { ref: string; sessions: { ref: string; events: JsonObject[] }[]; orders: JsonObject[] };

  it("is found by a browser, with the event that came last in first place, as Sitecore's tests read it", async () => {
    const { get } = await serve();
    const { body } = await get("/v2/guestContexts/?browserRef=browser-1");
    const [context] = body["items"] as unknown as Context[];
    expect(context?.ref).toBe("ada");
    expect(context?.sessions[0]?.events[0]).toEqual({
      ref: "event-3",
      type: "VIEW",
      status: "PROCESSED",
      channel: "WEB",
      pointOfSale: "bellhop",
      browserRef: "browser-1",
      sessionRef: "session-2",
      createdAt: at(3),
      arbitraryData: { page: "page 3" },
    });
    expect((await get("/v2/guestContexts?browserRef=browser-2")).body["items"]).toEqual([]);
    expect((await get("/v2/guestContexts/")).status).toBe(400);
  });

  it("has the events of the guest that merged into it, orders and extensions", async () => {
    const { get } = await serve();
    const context = (await get("/v2/guestContexts/ada")).body as unknown as Context;
    expect(context.sessions.map(({ ref }) => ref)).toEqual(["session-2", "session-1"]);
    expect(context.sessions[1]?.events.map(({ ref }) => ref)).toEqual(["event-2", "event-1"]);
    expect(context).toMatchObject({
      firstName: "Ada",
      orders: [{ ref: "order-1" }],
      dataExtensions: [{ name: "ext", key: "default", size: "M" }],
    });
  });

  it("carries as much of each list as expand says", async () => {
    const { get } = await serve();
    const query =
      "expand=items.sessions(offset%3A1%2Climit%3A1)&expand=items.events(offset:0,limit:1)&source=all&timeout=30000";
    const context = (await get(`/v2/guestContexts/ada?${query}`)).body as unknown as Context;
    expect(context.sessions.map(({ ref }) => ref)).toEqual(["session-1"]);
    expect(context.sessions[0]?.events.map(({ ref }) => ref)).toEqual(["event-2"]);
    expect((await get("/v2/guestContexts/ada?expand=items.sessions(limit:many)")).status).toBe(400);
  });

  it("of a retired guest is gone", async () => {
    const { get } = await serve();
    expect((await get("/v2/guestContexts/gone")).status).toBe(404);
    expect((await get("/v2/guestContexts/nobody")).status).toBe(404);
  });
});
