import { expect, test } from "vitest";
import { editedFields } from "./edited-fields";

test("fields that were changed, added or taken out are named, and no others", () => {
  const before = { type: "IDENTITY", email: "ada@example.com", ext: { tier: "gold", "a/b": 1 }, gone: true };
  const after = {
    type: "IDENTITY",
    email: "ada@lovelace.example",
    ext: { tier: "gold", "a/b": 2 },
    pos: "kiosk",
  };
  expect(editedFields(before, after)).toEqual(["/email", "/ext/a~1b", "/gone", "/pos"]);
});

test("an event that was put back has no edited field, whatever its order", () => {
  expect(editedFields({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toEqual([]);
});
