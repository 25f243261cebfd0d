import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../shared/model/json";
import type { CatalogName } from "../../../../shared/model/verdict";
import type { SandboxRules } from "./rules";
import { startJourney, type Journey } from "./testing/journey";

const flat = (more: JsonObject = {}): JsonObject => ({ reference_id: "A1", total_price: 59.7, ...more });
const nested = (more: JsonObject = {}): JsonObject => ({
  order: { referenceId: "A1", price: 59.7, currencyCode: "EUR", status: "PURCHASED", ...more },
});

const identified = (catalog: CatalogName, rules?: Partial<SandboxRules>): Journey => {
  const journey = startJourney(catalog, rules);
  journey.send("phone", "IDENTITY", {
    email: "ada@lovelace.example",
    identifiers: [{ provider: "CRM", id: "77" }],
  });
  return journey;
};

describe("ORDER_CHECKOUT", () => {
  it("of the specification makes an order with its items (AsyncAPI document)", () => {
    const { send, guestOf, sessions } = identified("spec");
    send("phone", "ADD", { product: { sku: "TEE", price: 19.9 } });
    send(
      "phone",
      "ORDER_CHECKOUT",
      flat({
        status: "CONFIRMED",
        payment_type: "PAYPAL",
        ordered_at: "2026-11-20T08:30:00+01:00",
        items: [{ sku: "TEE", name: "Tee", quantity: 3, price: 19.9 }],
      }),
    );
    expect(guestOf("phone")).toMatchObject({
      cart: null,
      lifetimeValue: { EUR: 59.7 },
      orders: [
        {
          referenceId: "A1",
          status: "CONFIRMED",
          price: 59.7,
          currencyCode: "EUR",
          paymentType: "PAYPAL",
          orderedAt: "2026-11-20T07:30:00.000Z",
          counts: true,
          sessionRef: sessions("phone")[0]?.ref,
          items: [{ productId: "TEE", name: "Tee", quantity: 3, price: 19.9, currencyCode: "EUR" }],
        },
      ],
    });
    expect(sessions("phone")[0]).toMatchObject({ cartType: "CONVERTED", counters: { checkouts: 1 } });
  });

  it("of Sitecore's documents makes an order with its items (Sitecore: ORDER_CHECKOUT event)", () => {
    const { send, guestOf } = identified("sitecore");
    const orderItems = [
      { type: "TEE", productId: "T1", name: "Tee", quantity: 3, price: 19.9, currencyCode: "EUR" },
    ];
    send(
      "phone",
      "ORDER_CHECKOUT",
      nested({ paymentType: "Card", orderedAt: "2026-11-20T08:30", orderItems }),
    );
    expect(guestOf("phone").orders).toMatchObject([
      {
        referenceId: "A1",
        orderedAt: "2026-11-20T08:30:00.000Z",
        paymentType: "Card",
        items: [{ productId: "T1", type: "TEE", quantity: 3 }],
      },
    ]);
  });

  it.each([
    ["spec", flat(), "unverified", "Bellhop's reading"],
    ["sitecore", nested(), "documented", "Sitecore: ORDER_CHECKOUT event"],
  ] as const)("of the %s catalog says how sure its effect is", (catalog, order, certainty, source) => {
    const { changes } = identified(catalog).send("phone", "ORDER_CHECKOUT", order);
    expect(changes.at(-1)).toMatchObject({ certainty, source });
  });

  interface Failure {
    says: string;
    source: string;
    catalog: CatalogName;
    rules?: Partial<SandboxRules>;
    identify?: boolean;
    payload: JsonObject;
    code: string;
  }
  const failures: Failure[] = [
    {
      says: "on a guest who is not identified, in Sitecore's catalog",
      source: "Sitecore: ORDER_CHECKOUT event",
      catalog: "sitecore",
      payload: nested(),
      code: "unidentified-guest",
    },
    {
      says: "on a guest who is not identified, in the spec catalog where the rules say so",
      source: "setting unidentifiedOrder",
      catalog: "spec",
      rules: { unidentifiedOrder: "fail" },
      payload: flat(),
      code: "unidentified-guest",
    },
    {
      says: "without an order object",
      source: "Sitecore: ORDER_CHECKOUT event (required; that it fails is unverified)",
      catalog: "sitecore",
      identify: true,
      payload: flat(),
      code: "missing-field",
    },
    {
      says: "without a reference",
      source: "Sitecore: ORDER_CHECKOUT event (required; that it fails is unverified)",
      catalog: "sitecore",
      identify: true,
      payload: nested({ referenceId: null }),
      code: "missing-field",
    },
  ];

  it.each(failures)("fails $says ($source)", ({ catalog, rules, identify, payload, code }) => {
    const { send, guestOf } = identify ? identified(catalog, rules) : startJourney(catalog, rules);
    const applied = send("phone", "ORDER_CHECKOUT", payload);
    expect(applied).toMatchObject({ status: "FAILED", issues: [{ code, severity: "error" }] });
    expect(guestOf("phone").orders).toEqual([]);
  });

  it("is taken from a guest who is not identified in the spec catalog, by default", () => {
    const { send, guestOf } = startJourney("spec");
    expect(send("phone", "ORDER_CHECKOUT", flat()).status).toBe("PROCESSED");
    expect(guestOf("phone")).toMatchObject({ guestType: "visitor", lifetimeValue: { EUR: 59.7 } });
  });

  it("is taken from a new visitor who has an identifier of a rule", () => {
    const { send } = identified("sitecore", { whenNoMatch: "new-visitor" });
    expect(send("phone", "ORDER_CHECKOUT", nested()).status).toBe("PROCESSED");
  });

  it("fails with a reference that another guest's order has, by default (unverified)", () => {
    const { send } = startJourney("spec");
    send("laptop", "ORDER_CHECKOUT", flat());
    expect(send("phone", "ORDER_CHECKOUT", flat())).toMatchObject({
      status: "FAILED",
      issues: [{ code: "repeated-order", certainty: "unverified" }],
    });
  });

  it("makes a second order of a repeated reference where the rules say so", () => {
    const { send, guestOf } = startJourney("spec", { repeatedOrder: "accept" });
    send("phone", "ORDER_CHECKOUT", flat());
    send("phone", "ORDER_CHECKOUT", flat());
    expect(guestOf("phone")).toMatchObject({ lifetimeValue: { EUR: 119.4 } });
  });

  it("that is CANCELED is noted, counts nothing and leaves the cart (AsyncAPI document: status)", () => {
    const { send, guestOf, sessions } = startJourney("spec");
    send("phone", "ADD", { product: { sku: "TEE", price: 19.9 } });
    send("phone", "ORDER_CHECKOUT", flat({ status: "CANCELED" }));
    expect(guestOf("phone")).toMatchObject({ orders: [{ counts: false, price: 59.7 }], lifetimeValue: {} });
    expect(guestOf("phone").cart).not.toBe(null);
    expect(sessions("phone")[0]?.cartType).toBe("BROWSED");
  });

  it("adds up for each currency apart", () => {
    const { send, guestOf } = startJourney("spec");
    send("phone", "ORDER_CHECKOUT", flat());
    send("phone", "ORDER_CHECKOUT", flat({ reference_id: "A2", currency: "USD" }));
    send("phone", "ORDER_CHECKOUT", flat({ reference_id: "A3", total_price: 0.3 }));
    expect(guestOf("phone").lifetimeValue).toEqual({ EUR: 60, USD: 59.7 });
  });

  it.each([
    { says: "a price that is a text", payload: nested({ price: "59.70" }), source: "Stack Exchange 30938" },
    {
      says: "a currency that is none",
      payload: nested({ currencyCode: "€" }),
      source: "Stack Exchange 30938",
    },
  ])("brings no revenue with $says ($source)", ({ payload }) => {
    const { send, guestOf } = identified("sitecore");
    const applied = send("phone", "ORDER_CHECKOUT", payload);
    expect(applied).toMatchObject({
      status: "PROCESSED",
      issues: [{ severity: "warning", code: "zero-revenue", path: "/order/price", certainty: "observed" }],
    });
    expect(guestOf("phone")).toMatchObject({ orders: [{ price: 0 }], lifetimeValue: {} });
  });

  it("takes its own time where ordered_at is no time, and says so", () => {
    const { send, guestOf } = startJourney("spec");
    const applied = send("phone", "ORDER_CHECKOUT", flat({ ordered_at: "yesterday" }));
    expect(applied.issues).toMatchObject([{ code: "invalid-time", path: "/ordered_at" }]);
    expect(guestOf("phone").orders[0]?.orderedAt).toBe(guestOf("phone").lastSeen);
  });

  it("says what it left out of items that nobody could use", () => {
    const { send, guestOf } = startJourney("spec");
    const applied = send(
      "phone",
      "ORDER_CHECKOUT",
      flat({ items: [null, { sku: "TEE", quantity: 1, price: 5 }, 7] }),
    );
    expect(applied.issues).toMatchObject([{ code: "items-left-out" }]);
    expect(guestOf("phone").orders[0]?.items).toMatchObject([{ productId: "TEE" }]);
  });
});
