import { describe, expect, it } from "vitest";
import { moveOf } from "./presenter-keys";

const press = (key: string, held: Partial<KeyboardEvent> = {}) =>
  moveOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

describe("the keys of the stage", () => {
  it.each([
    ["ArrowRight", "next"],
    [" ", "next"],
    ["PageDown", "next"],
    ["ArrowLeft", "back"],
    ["PageUp", "back"],
    ["Home", "first"],
    ["End", "last"],
    ["v", "veil"],
    ["V", "veil"],
    ["Escape", "leave"],
    ["x", null],
  ])("%s: %s", (key, move) => expect(press(key)).toBe(move));

  it("leave the browser's and the system's own keys alone", () => {
    expect(press("v", { ctrlKey: true })).toBeNull();
    expect(press("ArrowLeft", { altKey: true })).toBeNull();
    expect(press(" ", { shiftKey: true })).toBe("back");
  });
});
