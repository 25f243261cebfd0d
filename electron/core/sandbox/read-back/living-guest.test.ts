import { describe, expect, it } from "vitest";
import { visitor } from "../semantics/new-visitor";
import { livingGuest } from "./living-guest";

/** Guests of whom each became the next one. */
const merged = (refs: readonly string[]) => {
  const profiles = refs.map((ref, place) => {
    const mergedInto = refs[place + 1] ?? null;
    const guest = visitor(ref, `browser-of-${ref}`, "2026-01-01T10:00:00.000Z");
    return { ...guest, mergedInto, ...(mergedInto !== null && { guestType: "retired" as const }) };
  });
  return {
    profile: (ref: string) => Promise.resolve(profiles.find((profile) => profile.ref === ref) ?? null),
  };
};

describe("a stale reference", () => {
  it("leads to the living guest over however many merges", async () => {
    const guests = merged(Array.from({ length: 151 }, (_, place) => `guest-${place}`));
    await expect(livingGuest("guest-0", guests)).rejects.toMatchObject({
      answer: { body: { code: "guest-retired", developerMessage: expect.stringContaining("guest-150 ") } },
    });
  });

  it("ends where merges go in a circle", async () => {
    await expect(livingGuest("one", merged(["one", "other", "one"]))).rejects.toMatchObject({
      answer: { body: { code: "guest-retired" } },
    });
  });
});
