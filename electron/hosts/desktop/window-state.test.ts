import { describe, expect, it } from "vitest";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fitState, readWindowState, writeWindowState } from "./window-state";

const display = { x: 0, y: 0, width: 1920, height: 1080 };
const second = { x: 1920, y: 0, width: 1280, height: 1024 };
const bounds = { x: 2000, y: 100, width: 1100, height: 800 };

describe("the window's place", () => {
  it("is the remembered one while its display is there", () => {
    expect(fitState({ bounds, maximized: false }, [display, second]).bounds).toEqual(bounds);
  });

  it("is the middle once its display is gone", () => {
    expect(fitState({ bounds, maximized: true }, [display])).toEqual({ bounds: null, maximized: true });
  });

  it("is the middle where its top edge cannot be grasped", () => {
    for (const place of [{ y: -50 }, { y: 1060 }, { x: -1090 }, { x: 1900 }])
      expect(fitState({ bounds: { ...bounds, x: 100, ...place } }, [display]).bounds).toBeNull();
  });

  it("is never smaller than the smallest window", () => {
    const small = { x: 10, y: 10, width: 5, height: 5 };
    expect(fitState({ bounds: small }, [{ ...display, x: -200 }]).bounds).toBeNull();
    expect(fitState({ bounds: { ...small, width: 200 } }, [display]).bounds).toMatchObject({
      width: 1024,
      height: 640,
    });
  });

  it("is the middle where what was remembered is broken or missing", () => {
    const folder = mkdtempSync(join(tmpdir(), "bellhop-"));
    const file = join(folder, "window.json");
    expect(readWindowState(file, [display])).toEqual({ bounds: null, maximized: false });
    for (const text of ["", "{", "null", "[]", '{"bounds":{"x":"1"}}', '{"bounds":5,"maximized":"yes"}']) {
      writeFileSync(file, text);
      expect(readWindowState(file, [display])).toEqual({ bounds: null, maximized: false });
    }
    writeWindowState(file, { bounds, maximized: true });
    expect(readWindowState(file, [second])).toEqual({ bounds, maximized: true });
    rmSync(folder, { recursive: true });
  });

  it("does not stop the window from closing where it cannot be remembered", () => {
    expect(() => writeWindowState("/no/such/folder/window.json", { bounds, maximized: false })).not.toThrow();
  });
});
