import { describe, expect, it } from "vitest";
import { deriveRef } from "./refs";
import { isoTime, readTime } from "./times";

describe("a derived reference", () => {
  it("is a UUID of version 8, the same for the same event and purpose, and another for any other", () => {
    const ref = deriveRef("4f2a", "session");
    expect(ref).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(deriveRef("4f2a", "session")).toBe(ref);
    expect(deriveRef("4f2a", "order")).not.toBe(ref);
    expect(deriveRef("4f2b", "session")).not.toBe(ref);
  });
});

describe("a time", () => {
  it.each([
    ["2026-11-23", "2026-11-23T00:00:00.000Z"],
    ["2026-11-23T10:15", "2026-11-23T10:15:00.000Z"],
    ["2026-11-23T10:15:30Z", "2026-11-23T10:15:30.000Z"],
    ["2026-11-23T10:15:30.5+02:00", "2026-11-23T08:15:30.500Z"],
  ])("%s is read the same whatever zone the machine is in", (text, iso) => {
    expect(isoTime(readTime(text) ?? NaN)).toBe(iso);
  });

  it.each(["", "yesterday", "2026-13-01", "2026-11-23 10:15", "1e3", "2026-11-23T25:00"])(
    "%j is none",
    (text) => {
      expect(readTime(text)).toBeUndefined();
    },
  );

  it("beyond what a date can hold becomes the furthest that it can", () => {
    expect(isoTime(Infinity)).toBe("+275760-09-13T00:00:00.000Z");
    expect(isoTime(NaN)).toBe("1970-01-01T00:00:00.000Z");
  });
});
