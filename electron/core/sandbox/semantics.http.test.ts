import { describe, expect, it } from "vitest";
import type { GuestProfile } from "../../../shared/model/guest-profile";
import type { JsonObject } from "../../../shared/model/json";
import type { SandboxConfig } from "./config/sandbox-config";
import { startSandbox } from "./testing/sandbox-fixture";

/** An event of a browser (made on first need), by the way of sending that means its catalog; or time that passes. */
type Step =
  { browser: string; catalog: "spec" | "sitecore"; type: string; fields: JsonObject } | { advance: number };

interface Case {
  rule: string;
  /** Where the rule is written. */
  source: string;
  config?: Partial<SandboxConfig>;
  steps: Step[];
  /** What is true of browser `a`'s guest afterwards. */
  guest?: object;
  /** Statuses of all events, in their order; all are PROCESSED where it is absent. */
  statuses?: string[];
  /** Codes of the reasons of the last event. */
  reasons?: string[];
  /** Of the summary. */
  counts?: object;
}

const minute = 60_000;
const spec = (browser: string, type: string, fields: JsonObject = {}): Step => ({
  ...{ browser, catalog: "spec", type, fields },
});
const sitecore = (browser: string, type: string, fields: JsonObject = {}): Step => ({
  ...{ browser, catalog: "sitecore", type, fields },
});
const identity = { email: "ada@lovelace.example" };
const crm = { identifiers: [{ provider: "CRM", id: "77" }] };
const specOrder = (fields: JsonObject = {}): Step =>
  spec("a", "ORDER_CHECKOUT", {
    ...{ reference_id: "A-1", total_price: 40, payment_type: "PAYPAL", status: "CONFIRMED" },
    ...{ ordered_at: "2026-01-01T10:00:00Z", items: [{ sku: "TEE", quantity: 2, price: 20 }] },
    ...fields,
  });
const sitecoreOrder = (fields: JsonObject = {}): Step =>
  sitecore("a", "ORDER_CHECKOUT", {
    order: {
      ...{ referenceId: "A-1", orderedAt: "2026-01-01T10:00:00.000Z", status: "PURCHASED" },
      ...{ currencyCode: "EUR", price: 40, paymentType: "Card", cardType: "Visa", orderItems: [], ...fields },
    },
  });
const product = (fields: JsonObject): JsonObject => ({
  product: {
    ...{ type: "TEE", item_id: "T1", name: "Tee", orderedAt: "2026-01-01T10:00:00.000Z", currency: "EUR" },
    ...{ quantity: 1, price: 20, productId: "T1", ...fields },
  },
});

const guests: Case[] = [
  {
    rule: "a browser id brings a visitor",
    source: "Personalize: create a browser ID",
    steps: [spec("a", "VIEW")],
    guest: { guestType: "visitor", events: 1, browsers: [{ channel: "WEB", pointOfSale: "bellhop" }] },
  },
  {
    rule: "an e-mail of the spec catalog makes the visitor a customer, by the provider email",
    source: "AsyncAPI document; Sitecore: identifying guests",
    steps: [spec("a", "IDENTITY", { ...identity, firstname: "Ada", date_of_birth: "1990-01-01" })],
    guest: {
      ...{ guestType: "customer", firstName: "Ada", dateOfBirth: "1990-01-01", emails: [identity.email] },
      identifiers: [{ provider: "email", id: identity.email }],
    },
  },
  {
    rule: "an identifier on another guest moves the browser there and retires its guest",
    source: "Sitecore: examples of identity rules",
    steps: [spec("b", "IDENTITY", identity), spec("a", "VIEW"), spec("a", "IDENTITY", identity)],
    guest: { guestType: "customer", events: 3, mergedFrom: [expect.any(String)], browsers: [{}, {}] },
    counts: { guests: 1, sessions: 2 },
  },
  {
    rule: "the first rule that matches wins",
    source: "Sitecore: configure identity rules",
    config: { identityRules: [{ provider: "CRM" }, { provider: "email" }] },
    steps: [
      sitecore("b", "IDENTITY", crm),
      sitecore("c", "IDENTITY", { identifiers: [{ provider: "email", id: identity.email }] }),
      sitecore("a", "IDENTITY", {
        identifiers: [{ provider: "email", id: identity.email }, ...crm.identifiers],
      }),
    ],
    guest: { identifiers: [{ provider: "CRM", id: "77" }], browsers: [{}, {}] },
    counts: { guests: 2 },
  },
  {
    rule: "in data model 2.1 personal data identify nobody",
    source: "Sitecore, data model 2.1: Stream API does not support using PII",
    config: { identityRules: [{ personalData: ["email"] }] },
    steps: [sitecore("b", "IDENTITY", identity), sitecore("a", "IDENTITY", identity)],
    guest: { guestType: "visitor", emails: [identity.email] },
    counts: { guests: 2 },
  },
  {
    rule: "in data model 2.0 personal data may identify",
    source: "Sitecore: examples of identity rules using personal data",
    config: { dataModel: "2.0", identityRules: [{ personalData: ["email"] }] },
    steps: [sitecore("b", "IDENTITY", identity), sitecore("a", "IDENTITY", identity)],
    guest: { guestType: "customer", browsers: [{}, {}] },
    counts: { guests: 1 },
  },
  {
    rule: "without a match a new visitor is made, where that is set",
    source: "Sitecore: examples of identity rules (conflicts with identifying guests)",
    config: { whenNoMatch: "new-visitor" },
    steps: [spec("a", "VIEW"), spec("a", "IDENTITY", identity)],
    guest: { events: 1, emails: [identity.email] },
    counts: { guests: 2, sessions: 2 },
  },
];

const sessions: Case[] = [
  {
    rule: "are one for a browser and session_id in the spec catalog",
    source: "AsyncAPI document",
    steps: [spec("a", "VIEW"), spec("a", "VIEW"), spec("a", "VIEW", { session_id: "other" })],
    guest: { sessions: [{ counters: { events: 2 } }, { counters: { events: 1 } }] },
    counts: { sessions: 2 },
  },
  {
    rule: "are one for a browser, channel and point of sale in Sitecore's documents",
    source: "Sitecore: understanding sessions and events",
    steps: [
      sitecore("a", "VIEW"),
      sitecore("a", "VIEW"),
      sitecore("a", "VIEW", { channel: "MOBILE_APP" }),
      sitecore("a", "VIEW", { pos: "kiosk" }),
    ],
    counts: { sessions: 3 },
  },
  {
    rule: "close by the time-out of their point of sale",
    source: "Sitecore: manage a point of sale",
    steps: [sitecore("a", "VIEW"), sitecore("a", "VIEW", { pos: "kiosk" }), { advance: 20 * minute }],
    guest: { sessions: [{ status: "OPEN" }, { status: "CLOSED", closedBy: "TIMEOUT" }] },
  },
  {
    rule: "whose session_id is known and closed begin anew",
    source: "AsyncAPI document",
    steps: [spec("a", "VIEW"), { advance: 31 * minute }, spec("a", "VIEW")],
    guest: { sessions: [{ status: "CLOSED" }, { status: "OPEN" }] },
  },
  {
    rule: "close at FORCE_CLOSE",
    source: "Sitecore: FORCE_CLOSE event",
    steps: [sitecore("a", "VIEW"), sitecore("a", "FORCE_CLOSE")],
    guest: { sessions: [{ status: "CLOSED", closedBy: "FORCE_CLOSE" }] },
  },
];

const carts: Case[] = [
  {
    rule: "get one of a sku with each ADD of the spec catalog, at the last price",
    source: "Bellhop's reading, unverified",
    steps: [
      spec("a", "ADD", { product: { sku: "TEE", price: 20 } }),
      spec("a", "ADD", { product: { sku: "TEE", price: 18 } }),
    ],
    guest: { cart: { items: [{ id: "TEE", quantity: 2, price: 18 }], value: { EUR: 36 } } },
  },
  {
    rule: "get the last quantity and price of an item_id in Sitecore's documents",
    source: "Sitecore: ADD event",
    steps: [
      sitecore("a", "ADD", product({ quantity: 3, price: 20 })),
      sitecore("a", "ADD", product({ quantity: 2, price: 10 })),
    ],
    guest: { cart: { items: [{ id: "T1", quantity: 2, price: 10 }] } },
  },
  {
    rule: "are empty after CLEAR_CART",
    source: "Sitecore: CLEAR_CART event",
    steps: [sitecore("a", "ADD", product({})), sitecore("a", "CLEAR_CART"), { advance: 31 * minute }],
    guest: { cart: null, sessions: [{ cartType: "BROWSED" }] },
  },
  {
    rule: "are abandoned where the session closes without an order",
    source: "Sitecore: sessions data",
    steps: [spec("a", "ADD", { product: { sku: "TEE", price: 20 } }), { advance: 60 * minute }],
    guest: { cart: null, sessions: [{ cartType: "ABANDONED" }] },
  },
  {
    rule: "are worth nothing where the price is a string",
    source: "Stack Exchange 30938",
    steps: [sitecore("a", "ADD", product({ price: "20" }))],
    guest: { cart: { items: [{ price: 0 }] } },
  },
  {
    rule: "cannot be checked out with an item that was never added",
    source: "Stack Exchange 30928",
    steps: [
      sitecore("a", "IDENTITY", crm),
      sitecore("a", "ADD", product({})),
      sitecore("a", "CONFIRM", { product: [{ item_id: "OTHER" }] }),
      sitecore("a", "CHECKOUT", { reference_id: "A-1", status: "PURCHASED" }),
    ],
    statuses: ["PROCESSED", "PROCESSED", "PROCESSED", "FAILED"],
    counts: { orders: 0 },
  },
];

const orders: Case[] = [
  {
    rule: "come of an ORDER_CHECKOUT of the specification and convert the cart",
    source: "AsyncAPI document; Sitecore: sessions data",
    steps: [spec("a", "ADD", { product: { sku: "TEE", price: 20 } }), specOrder(), { advance: 31 * minute }],
    guest: {
      ...{ cart: null, lifetimeValue: { EUR: 40 }, sessions: [{ cartType: "CONVERTED" }] },
      orders: [{ referenceId: "A-1", items: [{ productId: "TEE", quantity: 2 }] }],
    },
    counts: { orders: 1 },
  },
  {
    rule: "come of an ORDER_CHECKOUT of Sitecore's documents for an identified guest",
    source: "Sitecore: ORDER_CHECKOUT event",
    steps: [sitecore("a", "IDENTITY", crm), sitecoreOrder()],
    guest: { lifetimeValue: { EUR: 40 }, orders: [{ referenceId: "A-1", price: 40 }] },
  },
  {
    rule: "of Sitecore's documents fail for a guest who is not identified",
    source: "Sitecore: ORDER_CHECKOUT event (identified guest first)",
    steps: [sitecoreOrder()],
    statuses: ["FAILED"],
    counts: { orders: 0 },
  },
  {
    rule: "of the specification fail for such a guest where that is set",
    source: "Bellhop's setting: the specification says nothing",
    config: { unidentifiedOrder: "fail" },
    steps: [specOrder()],
    statuses: ["FAILED"],
  },
  {
    rule: "with a reference that exists fail",
    source: "Bellhop's reading, unverified",
    steps: [specOrder(), specOrder({ total_price: 99 })],
    statuses: ["PROCESSED", "FAILED"],
    guest: { lifetimeValue: { EUR: 40 } },
  },
  {
    rule: "with a reference that exists are accepted where that is set",
    source: "Bellhop's setting, unverified",
    config: { repeatedOrder: "accept" },
    steps: [specOrder(), specOrder()],
    counts: { failed: 0 },
  },
  {
    rule: "that are CANCELED count nothing",
    source: "AsyncAPI document: status CANCELED",
    steps: [specOrder({ status: "CANCELED" })],
    guest: { lifetimeValue: {}, orders: [{ counts: false }] },
  },
];

const extensions: Case[] = [
  {
    rule: "have at most 50 attributes",
    source: "Sitecore: send additional event data",
    steps: [
      spec("a", "VIEW", { ext: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`a${n}`, n])) }),
    ],
    statuses: ["FAILED"],
    reasons: ["too-many-attributes"],
  },
  {
    rule: "keep the type of an attribute for each type of event",
    source: "Sitecore: send additional event data",
    steps: [
      spec("a", "VIEW", { ext: { tier: "gold" } }),
      spec("b", "VIEW", { ext: { tier: 1 } }),
      spec("b", "SEARCH", { search_term: "tee", ext: { tier: 1 } }),
      spec("a", "VIEW", { ext: { tier: true } }),
    ],
    statuses: ["PROCESSED", "FAILED", "PROCESSED", "FAILED"],
    reasons: ["attribute-type-changed"],
  },
];

const drops: Case[] = [
  {
    rule: "are dropped where their point of sale does not exist, and change nobody",
    source: "Sitecore: troubleshooting 1153275",
    steps: [spec("a", "VIEW", { pos: "nowhere" })],
    statuses: ["DROPPED"],
    guest: { events: 0, sessions: [] },
  },
  {
    rule: "fail with the issues of their catalog, and change nobody",
    source: "Interfaces: an event its catalog calls invalid ends FAILED",
    steps: [spec("a", "IDENTITY", { email: "no" })],
    statuses: ["FAILED"],
    guest: { events: 0, emails: [], guestType: "visitor" },
  },
];

const play = async ({ config, steps }: Case) => {
  const test = await startSandbox(config ? { config } : {});
  const ids = new Map<string, string>();
  const idOf = async (browser: string): Promise<string> => {
    const id = ids.get(browser) ?? (await test.browser());
    ids.set(browser, id);
    return id;
  };
  for (const step of steps) {
    if ("advance" in step) {
      await test.sandbox.time.advance(step.advance);
      continue;
    }
    const { browser, catalog, type, fields } = step;
    const id = await idOf(browser);
    if (catalog === "spec") await test.post(test.view(id, { session_id: "s", type, ...fields }));
    else {
      const usual = { channel: "WEB", pos: "bellhop", currency: "EUR", language: "EN", page: "home" };
      const event = { client_key: "sandbox", browser_id: id, type, ...usual, ...fields };
      await test.call("POST", "/v1.2/events", { body: JSON.stringify(event) });
    }
  }
  const [events, counts] = [await test.events("?limit=1000"), await test.summary()];
  const shown = await test.call("GET", `/v1.2/browser/${await idOf("a")}/show.json?client_key=sandbox`);
  const { ref } = shown.body["customer"] as { ref: string };
  const guest = (await test.call("GET", `/_sandbox/guests/${ref}`)).body as unknown as GuestProfile;
  return { events, counts, guest };
};

describe.each([
  ["guests", guests],
  ["sessions", sessions],
  ["carts", carts],
  ["orders", orders],
  ["ext attributes", extensions],
  ["events", drops],
])("over HTTP, %s", (_, cases) => {
  it.each(cases)("$rule ($source)", async (given) => {
    const { events, counts, guest } = await play(given);
    const statuses = given.statuses ?? events.map(() => "PROCESSED");
    expect(events.map(({ status }) => status)).toEqual(statuses);
    if (given.guest) expect(guest).toMatchObject(given.guest);
    if (given.counts) expect(counts).toMatchObject(given.counts);
    const reasons = (events.at(-1)?.["reasons"] ?? []) as { code: string }[];
    if (given.reasons) expect(reasons.map(({ code }) => code)).toEqual(given.reasons);
  });
});
