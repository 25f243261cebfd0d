import { expect, it } from "vitest";
import { changesInWords } from "../../../shared/guest-words/changes-in-words";
import { guestOf } from "../../../shared/guest-words/guests-for-tests";
import { attributeRows, extensionRows } from "./attribute-rows";

const mark = { eventRef: "e-1", type: "IDENTITY" };

it("lists what a guest has, with the event that set it and what this step changed", () => {
  const before = guestOf({ lastName: "Lovelace", phoneNumbers: ["1"] });
  const after = guestOf({
    lastName: "King",
    setBy: { "/lastName": mark, "/emails/0": mark },
    emails: ["a@x.example"],
  });
  const rows = attributeRows(after, changesInWords(before, after));
  expect(
    rows.map(({ label, value, change, setBy }) => [label, value, change?.sign ?? "", setBy?.type ?? ""]),
  ).toEqual([
    ["Guest type", "visitor", "", ""],
    ["Last name", "King", "changed", "IDENTITY"],
    ["E-mail", "a@x.example", "added", "IDENTITY"],
    ["Phone", null, "removed", ""],
    ["First seen", expect.any(String), "", ""],
    ["Last seen", expect.any(String), "", ""],
  ]);
});

it("lists extension data, and what is gone of it", () => {
  const before = guestOf({ extensions: { ext: { old: 1, "a/b": "x" } } });
  const after = guestOf({ extensions: { ext: { "a/b": "y" } }, setBy: { "/extensions/ext/a~1b": mark } });
  const rows = extensionRows(after, changesInWords(before, after));
  expect(rows.map(({ label, value, change }) => [label, value, change?.sign])).toEqual([
    ["a/b", "y", "changed"],
    ["old", null, "removed"],
  ]);
  expect(rows[0]?.setBy).toEqual(mark);
});
