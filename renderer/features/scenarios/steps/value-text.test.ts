import { describe, expect, test } from "vitest";
import { blockText, typedMap, typedValue, valueText, withKey } from "./value-text";

describe("a value as a person types it", () => {
  test("is read as the file would read it", () => {
    expect(typedValue("201")).toEqual({ ok: true, value: 201 });
    expect(typedValue("2xx")).toEqual({ ok: true, value: "2xx" });
    expect(typedValue("{ lt: 500 }")).toEqual({ ok: true, value: { lt: 500 } });
    expect(typedValue("{{ total }}")).toEqual({ ok: true, value: "{{ total }}" });
    expect(typedValue("  ")).toEqual({ ok: true, value: undefined });
  });

  test("says why it cannot be read", () => {
    expect(typedValue("{ lt: ")).toMatchObject({ ok: false });
    expect(typedMap("just words")).toMatchObject({ ok: false });
    expect(typedMap("a: 1")).toEqual({ ok: true, value: { a: 1 } });
  });

  test.each(["201", 201, true, "true", null, "a: b", { lt: 5, gt: 1 }, ["a", "b"], "{{ x }}", "{ x", "# no"])(
    "%j reads back as the same",
    (value) => {
      expect(typedValue(valueText(value))).toEqual({ ok: true, value });
      expect(typedValue(blockText(value))).toEqual({ ok: true, value });
    },
  );
});

describe("a map with a key", () => {
  test("keeps its order, and goes when it is empty", () => {
    expect(JSON.stringify(withKey({ a: 1, b: 2 }, "a", 3))).toBe('{"a":3,"b":2}');
    expect(withKey({ a: 1 }, "a", undefined)).toBeUndefined();
    expect(withKey(undefined, "a", 1)).toEqual({ a: 1 });
  });
});
