import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../shared/model/json";
import { normaliseGuest, refInHref } from "./normalise-guest";

const normalised = (raw: JsonObject) => normaliseGuest(raw, "staging", "asked", "2026-01-01T00:00:00.000Z");

describe("a tenant's guest", () => {
  it("has the documented fields in the form of the sandbox's profiles", () => {
    const raw: JsonObject = {
      href: "https://api.example/v2.1/guests/g-1",
      ref: "g-1",
      guestType: "customer",
      email: "ada@shop.example",
      emails: ["old@shop.example", "ada@shop.example"],
      phone: 353,
      street: ["1 Main Street"],
      postCode: "D02",
      identifiers: [{ provider: "CRM", id: 7, expiryDate: null }, { provider: "CRM" }, null],
    };
    expect(normalised(raw)).toMatchObject({
      environment: "staging",
      ref: "g-1",
      guestType: "customer",
      firstName: null,
      emails: ["old@shop.example", "ada@shop.example"],
      phoneNumbers: ["353"],
      street: ["1 Main Street"],
      postCode: "D02",
      identifiers: [{ provider: "CRM", id: "7" }],
      raw,
    });
  });

  it("takes no other type than expected, and no end of a text or list", () => {
    const guest = normalised({
      ref: { toString: "x" },
      firstName: ["Ada"],
      lastName: "x".repeat(5000),
      emails: Array.from({ length: 5000 }, (_, index) => `${index}@shop.example`),
      identifiers: "CRM",
      street: { 0: "x" },
    });
    expect(guest).toMatchObject({ ref: "asked", firstName: null, identifiers: [], street: [] });
    expect(guest.lastName).toHaveLength(1000);
    expect(guest.emails).toHaveLength(100);
  });

  it("reads nothing that it only inherits", () => {
    expect(normalised({}).ref).toBe("asked");
    expect(normalised(JSON.parse('{"__proto__":{"firstName":"Eve"}}') as JsonObject).firstName).toBeNull();
  });
});

describe("the reference in an address", () => {
  it.each([
    ["https://api.example/v2/guests/f7aabbca-1c1b", "f7aabbca-1c1b"],
    ["/v2/guests/g?x=1#y", "g"],
    ["https://api.example/v2/guests/", null],
    ["https://api.example/v2/guests/..", null],
    ["https://api.example/v2/guests/%2e%2e", null],
    [`https://api.example/${"x".repeat(3000)}`, null],
    [7, null],
    [undefined, null],
  ])("of %s is %s", (href, ref) => expect(refInHref(href)).toBe(ref));
});
