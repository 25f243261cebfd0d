import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../model/json";
import { summarise } from "./catalog";

test.each<[JsonObject | null, string]>([
  [{ type: "VIEW", page: "https://shop.example/" }, "shop.example/"],
  [{ type: "VIEW", page: "Home Page" }, "“Home Page”"],
  [{ type: "VIEW" }, ""],
  [{ type: "IDENTITY", email: "ada@example.com", firstname: "Ada" }, "ada@example.com"],
  [{ type: "IDENTITY", identifiers: [{ provider: "CRM", id: "48213" }], firstname: "Ada" }, "CRM 48213"],
  [{ type: "IDENTITY", firstname: "Ada", lastname: "Lovelace" }, "Ada Lovelace"],
  [{ type: "SEARCH", search_term: "rain coat", num_results: 3 }, "“rain coat”, 3 results"],
  [{ type: "SEARCH", search_term: "rain coat", num_results: 1 }, "“rain coat”, 1 result"],
  [{ type: "SEARCH", product_name: "rain coat", product_type: "APPAREL" }, "“rain coat”"],
  [{ type: "ADD", product: { sku: "TEE-001", name: "Tee", price: 19.9 } }, "TEE-001, Tee, 19.90"],
  [{ type: "ADD", product: { item_id: "TEE-001-M", name: "Tee", price: "19.9" } }, "TEE-001-M, Tee, 19.9"],
  [
    { type: "ORDER_CHECKOUT", reference_id: "A-10293", total_price: 59.7, items: [{}, {}, {}] },
    "A-10293, 59.70, 3 items",
  ],
  [
    { type: "ORDER_CHECKOUT", order: { referenceId: "A-10293", price: 59.7, orderItems: [{}] } },
    "A-10293, 59.70, 1 item",
  ],
  [
    { type: "shop:WISHLIST_ADD", page: "Straw hat", pos: "bellhop", ext: { sku: "HAT-014", gift: true } },
    "HAT-014",
  ],
  [{ type: "CONFIRM", product: [{ item_id: "a" }, { item_id: "b" }] }, "a, b"],
  [{ type: "FORCE_CLOSE", channel: "WEB", client_key: "secret", browser_id: "b" }, ""],
  [{ type: "PAYMENT", pay_type: "Card", page: "Pay" }, "Card"],
  [{ type: "constructor", page: "Pay" }, "“Pay”"],
  [{ type: "IDENTITY", email: ["not a text"], page: "https://shop.example/join" }, "not a text"],
  [{ type: 7, page: null, product: 3 }, "3"],
  [null, ""],
  [{}, ""],
])("%j is about %j", (event, summary) => {
  expect(summarise(event)).toBe(summary);
});

test("a summary is one line of at most 120 characters, whatever an event holds", () => {
  const keys = fc.constantFrom(
    "type",
    "page",
    "email",
    "product",
    "order",
    "items",
    "ext",
    "identifiers",
    "x",
  );
  const values = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom("VIEW", "ADD", "ORDER_CHECKOUT", "IDENTITY", "SEARCH"),
  );
  fc.assert(
    fc.property(fc.oneof(fc.dictionary(keys, values), fc.jsonValue()), (value) => {
      const summary = summarise(value as JsonObject);
      expect(summary.length).toBeLessThanOrEqual(120);
      expect(summary).not.toMatch(/[\n\r\t\u202e\u0000]/);
    }),
  );
});

test("long texts are cut between characters, and marks that turn a line around are taken out", () => {
  expect(summarise({ type: "VIEW", page: `https://shop.example/${"x".repeat(200)}` })).toMatch(/^shop.*x…$/);
  const bells = summarise({ type: "VIEW", page: `https://${"🛎".repeat(100)}` });
  expect(bells).toBe(`${"🛎".repeat(59)}…`);
  expect(summarise({ type: "SEARCH", search_term: "a\u202eb\nc" })).toBe("“a b c”");
});

test("an event of a million values is summed up by its first", () => {
  const deep = Array.from({ length: 100_000 }).reduce<JsonValue>((inner) => ({ inner }), "bottom");
  const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`field${index}`, index]));
  expect(summarise({ type: "mine", deep })).toBe("");
  expect(summarise({ type: "mine", ...wide })).toBe("0, 1, 2");
});
