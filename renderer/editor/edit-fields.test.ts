import { expect, test } from "vitest";
import { applyEdits, removeField, writeField } from "./edit-fields";

const text = '{\n  "type": "VIEW",\n  "page": "https://shop.example/"\n}';

test("a field that overrides is written after the type, and everything else stays as typed", () => {
  expect(applyEdits(text, writeField(text, "pos", "kiosk"))).toBe(
    '{\n  "type": "VIEW",\n  "pos": "kiosk",\n  "page": "https://shop.example/"\n}',
  );
});

test("a field is written into an empty event", () => {
  expect(JSON.parse(applyEdits("{}", writeField("{}", "pos", "kiosk")))).toEqual({ pos: "kiosk" });
});

test("a field that is there already gets the new value", () => {
  expect(JSON.parse(applyEdits(text, writeField(text, "type", "ADD")))).toMatchObject({ type: "ADD" });
});

test.each(["type", "page"])("taking out %s leaves an event without it", (name) => {
  const event = JSON.parse(applyEdits(text, removeField(text, name))) as Record<string, unknown>;
  expect(Object.keys(event)).toEqual(["type", "page"].filter((other) => other !== name));
});

test("a field that is not there cannot be taken out", () => {
  expect(removeField(text, "pos")).toEqual([]);
});
