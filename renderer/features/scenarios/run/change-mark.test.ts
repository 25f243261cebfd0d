import { expect, test } from "vitest";
import { changeMarkOf } from "./change-mark";

test("a new guest counts what is known of it", () => {
  const value = {
    ref: "4f2a",
    guestType: "visitor",
    emails: [],
    cart: null,
    browsers: [{}],
    sessions: [{}],
    events: 1,
  };
  expect(changeMarkOf([{ op: "add", path: "", value }])).toEqual({
    sign: "added",
    count: 3,
    words: "3 changes on the guest",
  });
});

test("what moves with every event is not told", () => {
  expect(
    changeMarkOf([
      { op: "replace", path: "/lastSeen", value: "2026-11-25T10:36:00.000Z" },
      { op: "replace", path: "/events", value: 2 },
      { op: "replace", path: "/sessions/0/counters/views", value: 2 },
      { op: "add", path: "/setBy/~1cart", value: {} },
    ]),
  ).toBeNull();
});

test("the parts of one thing are one change", () => {
  expect(
    changeMarkOf([
      { op: "add", path: "/cart/items/1", value: {} },
      { op: "replace", path: "/cart/items/0/quantity", value: 2 },
      { op: "replace", path: "/cart/value/EUR", value: 59.7 },
    ]),
  ).toEqual({ sign: "changed", count: 2, words: "2 changes on the guest" });
});

test("what was only taken away is removed", () => {
  expect(changeMarkOf([{ op: "remove", path: "/firstName" }])?.sign).toBe("removed");
});
