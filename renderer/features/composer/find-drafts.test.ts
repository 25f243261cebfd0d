import { expect, test } from "vitest";
import { findDrafts } from "./find-drafts";

const all = [
  { name: "Checkout", messageType: "ORDER_CHECKOUT", text: '{ "pos": "kiosk" }' },
  { name: "Kiosk start", messageType: "VIEW", text: "{}" },
  { name: "Landing page", messageType: "VIEW", text: '{ "page": "https://shop.example/Hats" }' },
];
const names = (query: string): string[] => findDrafts(all, query).map(({ name }) => name);

test("every word must occur in name, type or text, in any case", () => {
  expect(names("view")).toEqual(["Kiosk start", "Landing page"]);
  expect(names(" VIEW  hats ")).toEqual(["Landing page"]);
  expect(names("nothing")).toEqual([]);
});

test("what has the words in its name comes before what has them in its text", () => {
  expect(names("kiosk")).toEqual(["Kiosk start", "Checkout"]);
});

test("without words all are there, in their order", () => {
  expect(names("  ")).toEqual(all.map(({ name }) => name));
});
