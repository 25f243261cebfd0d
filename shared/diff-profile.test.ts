import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyChanges, diffProfiles } from "./diff-profile";
import type { GuestProfile, PatchOperation } from "./model/guest-profile";

const guest = (more: object): GuestProfile =>
  ({ ref: "g", sessions: [], ...more }) as unknown as GuestProfile;

describe("the changes of a profile", () => {
  it("are the whole profile where there was none", () => {
    const after = guest({});
    expect(diffProfiles(undefined, after)).toEqual([{ op: "add", path: "", value: after }]);
    expect(applyChanges(undefined, diffProfiles(undefined, after))).toEqual(after);
  });

  it("are none where nothing changed", () => {
    const one = guest({ emails: ["a"] });
    expect(diffProfiles(one, one)).toEqual([]);
    expect(diffProfiles(one, guest({ emails: ["a"] }))).toEqual([]);
  });

  it("name the one member of one session that changed", () => {
    const sessions = Array.from({ length: 500 }, (_, index) => ({ ref: `s${index}`, status: "CLOSED" }));
    const before = guest({ sessions });
    const after = guest({ sessions: sessions.with(499, { ref: "s499", status: "OPEN" }) });
    expect(diffProfiles(before, after)).toEqual([
      { op: "replace", path: "/sessions/499/status", value: "OPEN" },
    ]);
  });

  it("escape the names that JSON Pointer escapes", () => {
    const before = guest({ setBy: {} });
    const after = guest({ setBy: { "/a~b": 1 } });
    expect(diffProfiles(before, after)).toEqual([{ op: "add", path: "/setBy/~1a~0b", value: 1 }]);
    expect(applyChanges(before, diffProfiles(before, after))).toEqual(after);
  });

  it("leave what they are applied to as it was, and share what they do not touch", () => {
    const before = guest({ sessions: [{ ref: "a" }, { ref: "b" }], cart: { items: [1] } });
    const copy = structuredClone(before);
    const changes = diffProfiles(
      before,
      guest({ sessions: [{ ref: "a" }, { ref: "c" }], cart: { items: [1] } }),
    );
    const after = applyChanges(before, changes);
    expect(before).toEqual(copy);
    expect(after.sessions[0]).toBe(before.sessions[0]);
    expect(after.cart).toBe(before.cart);
  });

  it("keep their own values as they were, when later ones reach into them", () => {
    const first: PatchOperation[] = [{ op: "add", path: "/cart", value: { items: [1] } }];
    const later: PatchOperation[] = [...first, { op: "add", path: "/cart/items/-", value: 2 }];
    expect(applyChanges(guest({}), later)).toMatchObject({ cart: { items: [1, 2] } });
    expect(first).toEqual([{ op: "add", path: "/cart", value: { items: [1] } }]);
  });

  it("refuse to reach a prototype", () => {
    const evil = [{ op: "add", path: "/__proto__/polluted", value: true }] as const;
    expect(() => applyChanges(guest({}), evil)).toThrow();
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("give the profile after from the one before, whatever the two are", () => {
    // `__proto__` is refused on purpose, and no profile has it.
    const key = fc.string({ maxLength: 3 }).filter((name) => name !== "__proto__");
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, 1, "x"),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    const profile = fc.dictionary(key, value, { maxKeys: 5, noNullPrototype: true });
    fc.assert(
      fc.property(profile, profile, (one, other) => {
        const [before, after] = [guest(one), guest(other)];
        expect(applyChanges(before, diffProfiles(before, after))).toEqual(after);
      }),
    );
  });
});
