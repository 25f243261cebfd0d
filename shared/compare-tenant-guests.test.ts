import { describe, expect, it } from "vitest";
import { compareTenantGuests } from "./compare-tenant-guests";
import type { JsonObject } from "./model/json";

const differences = (before: JsonObject, after: JsonObject) =>
  compareTenantGuests({ raw: before }, { raw: after });

describe("two states of a tenant's guest", () => {
  it("differ in the fields whose values do, with both values", () => {
    const before = { ref: "g", firstName: "Ada", guestType: "visitor", gender: null };
    const after = { ref: "g", firstName: "Ada", guestType: "customer", gender: "female" };
    expect(differences(before, after)).toEqual([
      { path: "/guestType", before: "visitor", after: "customer" },
      { path: "/gender", before: null, after: "female" },
    ]);
  });

  it("differ in fields that came and went, which are absent and not null", () => {
    expect(differences({ phone: "1" }, { email: "ada@shop.example" })).toEqual([
      { path: "/phone", before: "1" },
      { path: "/email", after: "ada@shop.example" },
    ]);
  });

  it("differ inside lists and objects, by JSON Pointer", () => {
    const before = { identifiers: [{ provider: "email", id: "a" }], "a/b": { "c~d": 1 }, street: ["x"] };
    const after = {
      identifiers: [
        { provider: "email", id: "b" },
        { provider: "CRM", id: "7" },
      ],
      "a/b": { "c~d": 2 },
      street: {},
    };
    expect(differences(before, after)).toEqual([
      { path: "/identifiers/0/id", before: "a", after: "b" },
      { path: "/identifiers/1", after: { provider: "CRM", id: "7" } },
      { path: "/a~1b/c~0d", before: 1, after: 2 },
      { path: "/street", before: ["x"], after: {} },
    ]);
  });

  it("do not differ where only the order of fields does, or what they are called is a word of JavaScript", () => {
    expect(differences({ a: 1, b: { c: [1] } }, { b: { c: [1] }, a: 1 })).toEqual([]);
    const named = JSON.parse('{"constructor":1,"__proto__":{"x":1}}') as JsonObject;
    expect(differences({}, named)).toEqual([
      { path: "/constructor", after: 1 },
      { path: "/__proto__", after: { x: 1 } },
    ]);
  });

  it("are all new where there was no guest, and all gone where there is none", () => {
    const guest = { raw: { ref: "g" } };
    expect(compareTenantGuests(null, guest)).toEqual([{ path: "/ref", after: "g" }]);
    expect(compareTenantGuests(guest, null)).toEqual([{ path: "/ref", before: "g" }]);
    expect(compareTenantGuests(null, null)).toEqual([]);
  });
});
