import { describe, expect, it } from "vitest";
import { keyCaps, keyShortcuts, keyWords, matchesKeys } from "./key-names";

const press = (key: string, change: Partial<KeyboardEvent> = {}) => ({
  key,
  code: "",
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...change,
});

describe("names of key combinations", () => {
  it("shows Ctrl elsewhere and the glyph of Cmd on macOS", () => {
    expect(keyCaps("Mod+K", false)).toEqual(["Ctrl", "K"]);
    expect(keyCaps("Mod+Enter", true)).toEqual(["⌘", "↵"]);
    expect(keyWords("Mod+Enter", true)).toBe("Cmd+Enter");
    expect(keyShortcuts("Mod+1", false)).toBe("Control+1");
    expect(keyShortcuts("Mod+1", true)).toBe("Meta+1");
  });
});

describe("matching a key press", () => {
  it("takes Cmd for Mod on macOS and Ctrl elsewhere, and never the other", () => {
    expect(matchesKeys(press("k", { ctrlKey: true }), "Mod+K", false)).toBe(true);
    expect(matchesKeys(press("k", { metaKey: true }), "Mod+K", false)).toBe(false);
    expect(matchesKeys(press("k", { metaKey: true }), "Mod+K", true)).toBe(true);
    expect(matchesKeys(press("k", { ctrlKey: true }), "Mod+K", true)).toBe(false);
  });

  it("is exact about Shift and Alt", () => {
    expect(matchesKeys(press("F6"), "F6", false)).toBe(true);
    expect(matchesKeys(press("F6", { shiftKey: true }), "F6", false)).toBe(false);
    expect(matchesKeys(press("F6", { shiftKey: true }), "Shift+F6", false)).toBe(true);
    expect(matchesKeys(press("k", { ctrlKey: true, altKey: true }), "Mod+K", false)).toBe(false);
  });

  it("knows a digit by its place, as on keyboards that give it with Shift only", () => {
    expect(matchesKeys(press("&", { ctrlKey: true, code: "Digit1" }), "Mod+1", false)).toBe(true);
  });

  it("knows the key below Escape by its place", () => {
    expect(
      matchesKeys(press("~", { ctrlKey: true, shiftKey: true, code: "Backquote" }), "Ctrl+Shift+`", false),
    ).toBe(true);
    expect(matchesKeys(press("`", { ctrlKey: true, code: "Backquote" }), "Ctrl+`", true)).toBe(true);
  });
});
