import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonValue } from "../../../shared/model/json";
import { differencesOf, differenceWords, inOrderOf } from "./compare-events";

test("a field that is new, gone or changed is named by its place and by which side has it", () => {
  const entry = { type: "VIEW", pos: "a", items: [1, 2], "a/b": { c: 1 } };
  const draft = { type: "VIEW", page: "/", items: [1], "a/b": { c: null } };
  expect(differencesOf(entry, draft)).toEqual([
    { path: "/page", kind: "only in the draft" },
    { path: "/items/1", kind: "only in the entry" },
    { path: "/a~1b/c", kind: "changed" },
    { path: "/pos", kind: "only in the entry" },
  ]);
  expect(differenceWords(differencesOf({ a: 1 }, { a: 2 }))).toBe("1 difference: /a changed.");
  expect(differenceWords([])).toBe("No difference.");
});

const json = fc.jsonValue() as fc.Arbitrary<JsonValue>;

test("a value differs in nothing from itself, in whatever order its fields stand", () => {
  fc.assert(
    fc.property(json, json, (value, model) => {
      const ordered = inOrderOf(value, model);
      expect(ordered).toEqual(value);
      expect(differencesOf(value, ordered)).toEqual([]);
    }),
  );
});

test("two values that differ in nothing are the same text once their fields stand in the same order", () => {
  fc.assert(
    fc.property(json, json, (one, other) => {
      const same = differencesOf(one, other).length === 0;
      const text = JSON.stringify(inOrderOf(one, other)) === JSON.stringify(other);
      expect(same).toBe(text);
    }),
  );
});
