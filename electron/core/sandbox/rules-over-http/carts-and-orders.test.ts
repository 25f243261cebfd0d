import { describe } from "vitest";
import {
  crm,
  minute,
  product,
  sitecore,
  sitecoreOrder,
  spec,
  specOrder,
  playCases,
  type Case,
} from "./cases";

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

describe("over HTTP, carts", () => playCases(carts));
describe("over HTTP, orders", () => playCases(orders));
