import fc from "fast-check";
import type { JsonObject, JsonValue } from "../../../../../shared/model/json";
import type { CatalogName } from "../../../../../shared/model/verdict";

/** What a random browser sends, and how long it waited before. */
export interface RandomEvent {
  browser: string;
  type: string;
  catalog: CatalogName;
  payload: JsonObject;
  /** Milliseconds since the event before. */
  pause: number;
}

/** Names that every object has, and other traps. */
const trapNames = [
  "__proto__",
  "constructor",
  "toString",
  "prototype",
  "toJSON",
  "hasOwnProperty",
  "a/b~c",
  "",
];

/** Any JSON, as `JSON.parse` would make it: `__proto__` is a member like another, and 1e999 is Infinity. */
const hostile: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<JsonValue>(null, true, false, 0, -0, 1, -1, 1.5, 1e12, 1e308, Infinity, -Infinity),
    fc.constantFrom(
      "",
      " ",
      "19.9",
      "EUR",
      "\uD800",
      "\u0000",
      "x".repeat(3_000),
      "2026-13-99",
      "2026-11-23T10:00",
    ),
    fc.string({ maxLength: 5 }),
    fc.array(tie("value"), { maxLength: 3 }),
    fc
      .array(fc.tuple(fc.oneof(fc.constantFrom(...trapNames), fc.string({ maxLength: 4 })), tie("value")), {
        maxLength: 4,
      })
      .map((members) => objectOf(members)),
  ),
})).value;

const objectOf = (members: readonly (readonly [string, JsonValue])[]): JsonObject => {
  const object: JsonObject = {};
  for (const [name, value] of members)
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  return object;
};

const id = fc.constantFrom("TEE", "CAP", "MUG");
const email = fc.constantFrom(
  "ada@lovelace.example",
  "Ada@Lovelace.example",
  "bob@example.com",
  "eve@example.com",
);
const price = fc.constantFrom<JsonValue>(19.9, 5, 0, "19.9", 0.1);
const reference = fc.constantFrom("A1", "A2", "A3", "A4", "A5", "A6");
const ext = fc.dictionary(
  fc.constantFrom("tier", "a_b", "vip", "n"),
  fc.constantFrom<JsonValue>("x", 1, true, null),
);
const identifiers = fc.array(
  fc.record<JsonObject>({
    provider: fc.constantFrom("email", "CRM", "OTHER"),
    id: fc.oneof(email, fc.constantFrom("1", "2", "3")),
  } as never),
  { maxLength: 3 },
);

/** Payloads that mean something, by type. */
const shapes: Readonly<Record<string, fc.Arbitrary<JsonObject>>> = {
  VIEW: fc.record({
    page: fc.constantFrom("https://shop.example/", "home"),
    language: fc.constantFrom("EN", "de"),
  }),
  SEARCH: fc.record({ search_term: fc.constant("tee") }),
  IDENTITY: fc.record({ email, identifiers, firstname: fc.constantFrom("Ada", "Bob"), phone: id, ext }),
  ADD_CONTACTS: fc.record({ contact: fc.array(fc.record({ email, identifiers }), { maxLength: 2 }) }),
  ADD: fc.record({
    product: fc.record({
      sku: id,
      item_id: id,
      name: id,
      price,
      quantity: fc.constantFrom<JsonValue>(1, 3, "2"),
    }),
  }),
  CLEAR_CART: fc.constant({}),
  CONFIRM: fc.record({
    product: fc.oneof<fc.Arbitrary<JsonValue>[]>(
      fc.array(fc.record({ item_id: id }), { minLength: 1, maxLength: 2 }),
      fc.record({ item_id: id }),
    ),
  }),
  CHECKOUT: fc.record({ reference_id: reference, status: fc.constant("PURCHASED") }),
  ORDER_CHECKOUT: fc.record({
    reference_id: reference,
    total_price: price,
    status: fc.constantFrom("CONFIRMED", "CANCELED"),
    items: fc.array(fc.record({ sku: id, quantity: fc.constant(1), price }), { maxLength: 2 }),
    order: fc.record({ referenceId: reference, price, currencyCode: fc.constantFrom("EUR", "USD", "XX") }),
  }),
  FORCE_CLOSE: fc.constant({}),
  "shop:WISH": fc.record({ ext }),
};

const usual = fc.record({
  channel: fc.constantFrom("WEB", "MOBILE_APP"),
  pos: fc.constantFrom("bellhop", "kiosk"),
  currency: fc.constantFrom("EUR", "USD", "XX"),
  session_id: fc.constantFrom("one", "two"),
});

/** Hostile values in place of fields that mean something. */
const spoiled = (payload: JsonObject): fc.Arbitrary<JsonObject> =>
  fc
    .array(
      fc.tuple(
        fc.constantFrom("ext", "__proto__", "session_id", "channel", ...Object.keys(payload)),
        hostile,
      ),
      {
        maxLength: 3,
      },
    )
    .map((members) => objectOf([...Object.entries(payload), ...members]));

/** One event: mostly well-formed, sometimes hostile anywhere. */
export const randomEvent: fc.Arbitrary<RandomEvent> = fc.constantFrom(...Object.keys(shapes)).chain((type) =>
  fc
    .tuple(shapes[type] as fc.Arbitrary<JsonObject>, usual)
    .chain(([shape, base]) => {
      const payload = { ...base, ...shape };
      return fc.oneof(
        { weight: 3, arbitrary: fc.constant(payload) },
        { weight: 1, arbitrary: spoiled(payload) },
      );
    })
    .chain((payload) =>
      fc.record({
        browser: fc.constantFrom("phone", "laptop", "desk", "kiosk"),
        type: fc.constant(type),
        catalog: fc.constantFrom<CatalogName>("spec", "sitecore"),
        payload: fc.constant(payload),
        pause: fc.constantFrom(0, 1_000, 60_000, 25 * 60_000, 3_600_000),
      }),
    ),
);
