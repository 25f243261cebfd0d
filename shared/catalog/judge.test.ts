import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildEvent } from "../build-event";
import type { StreamEvent } from "../model/event";
import type { JsonObject, JsonValue } from "../model/json";
import type { CatalogName, Issue } from "../model/verdict";
import { judge, messageTypes, messageTypeOf } from "./catalog";

const environment = { channel: "WEB", pos: "bellhop", currency: "EUR", language: "EN" };
const guest = { browserId: "browser-1", sessionId: "session-1" };
const base = { ...environment, browser_id: "browser-1", session_id: "session-1" };
const view = { ...base, type: "VIEW" };
const identity = {
  ...base,
  type: "IDENTITY",
  email: "ada@example.com",
  identifiers: [{ provider: "email" }],
};
const order = { ...base, type: "ORDER_CHECKOUT", reference_id: "A-1", total_price: 1, order: {} };
const add = { ...base, type: "ADD", product: { sku: "TEE-001" } };
const search = { ...base, type: "SEARCH", search_term: "shoes" };
const custom = { ...base, type: "shop:WISHLIST_ADD" };

/** A line for each issue, as a person reads it. */
const said = (event: JsonObject, catalog: CatalogName = "spec"): string[] =>
  judge(event, catalog).issues.map(({ severity, code, message }) => `${severity} ${code}: ${message}`);

const issueOf = (event: JsonObject, catalog: CatalogName = "spec"): Issue | undefined =>
  judge(event, catalog).issues[0];

describe.each(["spec", "sitecore"] as const)("in the %s catalog", (catalog) => {
  test.each(messageTypes(catalog).map(({ name, example }) => [name, example] as const))(
    "the example of %s, once built, has neither errors nor warnings",
    (messageType, example) => {
      const { event } = buildEvent({ environment, catalog, messageType, event: example, guest });
      const verdict = judge(event, catalog);
      expect(verdict.issues.filter(({ severity }) => severity !== "info")).toEqual([]);
      expect(verdict).toMatchObject({
        catalog,
        schema: catalog === "spec" ? "valid" : "unchecked",
        ingestion: "unknown",
      });
      expect(messageTypeOf(event, catalog)).toBe(messageType);
    },
  );

  test("any value of JSON gets a verdict, and an error means invalid", () => {
    const names = fc.oneof(
      fc.constantFrom(...Object.keys({ ...identity, ...order, ...add, ...search })),
      fc.string(),
    );
    const values = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom("VIEW", "IDENTITY", "ORDER_CHECKOUT", "ADD", "SEARCH"),
    );
    const objects = fc.dictionary(names, values);
    fc.assert(
      fc.property(fc.oneof(objects, fc.jsonValue()), (value) => {
        const event = value as StreamEvent;
        const verdict = judge(event, catalog);
        const errors = verdict.issues.filter(({ severity }) => severity === "error");
        expect(verdict.schema === "invalid").toBe(errors.length > 0);
        for (const { message, path } of verdict.issues) {
          expect(message.startsWith(path === "" ? "The event" : path)).toBe(true);
        }
        const places = verdict.issues.map(({ code, path }) => `${code} ${path}`);
        expect(new Set(places).size).toBe(places.length);
        JSON.stringify(verdict);
      }),
    );
  });
});

test.each<[JsonObject, string]>([
  [{ ...view, channel: "WEBSITE" }, "/channel must be WEB, MOBILE_WEB, MOBILE_APP or SERVER_SIDE."],
  [{ ...view, pos: 7 }, "/pos must be a string, not a number."],
  [{ ...view, ext: [] }, "/ext must be an object, not a list."],
  [
    { ...view, page: "/sale" },
    "/page must be a full address such as https://shop.example/sale: https:// is missing in front.",
  ],
  [{ ...identity, email: "ada@lovelace" }, "/email must be an e-mail address: the domain has no dot."],
  [{ ...identity, email: "not-an-email" }, "/email must be an e-mail address: there is no @."],
  [{ ...identity, email: null }, "/email must be a string, not null."],
  [{ ...identity, gender: "female" }, "/gender must be Male, Female, Other or Unknown."],
  [
    { ...identity, date_of_birth: "10.12.1990" },
    "/date_of_birth must be a date such as 1990-12-10: the year stands first, with dashes between.",
  ],
  [
    { ...identity, date_of_birth: "1990-02-30" },
    "/date_of_birth must be a date such as 1990-12-10: there is no such day.",
  ],
  [{ ...order, total_price: "59.7" }, "/total_price must be a number, not a string."],
  [{ ...order, status: "CANCELLED" }, "/status must be CONFIRMED, PENDING or CANCELED."],
  [
    { ...order, ordered_at: "2026-05-04" },
    "/ordered_at must be a date and time such as 2026-05-04T10:15:30Z: the time is missing.",
  ],
  [
    { ...order, ordered_at: "2026-05-04T10:15:30" },
    "/ordered_at must be a date and time such as 2026-05-04T10:15:30Z: the time zone is missing, Z for UTC.",
  ],
  [{ ...order, items: [{ sku: "a", quantity: 0, price: 1 }] }, "/items/0/quantity must be 1 or more."],
  [
    { ...order, items: [{ sku: "a", quantity: 1.5, price: 1 }] },
    "/items/0/quantity must be a whole number, not 1.5.",
  ],
  [{ ...add, product: {} }, "/product/sku is missing."],
  [{ ...search, num_results: -1 }, "/num_results must be 0 or more."],
  [{ ...custom, type: "" }, "/type must not be empty."],
  [{ ...custom, type: "x".repeat(51) }, "/type must have 50 characters or fewer; it has 51."],
])("%j is invalid and says why in one sentence", (event, message) => {
  const verdict = judge(event, "spec");
  expect(verdict.schema).toBe("invalid");
  expect(verdict.issues.map((issue) => issue.message)).toEqual([message]);
});

test.each<[JsonObject, string | undefined]>([
  [{ ...order, total_price: "59.7" }, "Leave out the quotes: 59.7."],
  [{ ...order, total_price: "59,70" }, "Leave out the quotes and write a decimal point: 59.70."],
  [{ ...order, total_price: "sixty" }, undefined],
  [{ ...search, search_term: 42 }, 'Put it in quotes: "42".'],
  [{ ...identity, gender: "F" }, "Did you mean Female?"],
  [{ ...order, status: "CANCELLED" }, "Did you mean CANCELED?"],
  [{ ...view, channel: "KIOSK" }, "Sitecore's documents know KIOSK, the specification does not."],
])("%j comes with the way out", (event, hint) => {
  expect(issueOf(event)?.hint).toBe(hint);
});

test("50 characters of a custom event's name are counted as people count them", () => {
  expect(said({ ...custom, type: "🛎".repeat(50) })).toEqual([]);
});

test("each missing field is named once, though every type repeats what all events must have", () => {
  expect(said({})).toEqual(
    ["channel", "type", "browser_id", "session_id", "pos", "currency"].map(
      (name) => `error missing-field: /${name} is missing.`,
    ),
  );
  expect(issueOf({ ...base, session_id: "s" })?.hint).toContain("The API answers 400 without it.");
});

test("errors stand before warnings, and warnings before what is only worth knowing", () => {
  const event = { ...identity, identifiers: [], currency: "eur", gender: "F" };
  expect(judge(event, "spec").issues.map(({ severity }) => severity)).toEqual(["error", "warning", "info"]);
});

test("a field that nobody knows is allowed, and one that looks like a slip is worth a question", () => {
  expect(said({ ...identity, utm_source: "mail", loyalty: 3 })).toEqual([]);
  for (const name of ["firstName", "first_name", "firstnmae", "fistname"]) {
    expect(said({ ...identity, [name]: "Ada" })).toEqual([
      `info unknown-field: /${name} is not a field of IDENTITY in the specification. Did you mean firstname?`,
    ]);
  }
  expect(said({ ...identity, dob: "1990-12-10" })[0]).toContain("Did you mean date_of_birth?");
  expect(said({ ...identity, firstname: "Ada", firstName: "Ada" })).toEqual([]);
});

test("an identity without identifiers is valid, and says what Sitecore's documents ask for", () => {
  const verdict = judge({ ...base, type: "IDENTITY", email: "ada@example.com" }, "spec");
  expect(verdict.schema).toBe("valid");
  expect(verdict.issues).toMatchObject([
    { severity: "info", code: "no-identifiers", catalog: "sitecore", certainty: "documented" },
  ]);
});

describe("the name of a custom event", () => {
  test.each(["CONFIRM", "confirm", "Checkout", "SC_ANYTHING", "sc_anything", "TRACKING"])(
    "%s is reserved",
    (type) => {
      expect(judge({ ...base, type }, "spec")).toMatchObject({
        schema: "invalid",
        issues: [{ code: "reserved-name", path: "/type" }],
      });
      expect(messageTypeOf({ type }, "spec")).toBeUndefined();
    },
  );

  test.each(["spec", "sitecore"] as const)(
    "in the wrong case it says which type was meant (%s)",
    (catalog) => {
      expect(said({ ...base, type: "view" }, catalog)).toEqual([
        "error reserved-name: /type must be VIEW: types are written in capitals.",
      ]);
    },
  );

  test("CUSTOM itself is a warning", () => {
    for (const catalog of ["spec", "sitecore"] as const) {
      expect(judge({ ...base, type: "CUSTOM" }, catalog)).toMatchObject({
        schema: catalog === "spec" ? "valid" : "unchecked",
        issues: [{ severity: "warning", code: "literal-custom" }],
      });
    }
  });

  test("a name near to a type is valid and worth a question", () => {
    expect(said({ ...base, type: "IDENTIFY" })).toEqual([
      "info unusual-name: /type IDENTIFY makes it an event of your own. Did you mean IDENTITY?",
    ]);
    expect(said({ ...base, type: "shop:VIEWED_PROMO" })).toEqual([]);
  });

  test("names of a language's own objects are names like any other", () => {
    for (const type of ["constructor", "__proto__", "toString"]) {
      expect(said({ ...base, type })).toEqual([]);
      expect(messageTypeOf({ type }, "spec")).toBe("CUSTOM");
    }
  });
});

describe("values that nobody will know what to do with are warnings", () => {
  test.each([
    ["eur", "Did you mean EUR?"],
    ["EURO", "Did you mean EUR?"],
    ["$", "Did you mean USD?"],
    ["ERU", "Did you mean EUR?"],
    ["USX", "Did you mean USD?"],
    ["florins and groats", undefined],
  ])("currency %s", (currency, hint) => {
    for (const catalog of ["spec", "sitecore"] as const) {
      const { schema, issues } = judge({ ...view, currency }, catalog);
      expect(schema).not.toBe("invalid");
      expect(issues).toMatchObject([{ severity: "warning", code: "unknown-currency", path: "/currency" }]);
      expect(issues[0]?.hint).toBe(hint);
    }
  });

  test("a language with a region", () => {
    expect(issueOf({ ...view, language: "en-GB" })).toMatchObject({
      severity: "warning",
      code: "unknown-language",
      hint: "Did you mean EN?",
    });
  });

  test("an empty point of sale or browser id, which the specification lets pass", () => {
    expect(said({ ...view, pos: "", browser_id: "" })).toEqual([
      "warning empty-field: /browser_id is empty: the API answers 400 without a browser id.",
      "warning empty-field: /pos is empty: an event of an unknown point of sale is answered with 201 and then lost.",
    ]);
  });
});

describe("the sitecore catalog, which has no schema yet", () => {
  test("calls invalid what every source does, and says that it is documented", () => {
    const verdict = judge({ pos: "", browser_id: 7 }, "sitecore");
    expect(verdict.schema).toBe("invalid");
    expect(verdict.issues.map(({ code, message, certainty }) => [code, message, certainty])).toEqual([
      ["missing-field", "/type is missing.", "documented"],
      ["wrong-type", "/browser_id must be a string.", "documented"],
      ["empty-field", "/pos must not be empty.", "documented"],
    ]);
  });

  test.each<[string, JsonValue]>([
    ["CONFIRM", [{ item_id: "a" }]],
    ["FORCE_CLOSE", null],
    ["SC_SEARCH_WIDGET_VIEW", null],
    ["ADD", { anything: true }],
  ])("takes %s as Sitecore's programs send it", (type, product) => {
    expect(judge({ ...base, type, product }, "sitecore")).toMatchObject({ schema: "unchecked", issues: [] });
  });
});

test("what is no event at all is told so", () => {
  for (const value of [null, [], "VIEW", 7]) {
    expect(said(value as unknown as JsonObject)).toEqual(["error wrong-type: The event must be an object."]);
  }
});

test("hostile events are judged without overflowing and with a bounded list of issues", () => {
  const long = 5_000_000;
  expect(issueOf({ ...identity, email: `${"a.".repeat(long)}@x` })?.message).toBe(
    "/email must have 100,000 characters or fewer; it has 10000002.",
  );
  expect(issueOf({ ...view, page: `https://x/${"a/".repeat(long)}` })?.code).toBe("invalid-uri");
  expect(issueOf({ ...base, type: "v".repeat(long) })?.code).toBe("too-long");
  const items = Array.from({ length: 20_000 }, () => ({ quantity: 0 }));
  expect(judge({ ...order, items }, "spec").issues).toHaveLength(100);
  const fields = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`emial${index}`, 1]));
  expect(judge({ ...identity, ...fields }, "spec").schema).toBe("valid");
});
