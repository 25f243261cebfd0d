import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../model/json";
import { matcherProblems } from "./check-matcher";
import { mismatches } from "./mismatches";

const guest: JsonValue = {
  guestType: "customer",
  emails: ["ada@example.com"],
  cart: null,
  orders: [{ price: 59.7, items: [{ sku: "TEE" }, { sku: "HAT" }] }],
  createdAt: "2026-11-25T10:00:00.000Z",
};

const messages = (expected: JsonValue, actual: JsonValue | undefined): string[] =>
  mismatches(expected, actual).map(({ message }) => message);

describe("a matcher holds", () => {
  it.each<[string, JsonValue, JsonValue]>([
    ["a literal", "customer", "customer"],
    ["null", null, null],
    ["a subset of a map", { guestType: "customer", orders: [{ price: 59.7 }] }, guest],
    ["a list item by item", ["ada@example.com"], ["ada@example.com"]],
    ["an empty map: any map", {}, { a: 1 }],
    ["equals, whatever the order of keys", { equals: { a: 1, b: [2] } }, { b: [2], a: 1 }],
    ["equals: what looks like a matcher", { equals: { length: 3 } }, { length: 3 }],
    ["matches anywhere in a text", { matches: "^ada@.*\\.com$" }, "ada@example.com"],
    ["matches a number's text", { matches: "^59" }, 59.7],
    ["exists: true", { a: { exists: true } }, { a: null }],
    ["exists: false", { b: { exists: false } }, { a: null }],
    ["gt", { gt: 59 }, 59.7],
    ["gte", { gte: 59.7 }, 59.7],
    ["lt", { lt: 60 }, 59.7],
    ["lte", { lte: 59.7 }, 59.7],
    ["gt of ISO dates", { gt: "2026-11-25" }, "2026-11-25T10:00:00.000Z"],
    ["oneOf", { oneOf: ["visitor", "customer"] }, "customer"],
    ["oneOf with matchers in it", { oneOf: [{ lt: 0 }, { gt: 10 }] }, 12],
    ["contains a text", { contains: "example" }, "ada@example.com"],
    ["contains an item that fits", { contains: { sku: "HAT" } }, [{ sku: "TEE" }, { sku: "HAT", n: 1 }]],
    ["length of a list", { length: 1 }, ["x"]],
    ["length of a text, in characters", { length: 2 }, "é😀"],
    ["length as a matcher", { length: { gte: 1, lt: 3 } }, ["x"]],
    ["several matchers at once", { gt: 1, lt: 3 }, 2],
  ])("%s", (_, expected, actual) => {
    expect(mismatches(expected, actual)).toEqual([]);
    expect(matcherProblems(expected)).toEqual([]);
  });

  it("whatever JSON value equals itself", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(
          mismatches({ equals: value as JsonValue }, JSON.parse(JSON.stringify(value)) as JsonValue),
        ).toEqual([]);
      }),
    );
  });
});

describe("a matcher that does not hold says so in a sentence", () => {
  it.each<[JsonValue, JsonValue | undefined, string]>([
    ["customer", "visitor", 'It is "visitor", and should be "customer".'],
    [1, "1", 'It is "1", and should be 1.'],
    [{ orders: [{ price: { gt: 60 } }] }, guest, "/orders/0/price is 59.7, and should be greater than 60."],
    [{ gte: 60 }, 59.7, "It is 59.7, and should be at least 60."],
    [{ lt: 5 }, 5, "It is 5, and should be less than 5."],
    [{ lte: 4 }, 5, "It is 5, and should be at most 4."],
    [{ gt: 3 }, "4", 'It is "4", and should be greater than 3.'],
    [{ firstName: "Ada" }, guest, '/firstName is missing, and should be "Ada".'],
    [{ cart: { exists: false } }, guest, "/cart is null, and should not exist."],
    [{ x: { exists: true } }, guest, "/x is missing, and should exist."],
    [{ matches: "^b" }, "ada", 'It is "ada", and should match ^b.'],
    [{ equals: {} }, { a: 1 }, 'It is {"a":1}, and should equal {}.'],
    [{ oneOf: [1, 2] }, 3, "It is 3, and should be one of 1, 2."],
    [{ contains: "x" }, "ada", 'It is "ada", and should contain "x".'],
    [{ length: 2 }, [1], "It is [1], and should have the length 2, not 1."],
    [[1, 2], [1], "It is [1], and should have 2 items, not 1."],
    [{ a: 1 }, 5, 'It is 5, and should be a map with {"a":1}.'],
    [[1], undefined, "It is missing, and should be a list like [1]."],
    [{ constructor: { exists: true } }, {}, "/constructor is missing, and should exist."],
  ])("%j against %j", (expected, actual, message) => {
    expect(messages(expected, actual)).toEqual([message]);
  });

  it("for every place, with its pointer, what was expected and what came", () => {
    expect(
      mismatches({ orders: [{ items: [{ sku: "A" }, { sku: "HAT" }] }], "a/b": 1 }, guest),
    ).toMatchObject([
      { path: "/orders/0/items/0/sku", expected: "A", actual: "TEE" },
      { path: "/a~1b", expected: 1 },
    ]);
    expect(mismatches({ "a/b": 1 }, guest)[0]).not.toHaveProperty("actual");
  });

  it("a status is a class, a number or a matcher of them", () => {
    const status = (expected: JsonValue, actual: number): string[] =>
      mismatches(expected, actual, { name: "The status", status: true }).map(({ message }) => message);
    expect(status("2xx", 201)).toEqual([]);
    expect(status(201, 201)).toEqual([]);
    expect(status({ oneOf: ["4xx", 201] }, 404)).toEqual([]);
    expect(status("2xx", 404)).toEqual(['The status is 404, and should be "2xx".']);
    expect(mismatches("2xx", 201)).toHaveLength(1);
  });

  it("a pattern runs in linear time", () => {
    expect(mismatches({ matches: "^(a+)+$" }, `${"a".repeat(50_000)}b`)).toHaveLength(1);
  });
});

describe("a matcher that can never work is found before anything is compared", () => {
  it.each<[JsonValue, string, string]>([
    [{ a: { matches: "(?=x)" } }, "/a/matches", "look-around"],
    [{ matches: "(?<!x)y" }, "/matches", "look-around"],
    [{ matches: "(" }, "/matches", "is no pattern"],
    [{ matches: 5 }, "/matches", "a pattern in quotes"],
    [{ matches: "x".repeat(3000) }, "/matches", "longer than 2000"],
    [{ exists: "yes" }, "/exists", "true or false"],
    [{ gt: [1] }, "/gt", "takes a number"],
    [{ oneOf: "a" }, "/oneOf", "takes a list"],
    [{ oneOf: [1, { matches: "(" }] }, "/oneOf/1/matches", "is no pattern"],
    [{ length: -1 }, "/length", "a whole number"],
    [[{ length: "x" }], "/0/length", "a whole number"],
    [{ gte: 1, lenght: 2 }, "/lenght", "lenght is no matcher"],
  ])("%j", (matcher, pointer, message) => {
    expect(matcherProblems(matcher)).toMatchObject([
      { pointer, message: expect.stringContaining(message) as string },
    ]);
  });

  it("but not what a template is still to fill, nor a look-around that is escaped", () => {
    expect(matcherProblems({ length: "{{ n }}", a: { matches: "{{ pattern }}" } })).toEqual([]);
    expect(matcherProblems({ matches: "\\(?=x" })).toEqual([]);
  });

  it("a status that no answer has", () => {
    expect(matcherProblems("20x", { status: true })).toHaveLength(1);
    expect(matcherProblems(20, { status: true })).toHaveLength(1);
    expect(matcherProblems({ oneOf: ["2xx", 404] }, { status: true })).toEqual([]);
  });
});
