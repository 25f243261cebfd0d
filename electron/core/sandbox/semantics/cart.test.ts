import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../shared/model/json";
import type { SandboxRules } from "./rules";
import { startJourney } from "./testing/journey";

const codes = (issues: readonly { code: string }[]): string[] => issues.map(({ code }) => code);

describe("the cart of the spec catalog (the specification has no quantity: Bellhop's reading, unverified)", () => {
  it("gets one more of a sku with each ADD, and the last price holds for all", () => {
    const { send, guestOf, sessions } = startJourney("spec");
    send("phone", "ADD", { product: { sku: "TEE", name: "Tee", price: 20 } });
    send("phone", "ADD", { product: { sku: "TEE", price: 19.9 } });
    const { changes } = send("phone", "ADD", { product: { sku: "TEE" } });
    const items = [{ id: "TEE", name: "Tee", quantity: 3, price: 19.9, currency: "EUR" }];
    expect(guestOf("phone").cart).toEqual({
      sessionRef: sessions("phone")[0]?.ref,
      items,
      value: { EUR: 59.7 },
    });
    expect(changes).toMatchObject([{ certainty: "unverified", source: "Bellhop's reading" }]);
  });

  it("is that of the session that was last added to", () => {
    const { send, guestOf, sessions } = startJourney("spec");
    send("phone", "ADD", { product: { sku: "TEE", price: 5 } });
    send("phone", "ADD", { product: { sku: "CAP", price: 5 }, session_id: "two" });
    expect(guestOf("phone").cart).toMatchObject({
      sessionRef: sessions("phone")[1]?.ref,
      items: [{ id: "CAP" }],
    });
  });

  it("is emptied by an order in its session, and by no order elsewhere", () => {
    const { send, guestOf } = startJourney("spec");
    send("phone", "ADD", { product: { sku: "TEE", price: 5 } });
    send("phone", "ORDER_CHECKOUT", { reference_id: "A1", total_price: 5, session_id: "two" });
    expect(guestOf("phone").cart).not.toBe(null);
    send("phone", "ORDER_CHECKOUT", { reference_id: "A2", total_price: 5 });
    expect(guestOf("phone").cart).toBe(null);
  });
});

describe("the cart of Sitecore's catalog", () => {
  const product = (more: JsonObject): JsonObject => ({
    product: { item_id: "TEE", price: 10, quantity: 1, ...more },
  });

  it("has of an item_id the latest quantity and price (Sitecore: ADD event)", () => {
    const { send, guestOf } = startJourney("sitecore");
    send("phone", "ADD", product({ quantity: 5 }));
    send("phone", "ADD", product({ quantity: 2, price: 9, currency: "USD" }));
    expect(guestOf("phone").cart).toMatchObject({
      items: [{ id: "TEE", quantity: 2, price: 9 }],
      value: { USD: 18 },
    });
  });

  it.each<{ says: string; more: JsonObject; source: string }>([
    { says: "a price that is a text", more: { price: "10" }, source: "Stack Exchange 30938" },
    { says: "a currency that is none", more: { currency: "EURO" }, source: "Stack Exchange 30938" },
    { says: "no price", more: { price: null }, source: "Bellhop's reading" },
    { says: "a price beyond numbers", more: { price: Infinity }, source: "Bellhop's reading" },
  ])("counts $says as 0, and says so ($source)", ({ more }) => {
    const { send, guestOf } = startJourney("sitecore");
    const applied = send("phone", "ADD", product(more));
    expect(applied.status).toBe("PROCESSED");
    expect(codes(applied.issues)).toEqual(["zero-revenue"]);
    expect(guestOf("phone").cart).toMatchObject({ items: [{ price: 0 }], value: {} });
  });

  it("loses its products by CLEAR_CART (Sitecore: CLEAR_CART event)", () => {
    const { send, guestOf, sessions } = startJourney("sitecore");
    send("phone", "ADD", product({}));
    send("phone", "CONFIRM", { product: [{ item_id: "TEE" }] });
    send("phone", "CLEAR_CART");
    expect(guestOf("phone").cart).toBe(null);
    expect(sessions("phone")[0]).toMatchObject({ cart: [] });
    expect(sessions("phone")[0]).not.toHaveProperty("confirmed");
  });

  it.each<JsonObject>([{}, { product: "TEE" }, { product: [] }, { product: { item_id: {} } }])(
    "stays as it is where an ADD names no product: %j",
    (payload) => {
      const { send, guestOf } = startJourney("sitecore");
      expect(codes(send("phone", "ADD", payload).issues)).toEqual(["nothing-added"]);
      expect(guestOf("phone").cart).toBe(null);
    },
  );
});

describe("CHECKOUT", () => {
  const add = { product: { item_id: "TEE", name: "Tee", price: 10, quantity: 2 } };
  const confirm = { product: [{ item_id: "TEE" }] };
  const checkout = { reference_id: "A1", status: "PURCHASED" };

  it("makes an order of what was added and confirmed", () => {
    const { send, guestOf, sessions } = startJourney("sitecore");
    send("phone", "ADD", add);
    send("phone", "ADD", { product: { item_id: "CAP", price: 99, quantity: 1 } });
    send("phone", "CONFIRM", confirm);
    const applied = send("phone", "CHECKOUT", checkout);
    expect(applied).toMatchObject({ status: "PROCESSED", issues: [] });
    expect(guestOf("phone")).toMatchObject({
      orders: [
        {
          referenceId: "A1",
          status: "PURCHASED",
          price: 20,
          currencyCode: "EUR",
          counts: true,
          items: [{ productId: "TEE", quantity: 2 }],
        },
      ],
      cart: null,
      lifetimeValue: { EUR: 20 },
    });
    expect(sessions("phone")[0]).toMatchObject({ cartType: "CONVERTED", cart: [] });
    expect(sessions("phone")[0]).not.toHaveProperty("confirmed");
  });

  interface Failure {
    says: string;
    source: string;
    before: [type: string, payload: JsonObject][];
    checkout?: JsonObject;
    rules?: Partial<SandboxRules>;
    code: string;
  }
  const failures: Failure[] = [
    {
      says: "without an ADD",
      source: "Stack Exchange 30928",
      before: [["CONFIRM", confirm]],
      code: "nothing-added",
    },
    {
      says: "without a CONFIRM",
      source: "Stack Exchange 30928",
      before: [["ADD", add]],
      code: "nothing-confirmed",
    },
    {
      says: "after a CONFIRM whose product is an object",
      source: "Stack Exchange 30928",
      before: [
        ["ADD", add],
        ["CONFIRM", { product: { item_id: "TEE" } }],
      ],
      code: "bad-confirm",
    },
    {
      says: "after a CONFIRM of an item that was never added",
      source: "Stack Exchange 30928",
      before: [
        ["ADD", add],
        ["CONFIRM", { product: [{ item_id: "TEE" }, { item_id: "CAP" }] }],
      ],
      code: "bad-confirm",
    },
    {
      says: "after an ADD whose quantity is a text",
      source: "Stack Exchange 30928 (strings for numbers)",
      before: [
        ["ADD", { product: { ...add.product, quantity: "2" } }],
        ["CONFIRM", confirm],
      ],
      code: "invalid-add",
    },
    {
      says: "without a reference",
      source: "Sitecore: CHECKOUT event (required; that it fails is unverified)",
      before: [
        ["ADD", add],
        ["CONFIRM", confirm],
      ],
      checkout: { status: "PURCHASED" },
      code: "missing-field",
    },
    {
      says: "without an identified contact, in data model 2.0",
      source: "Sitecore, data model 2.0: ADD_CONTACTS",
      before: [
        ["ADD", add],
        ["CONFIRM", confirm],
      ],
      rules: { dataModel: "2.0" },
      code: "unidentified-guest",
    },
  ];

  it.each(failures)("fails $says ($source), while what came before is processed", (failure) => {
    const { send, guestOf } = startJourney("sitecore", failure.rules);
    for (const [type, payload] of failure.before)
      expect(send("phone", type, payload).status).toBe("PROCESSED");
    const applied = send("phone", "CHECKOUT", failure.checkout ?? checkout);
    expect(applied.status).toBe("FAILED");
    expect(codes(applied.issues)).toContain(failure.code);
    expect(guestOf("phone").orders).toEqual([]);
  });

  it("succeeds after a good CONFIRM that follows a bad one (Bellhop's reading)", () => {
    const { send } = startJourney("sitecore");
    send("phone", "ADD", add);
    send("phone", "CONFIRM", { product: { item_id: "TEE" } });
    send("phone", "CONFIRM", confirm);
    expect(send("phone", "CHECKOUT", checkout).status).toBe("PROCESSED");
  });

  it("brings no revenue where the price was a text (Stack Exchange 30938)", () => {
    const { send, guestOf } = startJourney("sitecore");
    send("phone", "ADD", { product: { ...add.product, price: "10" } });
    send("phone", "CONFIRM", confirm);
    const applied = send("phone", "CHECKOUT", checkout);
    expect(codes(applied.issues)).toEqual(["zero-revenue"]);
    expect(guestOf("phone")).toMatchObject({ orders: [{ price: 0 }], lifetimeValue: {} });
  });
});
