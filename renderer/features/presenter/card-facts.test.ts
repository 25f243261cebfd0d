import { describe, expect, it } from "vitest";
import type { GuestProfile } from "../../../shared/model/guest-profile";
import { cardFacts } from "./card-facts";

const profile = (change: Partial<GuestProfile> = {}): GuestProfile => ({
  ...{ ref: "g-1", guestType: "visitor", createdAt: "", firstSeen: "", lastSeen: "" },
  ...{ title: null, firstName: null, lastName: null, gender: null, dateOfBirth: null },
  ...{ emails: [], phoneNumbers: [], language: null, street: [], city: null, state: null },
  ...{ country: null, postCode: null, identifiers: [], browsers: [], sessions: [], orders: [], cart: null },
  ...{
    extensions: {},
    lifetimeValue: {},
    events: 0,
    setBy: {},
    mergedFrom: [],
    mergedInto: null,
    merges: [],
  },
  ...change,
});

describe("what the card on the stage says", () => {
  it("has a word for what is not there yet", () => {
    expect(cardFacts(profile(), null).map(({ value }) => value)).toEqual([
      "not known",
      "0",
      "0",
      "empty",
      "none yet",
      "0.00",
    ]);
  });

  it("marks what the step changed, and nothing of a new guest", () => {
    const after = profile({ emails: ["a@x.example", "b@x.example"], lifetimeValue: { EUR: 59.7 } });
    const changed = cardFacts(after, profile()).filter((fact) => fact.changed);
    expect(changed.map(({ label, value }) => [label, value])).toEqual([
      ["E-mail", "a@x.example + 1"],
      ["Lifetime", "59.70 EUR"],
    ]);
    expect(cardFacts(after, null).some((fact) => fact.changed)).toBe(false);
  });
});
