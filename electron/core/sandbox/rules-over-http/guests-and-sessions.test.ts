import { describe, expect } from "vitest";
import { crm, identity, minute, sitecore, spec, playCases, type Case } from "./cases";

const guests: Case[] = [
  {
    rule: "a browser id brings a visitor",
    source: "Personalize: create a browser ID",
    steps: [spec("a", "VIEW")],
    guest: { guestType: "visitor", events: 1, browsers: [{ channel: "WEB", pointOfSale: "bellhop" }] },
  },
  {
    rule: "an e-mail of the spec catalog makes the visitor a customer, by the provider email",
    source: "AsyncAPI document; Sitecore: identifying guests",
    steps: [spec("a", "IDENTITY", { ...identity, firstname: "Ada", date_of_birth: "1990-01-01" })],
    guest: {
      ...{ guestType: "customer", firstName: "Ada", dateOfBirth: "1990-01-01", emails: [identity.email] },
      identifiers: [{ provider: "email", id: identity.email }],
    },
  },
  {
    rule: "an identifier on another guest moves the browser there and retires its guest",
    source: "Sitecore: examples of identity rules",
    steps: [spec("b", "IDENTITY", identity), spec("a", "VIEW"), spec("a", "IDENTITY", identity)],
    guest: { guestType: "customer", events: 3, mergedFrom: [expect.any(String)], browsers: [{}, {}] },
    counts: { guests: 1, sessions: 2 },
  },
  {
    rule: "the first rule that matches wins",
    source: "Sitecore: configure identity rules",
    config: { identityRules: [{ provider: "CRM" }, { provider: "email" }] },
    steps: [
      sitecore("b", "IDENTITY", crm),
      sitecore("c", "IDENTITY", { identifiers: [{ provider: "email", id: identity.email }] }),
      sitecore("a", "IDENTITY", {
        identifiers: [{ provider: "email", id: identity.email }, ...crm.identifiers],
      }),
    ],
    guest: { identifiers: [{ provider: "CRM", id: "77" }], browsers: [{}, {}] },
    counts: { guests: 2 },
  },
  {
    rule: "in data model 2.1 personal data identify nobody",
    source: "Sitecore, data model 2.1: Stream API does not support using PII",
    config: { identityRules: [{ personalData: ["email"] }] },
    steps: [sitecore("b", "IDENTITY", identity), sitecore("a", "IDENTITY", identity)],
    guest: { guestType: "visitor", emails: [identity.email] },
    counts: { guests: 2 },
  },
  {
    rule: "in data model 2.0 personal data may identify",
    source: "Sitecore: examples of identity rules using personal data",
    config: { dataModel: "2.0", identityRules: [{ personalData: ["email"] }] },
    steps: [sitecore("b", "IDENTITY", identity), sitecore("a", "IDENTITY", identity)],
    guest: { guestType: "customer", browsers: [{}, {}] },
    counts: { guests: 1 },
  },
  {
    rule: "without a match a new visitor is made, where that is set",
    source: "Sitecore: examples of identity rules (conflicts with identifying guests)",
    config: { whenNoMatch: "new-visitor" },
    steps: [spec("a", "VIEW"), spec("a", "IDENTITY", identity)],
    guest: { events: 1, emails: [identity.email] },
    counts: { guests: 2, sessions: 2 },
  },
];

const sessions: Case[] = [
  {
    rule: "are one for a browser and session_id in the spec catalog",
    source: "AsyncAPI document",
    steps: [spec("a", "VIEW"), spec("a", "VIEW"), spec("a", "VIEW", { session_id: "other" })],
    guest: { sessions: [{ counters: { events: 2 } }, { counters: { events: 1 } }] },
    counts: { sessions: 2 },
  },
  {
    rule: "are one for a browser, channel and point of sale in Sitecore's documents",
    source: "Sitecore: understanding sessions and events",
    steps: [
      sitecore("a", "VIEW"),
      sitecore("a", "VIEW"),
      sitecore("a", "VIEW", { channel: "MOBILE_APP" }),
      sitecore("a", "VIEW", { pos: "kiosk" }),
    ],
    counts: { sessions: 3 },
  },
  {
    rule: "close by the time-out of their point of sale",
    source: "Sitecore: manage a point of sale",
    steps: [sitecore("a", "VIEW"), sitecore("a", "VIEW", { pos: "kiosk" }), { advance: 20 * minute }],
    guest: { sessions: [{ status: "OPEN" }, { status: "CLOSED", closedBy: "TIMEOUT" }] },
  },
  {
    rule: "whose session_id is known and closed begin anew",
    source: "AsyncAPI document",
    steps: [spec("a", "VIEW"), { advance: 31 * minute }, spec("a", "VIEW")],
    guest: { sessions: [{ status: "CLOSED" }, { status: "OPEN" }] },
  },
  {
    rule: "close at FORCE_CLOSE",
    source: "Sitecore: FORCE_CLOSE event",
    steps: [sitecore("a", "VIEW"), sitecore("a", "FORCE_CLOSE")],
    guest: { sessions: [{ status: "CLOSED", closedBy: "FORCE_CLOSE" }] },
  },
];

describe("over HTTP, guests", () => playCases(guests));
describe("over HTTP, sessions", () => playCases(sessions));
