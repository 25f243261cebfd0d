import { expect, it } from "vitest";
import { guestOf } from "../../../shared/guest-words/guests-for-tests";
import type { GuestOrder, GuestProfile } from "../../../shared/model/guest-profile";
import { milestonesOf } from "./milestones";
import { stepOf } from "./steps-for-tests";

const order = { ref: "o-1", referenceId: "A-1", price: 1, counts: true, items: [] } as unknown as GuestOrder;
const named = (states: readonly [type: string | null, profile: GuestProfile, from?: string][]): string[] =>
  milestonesOf(
    states.map(([type, profile, from], index) =>
      stepOf(index + 1, states[index - 1]?.[1], profile, { type, ...(from !== undefined && { from }) }),
    ),
  ).map(({ index, label }) => `${index + 1} ${label}`);

it("tells the first page view, the first cart, when the guest became known, each merge and each order", () => {
  const known = guestOf({ guestType: "customer", emails: ["ada@x.example"] });
  const merged = { ...known, mergedFrom: ["other"] };
  const ordered = { ...merged, orders: [order] };
  expect(
    named([
      [null, guestOf()],
      ["VIEW", guestOf({ events: 1 })],
      ["VIEW", guestOf({ events: 2 })],
      ["ADD", guestOf({ events: 3 })],
      ["ADD", guestOf({ events: 4 })],
      ["IDENTITY", known],
      ["IDENTITY", merged],
      ["ORDER_CHECKOUT", ordered],
      ["ORDER_CHECKOUT", { ...ordered, orders: [order, { ...order, ref: "o-2" }] }],
      ["ORDER_CHECKOUT", { ...ordered, orders: [order, { ...order, ref: "o-2", status: "CANCELED" }] }],
    ]),
  ).toEqual([
    "2 First page view",
    "4 First cart",
    "6 Known by e-mail",
    "7 Two became one",
    "8 Order",
    "9 Order",
  ]);
});

it("knows a guest whose first step tells all", () => {
  expect(named([["IDENTITY", guestOf({ emails: ["ada@x.example"], guestType: "customer" })]])).toEqual([
    "1 Known by e-mail",
  ]);
});

it("tells a retirement in the retired guest's own history, and not beside the merge in the other's", () => {
  const retired = guestOf({ guestType: "retired", mergedInto: "ada" });
  expect(
    named([
      [null, guestOf()],
      ["IDENTITY", retired],
    ]),
  ).toEqual(["2 Became another guest"]);
  expect(
    named([
      [null, guestOf(), "old"],
      ["IDENTITY", retired, "old"],
    ]),
  ).toEqual([]);
});
