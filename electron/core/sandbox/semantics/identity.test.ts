import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../shared/model/json";
import type { CatalogName } from "../../../../shared/model/verdict";
import type { SandboxRules } from "./rules";
import { minute, startJourney } from "./testing/journey";

const crm = (id: string, more: JsonObject = {}): JsonObject => ({
  identifiers: [{ provider: "CRM", id }],
  ...more,
});
const mail = (email: string, more: JsonObject = {}): JsonObject => ({ email, ...more });

describe("an event that says who the guest is", () => {
  interface Case {
    says: string;
    source: string;
    catalog: CatalogName;
    rules?: Partial<SandboxRules>;
    type?: string;
    payload: JsonObject;
    guestType: "visitor" | "customer";
    identifiers: { provider: string; id: string }[];
    issue?: string;
  }
  const cases: Case[] = [
    {
      says: "makes a customer of the visitor by its e-mail, in the spec catalog",
      source: "AsyncAPI document: IDENTITY has the e-mail and no identifiers",
      catalog: "spec",
      payload: mail("ada@lovelace.example"),
      guestType: "customer",
      identifiers: [{ provider: "email", id: "ada@lovelace.example" }],
    },
    {
      says: "compares e-mail addresses in lower case",
      source: "Bellhop's reading, unverified (the REST API has email and email.untouched)",
      catalog: "spec",
      payload: mail("Ada@Lovelace.example"),
      guestType: "customer",
      identifiers: [{ provider: "email", id: "ada@lovelace.example" }],
    },
    {
      says: "makes a customer by an identifier that has a rule",
      source: "Sitecore: identifying guests; Stack Exchange 30883",
      catalog: "sitecore",
      payload: crm("77"),
      guestType: "customer",
      identifiers: [{ provider: "CRM", id: "77" }],
    },
    {
      says: "keeps an identifier without a rule, and the guest stays a visitor",
      source: "Sitecore: configure identity rules (the provider must equal the rule's)",
      catalog: "sitecore",
      payload: { identifiers: [{ provider: "LOYALTY", id: "1" }] },
      guestType: "visitor",
      identifiers: [{ provider: "LOYALTY", id: "1" }],
      issue: "no-identity-rule",
    },
    {
      says: "does not identify by personal data, in data model 2.1",
      source: "Sitecore, data model 2.1, IDENTITY: Stream API does not support using PII",
      catalog: "sitecore",
      rules: { identityRules: [{ personalData: ["email"] }, { provider: "email" }] },
      payload: mail("ada@lovelace.example"),
      guestType: "visitor",
      identifiers: [],
      issue: "nothing-identifies",
    },
    {
      says: "identifies by personal data, in data model 2.0",
      source: "Sitecore: examples of identity rules using personal data",
      catalog: "sitecore",
      rules: { dataModel: "2.0", identityRules: [{ personalData: ["email", "lastName"] }] },
      payload: mail("ada@lovelace.example", { lastname: "Lovelace" }),
      guestType: "customer",
      identifiers: [],
    },
    {
      says: "does not identify by a part of the personal data of a rule",
      source: "Sitecore: examples of identity rules using personal data (all must be equal)",
      catalog: "sitecore",
      rules: { dataModel: "2.0", identityRules: [{ personalData: ["email", "lastName"] }] },
      payload: mail("ada@lovelace.example"),
      guestType: "visitor",
      identifiers: [],
      issue: "nothing-identifies",
    },
    {
      says: "identifies by the contact of ADD_CONTACTS that has an identifier",
      source: "Sitecore: ADD_CONTACTS event",
      catalog: "sitecore",
      type: "ADD_CONTACTS",
      payload: { contact: [{ firstname: "Bob" }, crm("77", { firstname: "Ada" })] },
      guestType: "customer",
      identifiers: [{ provider: "CRM", id: "77" }],
    },
    {
      says: "takes nothing from contacts that identify nobody",
      source: "Sitecore: ADD_CONTACTS event",
      catalog: "sitecore",
      type: "ADD_CONTACTS",
      payload: { contact: [{ firstname: "Bob", identifiers: [{ provider: "LOYALTY", id: "1" }] }] },
      guestType: "visitor",
      identifiers: [],
      issue: "no-identity-rule",
    },
    {
      says: "is only an event where its type is another",
      source: "Sitecore: only IDENTITY identifies",
      catalog: "sitecore",
      type: "VIEW",
      payload: crm("77"),
      guestType: "visitor",
      identifiers: [],
    },
  ];

  it.each(cases)("$says ($source)", ({ catalog, rules, type, payload, guestType, identifiers, issue }) => {
    const { send, guestOf } = startJourney(catalog, rules);
    const applied = send("phone", type ?? "IDENTITY", payload);
    expect(applied.status).toBe("PROCESSED");
    expect(guestOf("phone")).toMatchObject({ guestType, identifiers });
    expect(applied.issues.map(({ code }) => code)).toEqual(issue === undefined ? [] : [issue]);
  });
});

describe("a guest who is found by a rule", () => {
  it("gets everything of the browser's former guest, who is retired", () => {
    const { send, guestOf, guest } = startJourney("spec", { unidentifiedOrder: "accept" });
    send("laptop", "IDENTITY", mail("ada@lovelace.example", { firstname: "Ada" }));
    send("phone", "ADD", { product: { sku: "TEE", price: 19.9 } });
    send("phone", "ORDER_CHECKOUT", { reference_id: "A1", total_price: 19.9 });
    send("phone", "ADD", { product: { sku: "CAP", price: 5 } });
    const applied = send("phone", "IDENTITY", mail("ada@lovelace.example", { phone: "555 0100" }));

    expect(applied.guestRef).toBe("guest-laptop");
    const survivor = guestOf("phone");
    expect(survivor).toMatchObject({
      ref: "guest-laptop",
      guestType: "customer",
      firstName: "Ada",
      phoneNumbers: ["555 0100"],
      lifetimeValue: { EUR: 19.9 },
      cart: { items: [{ id: "CAP" }] },
      events: 5,
      mergedFrom: ["guest-phone"],
    });
    expect(survivor.browsers.map(({ ref, movedFrom }) => [ref, movedFrom])).toEqual([
      ["laptop", null],
      ["phone", "guest-phone"],
    ]);
    expect(survivor.sessions).toHaveLength(2);
    expect(survivor.orders).toMatchObject([{ referenceId: "A1" }]);
    const retired = guest("guest-phone");
    expect(retired).toMatchObject({
      guestType: "retired",
      browsers: [],
      sessions: [],
      orders: [],
      cart: null,
      lifetimeValue: {},
      mergedInto: "guest-laptop",
    });
    expect(retired.merges).toEqual(survivor.merges);
  });

  it("is told of in a sentence that says which identifier, which rule, and what moved", () => {
    const { send, guestOf } = startJourney("spec");
    send("laptop", "IDENTITY", mail("ada@lovelace.example"));
    send("phone", "ADD", { product: { sku: "TEE", price: 19.9 } });
    send("phone", "IDENTITY", mail("ada@lovelace.example"));
    expect(guestOf("phone").merges[0]?.reason).toBe(
      "The identifier email ada@lovelace.example was already on guest gues. Identity rule 1 (email) matched, so " +
        "browser phon with its 1 session and cart moved to gues, and guest gues is retired.",
    );
  });

  it("is the one of the first rule, where several rules match", () => {
    const { send } = startJourney("sitecore");
    send("laptop", "IDENTITY", { identifiers: [{ provider: "email", id: "ada@lovelace.example" }] });
    send("desk", "IDENTITY", crm("77"));
    const both = [
      { provider: "CRM", id: "77" },
      { provider: "email", id: "ada@lovelace.example" },
    ];
    const applied = send("phone", "IDENTITY", { identifiers: both });
    expect(applied.guestRef).toBe("guest-laptop");
    // The CRM number is on another guest, and must not be on two.
    expect(applied.issues).toMatchObject([{ severity: "warning", code: "identifier-taken" }]);
  });

  it("is the one of a later rule, where the first finds nobody", () => {
    const { send } = startJourney("spec");
    send("desk", "IDENTITY", crm("77", { email: "old@lovelace.example" }));
    const applied = send("phone", "IDENTITY", crm("77", { email: "new@lovelace.example" }));
    expect(applied.guestRef).toBe("guest-desk");
  });

  it("can be the guest of the browser already, and nothing moves", () => {
    const { send, guestOf } = startJourney("spec");
    send("phone", "IDENTITY", mail("ada@lovelace.example"));
    const applied = send("phone", "IDENTITY", mail("ADA@lovelace.example", { city: "London" }));
    expect(applied.changes).toHaveLength(1);
    expect(guestOf("phone")).toMatchObject({ city: "London", emails: ["ada@lovelace.example"], merges: [] });
    expect(guestOf("phone").identifiers).toHaveLength(1);
  });

  it("has its own sessions closed first where they were due", () => {
    const { send, wait, guestOf } = startJourney("spec");
    send("laptop", "IDENTITY", mail("ada@lovelace.example"));
    wait(60 * minute);
    const { changes } = send("phone", "IDENTITY", mail("ada@lovelace.example"));
    expect(changes.map(({ event }) => event?.type ?? "time")).toEqual(["time", "IDENTITY", "IDENTITY"]);
    expect(guestOf("phone").sessions.map(({ status }) => status)).toEqual(["CLOSED", "OPEN"]);
  });

  it("carries on what its former guests were merged from", () => {
    const { send, guestOf } = startJourney("spec");
    send("a", "IDENTITY", mail("one@lovelace.example"));
    send("b", "IDENTITY", mail("one@lovelace.example"));
    send("c", "IDENTITY", mail("two@lovelace.example"));
    send("b", "IDENTITY", mail("two@lovelace.example"));
    expect(guestOf("a")).toMatchObject({ ref: "guest-c", mergedFrom: ["guest-b", "guest-a"] });
    expect(guestOf("a").merges).toHaveLength(2);
    expect(guestOf("a").identifiers.map(({ id }) => id)).toEqual([
      "two@lovelace.example",
      "one@lovelace.example",
    ]);
  });
});

describe("an identifier of a rule that is on nobody yet", () => {
  it("makes the current guest a customer by default, marked as unverified because the documents conflict", () => {
    const { send, guestOf } = startJourney("spec");
    const { changes } = send("phone", "IDENTITY", mail("ada@lovelace.example"));
    expect(guestOf("phone")).toMatchObject({ ref: "guest-phone", guestType: "customer" });
    expect(changes).toMatchObject([{ certainty: "unverified" }]);
  });

  it("makes a new visitor where the rules say so, and leaves the other with what it had", () => {
    const { send, guestOf, guest } = startJourney("spec", { whenNoMatch: "new-visitor" });
    send("phone", "VIEW");
    const applied = send("phone", "IDENTITY", mail("ada@lovelace.example"));
    const fresh = guestOf("phone");
    expect(fresh.ref).toBe(applied.guestRef);
    expect(fresh).toMatchObject({ guestType: "visitor", emails: ["ada@lovelace.example"], events: 1 });
    expect(fresh.browsers).toMatchObject([{ ref: "phone", movedFrom: "guest-phone" }]);
    expect(guest("guest-phone")).toMatchObject({ guestType: "visitor", browsers: [], events: 1 });
    expect(guest("guest-phone").sessions).toHaveLength(1);
  });
});
