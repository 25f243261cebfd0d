import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import { startJourney } from "./testing/journey";

const identity = { email: "ada@lovelace.example" };

describe("what an IDENTITY says of a person", () => {
  it.each<{ says: string; payload: JsonObject; profile: object; path: string }>([
    { says: "firstname", payload: { firstname: "Ada" }, profile: { firstName: "Ada" }, path: "/firstName" },
    {
      says: "lastname",
      payload: { lastname: "Lovelace" },
      profile: { lastName: "Lovelace" },
      path: "/lastName",
    },
    { says: "title", payload: { title: "Dr" }, profile: { title: "Dr" }, path: "/title" },
    {
      says: "gender (REST: lower case)",
      payload: { gender: "Female" },
      profile: { gender: "female" },
      path: "/gender",
    },
    {
      says: "date_of_birth (AsyncAPI document)",
      payload: { date_of_birth: "1815-12-10" },
      profile: { dateOfBirth: "1815-12-10" },
      path: "/dateOfBirth",
    },
    {
      says: "dob (Sitecore)",
      payload: { dob: "1815-12-10T00:00" },
      profile: { dateOfBirth: "1815-12-10T00:00" },
      path: "/dateOfBirth",
    },
    {
      says: "phone and mobile",
      payload: { phone: "555 0100", mobile: "555 0101" },
      profile: { phoneNumbers: ["555 0100", "555 0101"] },
      path: "/phoneNumbers",
    },
    {
      says: "street, a list (Sitecore)",
      payload: { street: ["12 St James's Square", "Top"] },
      profile: { street: ["12 St James's Square", "Top"] },
      path: "/street",
    },
    {
      says: "postal_code",
      payload: { postal_code: "SW1Y" },
      profile: { postCode: "SW1Y" },
      path: "/postCode",
    },
    {
      says: "city, state and country",
      payload: { city: "London", state: "LND", country: "GB" },
      profile: { city: "London", state: "LND", country: "GB" },
      path: "/country",
    },
  ])("as $says is the guest's, with the event that set it", ({ payload, profile, path }) => {
    const { send, guestOf } = startJourney("spec");
    send("phone", "VIEW");
    send("phone", "IDENTITY", { ...identity, ...payload });
    expect(guestOf("phone")).toMatchObject(profile);
    expect(guestOf("phone").setBy[path]).toEqual({ eventRef: "event-2", type: "IDENTITY" });
  });

  it("adds e-mail addresses and telephone numbers without doubles", () => {
    const { send, guestOf } = startJourney("sitecore");
    send("phone", "IDENTITY", { email: "Ada@lovelace.example", phone: "555 0100" });
    send("phone", "IDENTITY", { email: "ada@lovelace.example", mobile: "555 0100" });
    send("phone", "IDENTITY", { email: "countess@lovelace.example" });
    expect(guestOf("phone").emails).toEqual(["Ada@lovelace.example", "countess@lovelace.example"]);
    expect(guestOf("phone").phoneNumbers).toEqual(["555 0100"]);
  });

  it("keeps its mark where a later event says the same, and gets a new one where it says otherwise", () => {
    const { send, guestOf } = startJourney("spec");
    send("phone", "IDENTITY", { ...identity, firstname: "Ada", lastname: "Byron" });
    send("phone", "IDENTITY", { ...identity, firstname: "Ada", lastname: "Lovelace" });
    expect(guestOf("phone").setBy).toMatchObject({
      "/firstName": { eventRef: "event-1" },
      "/lastName": { eventRef: "event-2" },
    });
  });

  it("is left as it was by values that are no texts", () => {
    const { send, guestOf } = startJourney("sitecore");
    const odd = {
      firstname: 7,
      lastname: {},
      email: [],
      street: { a: 1 },
      gender: null,
      phone: true,
      dob: "",
    };
    expect(send("phone", "IDENTITY", odd).status).toBe("PROCESSED");
    expect(guestOf("phone")).toMatchObject({
      firstName: null,
      lastName: null,
      emails: [],
      street: [],
      gender: null,
      phoneNumbers: [],
      dateOfBirth: null,
    });
  });

  it("is kept to a length that a profile can bear", () => {
    const { send, guestOf } = startJourney("sitecore");
    send("phone", "IDENTITY", { firstname: "x".repeat(1_000_000) });
    expect(guestOf("phone").firstName).toHaveLength(2_000);
  });
});

describe("ext", () => {
  const attributes = (count: number): Record<string, number> =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, index]));

  it("of an IDENTITY is the guest's data extension, with the event that set each attribute", () => {
    const { send, guestOf } = startJourney("spec");
    send("phone", "IDENTITY", { ...identity, ext: { tier: "gold", points: 3 } });
    send("phone", "IDENTITY", { ...identity, ext: { points: 4, vip: true } });
    expect(guestOf("phone").extensions).toEqual({ ext: { tier: "gold", points: 4, vip: true } });
    expect(guestOf("phone").setBy).toMatchObject({
      "/extensions/ext/tier": { eventRef: "event-1" },
      "/extensions/ext/points": { eventRef: "event-2" },
    });
  });

  it("of a guest holds 100 attributes, and what finds no room is said (Guest REST API; outcome unverified)", () => {
    const { send, guestOf } = startJourney("spec");
    const numbered = (from: number): JsonObject =>
      Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`a${from + index}`, index]));
    for (const from of [0, 50]) send("phone", "IDENTITY", { ...identity, ext: numbered(from) });
    const applied = send("phone", "IDENTITY", { ...identity, ext: { a0: 7, b: 1 } });
    expect(applied).toMatchObject({ status: "PROCESSED", issues: [{ code: "extension-full" }] });
    expect(Object.keys(guestOf("phone").extensions["ext"] ?? {})).toHaveLength(100);
    expect(guestOf("phone").extensions["ext"]).toMatchObject({ a0: 7 });
  });

  it("of any other event stays with the event", () => {
    const { send, guestOf } = startJourney("spec");
    send("phone", "VIEW", { ext: { tier: "gold" } });
    expect(guestOf("phone").extensions).toEqual({});
  });

  it.each<{ says: string; ext: JsonValue; status: string; codes: string[] }>([
    { says: "50 attributes pass", ext: attributes(50), status: "PROCESSED", codes: [] },
    { says: "51 attributes fail", ext: attributes(51), status: "FAILED", codes: ["too-many-attributes"] },
    {
      says: "nested attributes count after flattening",
      ext: { a: attributes(30), b: attributes(30) },
      status: "FAILED",
      codes: ["too-many-attributes"],
    },
    { says: "null disappears", ext: { a: null }, status: "PROCESSED", codes: [] },
    { says: "a list is left out", ext: { a: [1] }, status: "PROCESSED", codes: ["attribute-type"] },
    { says: "an object is left out", ext: { a: { b: 1 } }, status: "PROCESSED", codes: ["attribute-type"] },
    { says: "a name with _ is said", ext: { a_b: 1 }, status: "PROCESSED", codes: ["attribute-name"] },
    {
      says: "another odd name is left out",
      ext: { "a b": 1 },
      status: "PROCESSED",
      codes: ["attribute-name"],
    },
    { says: "what is no object is left out", ext: "gold", status: "PROCESSED", codes: ["wrong-type"] },
  ])("$says (Sitecore: send additional event data; outcomes unverified)", ({ ext, status, codes }) => {
    const { send } = startJourney("sitecore");
    const applied = send("phone", "VIEW", { ext });
    expect(applied.status).toBe(status);
    expect(applied.issues.map(({ code }) => code)).toEqual(codes);
    expect(applied.issues.every(({ certainty }) => certainty === "unverified")).toBe(true);
  });

  it("keeps the type that an attribute had first, for each event type apart", () => {
    const { send } = startJourney("sitecore");
    const first = send("phone", "VIEW", { ext: { size: 1 } });
    expect(first.extensionTypes).toEqual([{ eventType: "VIEW", attribute: "size", type: "number" }]);
    const other = send("laptop", "VIEW", { ext: { size: "1" } });
    expect(other).toMatchObject({
      status: "FAILED",
      issues: [{ code: "attribute-type-changed", path: "/ext/size" }],
    });
    expect(send("phone", "SEARCH", { ext: { size: "1" } }).status).toBe("PROCESSED");
  });

  it("never reaches a prototype", () => {
    const { send, guestOf } = startJourney("spec");
    const ext = JSON.parse('{"__proto__":{"polluted":true},"constructor":"x","toString":"y"}');
    send("phone", "IDENTITY", { ...identity, ext });
    expect(Object.keys(guestOf("phone").extensions["ext"] ?? {})).toEqual(["constructor", "toString"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});
