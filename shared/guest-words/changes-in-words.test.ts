import { expect, it } from "vitest";
import type { GuestOrder, GuestProfile, GuestSession } from "../model/guest-profile";
import { changesInWords, countChanges } from "./changes-in-words";
import { guestOf, sessionOf } from "./guests-for-tests";

const told = (before: GuestProfile | null, after: GuestProfile): string[] =>
  changesInWords(before, after).map(
    ({ sign, label, old, new: now, quiet }) =>
      `${quiet ? "(quiet) " : ""}${sign} ${label}: ${[old, now].map((value) => value ?? "none").join(" → ")}`,
  );

const order: GuestOrder = {
  ...{ ref: "o-1", referenceId: "A-1", orderedAt: "2026-11-25T10:00:00.000Z", status: "PURCHASED" },
  ...{
    currencyCode: "EUR",
    price: 59.7,
    paymentType: null,
    counts: true,
    sessionRef: "s-1",
    eventRef: "e-1",
  },
  ...{ pointOfSale: "bellhop", channel: "WEB", items: [] },
};

it("says nothing where nothing changed", () => {
  expect(changesInWords(guestOf(), guestOf())).toEqual([]);
});

it("tells attributes by their plain names, old and new", () => {
  const before = guestOf({ lastName: "Lovelace" });
  expect(told(before, guestOf({ lastName: "King", dateOfBirth: "1990-12-10", gender: "female" }))).toEqual([
    "changed Last name: Lovelace → King",
    "added Born: none → 10 December 1990",
    "added Gender: none → Female",
  ]);
});

it("tells each e-mail that came or went, and one replaced by another as a change", () => {
  const [a, b, c] = ["a@x.example", "b@x.example", "c@x.example"];
  expect(told(guestOf({ emails: [a] }), guestOf({ emails: [a, b] }))).toEqual([`added E-mail: none → ${b}`]);
  expect(told(guestOf({ emails: [a] }), guestOf({ emails: [b] }))).toEqual([`changed E-mail: ${a} → ${b}`]);
  expect(told(guestOf({ emails: [a] }), guestOf({ emails: [b, c] }))).toHaveLength(3);
});

it("tells that a session opened, that it closed and why, and what became of its cart", () => {
  const open = sessionOf({ pointOfSale: "kiosk" });
  const closed: GuestSession = { ...open, status: "CLOSED", closedBy: "TIMEOUT", cartType: "ABANDONED" };
  expect(told(guestOf(), guestOf({ sessions: [open] }))).toEqual(["added Session on kiosk: none → opened"]);
  expect(told(guestOf({ sessions: [open] }), guestOf({ sessions: [closed] }))).toEqual([
    "changed Session on kiosk: open → closed by time-out",
    "changed Cart type on kiosk: browsed → abandoned",
  ]);
});

it("tells the counters last and quietly", () => {
  const session = sessionOf();
  const seen = { ...session, lastPage: "/cart", counters: { ...session.counters, views: 2, events: 2 } };
  const before = guestOf({ sessions: [session], events: 1, firstName: "Ada" });
  expect(told(before, guestOf({ sessions: [seen], events: 2, firstName: "Augusta" }))).toEqual([
    "changed First name: Ada → Augusta",
    "(quiet) changed Last page on bellhop: / → /cart",
    "(quiet) changed Page views: 1 → 2",
    "(quiet) changed Events: 1 → 2",
  ]);
});

it("tells what came into the cart and what the cart is worth", () => {
  const tee = { id: "TEE", name: "Tee", quantity: 1, price: 19.9, currency: "EUR" };
  const cart = { sessionRef: "s-1", items: [tee], value: { EUR: 19.9 } };
  const two = { ...cart, items: [{ ...tee, quantity: 2 }], value: { EUR: 39.8 } };
  expect(told(guestOf(), guestOf({ cart }))).toEqual([
    "added In the cart: Tee: none → 1 × 19.90 EUR",
    "added Cart: none → 19.90 EUR",
  ]);
  expect(told(guestOf({ cart }), guestOf({ cart: two }))).toEqual([
    "changed In the cart: Tee: 1 × 19.90 EUR → 2 × 19.90 EUR",
    "changed Cart: 19.90 EUR → 39.80 EUR",
  ]);
  expect(told(guestOf({ cart }), guestOf())).toEqual(["removed Cart: 19.90 EUR → none"]);
});

it("tells an order and the lifetime value that it brings, with the digits of the currency", () => {
  expect(told(guestOf(), guestOf({ orders: [order], lifetimeValue: { EUR: 59.7 } }))).toEqual([
    "added Order A-1: none → 59.70 EUR",
    "changed Lifetime value: 0.00 EUR → 59.70 EUR",
  ]);
  expect(told(guestOf(), guestOf({ lifetimeValue: { JPY: 5970 } }))).toEqual([
    "changed Lifetime value: 0 JPY → 5,970 JPY",
  ]);
  const cancelled = { ...order, status: "CANCELED", counts: false };
  expect(told(guestOf({ orders: [order] }), guestOf({ orders: [cancelled] }))).toEqual([
    "changed Order A-1: 59.70 EUR → 59.70 EUR, counts nothing",
    "changed Order A-1, status: PURCHASED → CANCELED",
  ]);
});

it("tells extension data by its attribute, with the extension's own name where it has one", () => {
  const after = guestOf({ extensions: { ext: { tier: "gold" }, loyalty: { points: 12, active: true } } });
  expect(told(guestOf({ extensions: { ext: { tier: "silver" } } }), after)).toEqual([
    "changed tier: silver → gold",
    "added loyalty: points: none → 12",
    "added loyalty: active: none → true",
  ]);
});

it("tells a merge: the browser that came, counts of what came along, and the guest that is no more", () => {
  const before = guestOf({ sessions: [sessionOf()], events: 5 });
  const browser = {
    ...{ ref: "77ab-browser", channel: "WEB", pointOfSale: "kiosk", movedFrom: "81c0-guest" },
    ...{ firstSeen: before.firstSeen, lastSeen: before.lastSeen },
  };
  const after = guestOf({
    browsers: [browser],
    sessions: [sessionOf(), sessionOf({ ref: "s-2" })],
    mergedFrom: ["81c0-guest"],
    events: 11,
  });
  expect(told(before, after)).toEqual([
    "added Browser: none → 77ab, from 81c0",
    "changed Sessions: 1 → 2",
    "changed Events: 5 → 11",
    "removed Guest 81c0: none → retired, now this guest",
  ]);
});

it("tells all that a new guest has", () => {
  expect(told(null, guestOf({ language: "EN" }))).toContain("added Guest type: none → visitor");
});

it("counts the lines by their signs, without those that are none", () => {
  const lines = changesInWords(guestOf({ lastName: "L" }), guestOf({ lastName: "K", city: "Turin" }));
  expect(countChanges(lines).map(({ text }) => text)).toEqual(["1 added", "1 changed"]);
});
