import { expect, it } from "vitest";
import type { GuestProfile } from "../model/guest-profile";
import { guestOf, sessionOf } from "./guests-for-tests";
import { headlineOf } from "./headline";

const ada = { firstName: "Ada", lastName: "King", guestType: "customer" } as const;
const tee = { id: "TEE", name: "Tee", quantity: 1, price: 19.9, currency: "EUR" };
const kiosk = sessionOf({ pointOfSale: "kiosk" });

const cases: readonly [string, string | null, GuestProfile | null, GuestProfile][] = [
  ["A new visitor came to kiosk", "VIEW", null, guestOf({ sessions: [kiosk] })],
  [
    "The visitor looked at a page of kiosk",
    "VIEW",
    guestOf({ sessions: [kiosk] }),
    guestOf({ sessions: [kiosk] }),
  ],
  ["Ada came to kiosk", "VIEW", guestOf(ada), guestOf({ ...ada, sessions: [kiosk] })],
  ["Ada is known now: the visitor became a customer", "IDENTITY", guestOf(), guestOf(ada)],
  [
    "Ada put Tee into the cart",
    "ADD",
    guestOf(ada),
    guestOf({ ...ada, cart: { sessionRef: "s-1", items: [tee], value: { EUR: 19.9 } } }),
  ],
  [
    "Ada was recognised on kiosk, and two guests became one",
    "IDENTITY",
    guestOf(ada),
    guestOf({ ...ada, sessions: [kiosk], mergedFrom: ["81c0-guest"] }),
  ],
  [
    "The session on kiosk was closed by time-out, and the cart was abandoned",
    null,
    guestOf({ sessions: [kiosk] }),
    guestOf({ sessions: [{ ...kiosk, status: "CLOSED", closedBy: "TIMEOUT", cartType: "ABANDONED" }] }),
  ],
  ["Ada sent shop:WISHLIST_ADD", "shop:WISHLIST_ADD", guestOf(ada), guestOf(ada)],
  ["Time passed", null, guestOf(), guestOf()],
];

it.each(cases)("tells: %s", (sentence, type, before, after) => {
  expect(headlineOf({ type }, before, after)).toBe(sentence);
});
