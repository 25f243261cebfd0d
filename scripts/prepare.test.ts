import { describe, expect, it, vi } from "vitest";
import { isNodeNewEnough } from "./node-version.mjs";
import { isInstalled } from "./prepare-packages.mjs";

describe("what is installed", () => {
  const locked = {
    "": { version: "1.0.0" },
    "node_modules/a": { version: "1.0.0" },
    "node_modules/mac-only": { version: "2.0.0", optional: true },
  };

  it("is enough when every package but another platform's is there", () => {
    expect(isInstalled(locked, { "node_modules/a": { version: "1.0.0" } })).toBe(true);
  });

  it("is not enough without a package, with another version, or with nothing", () => {
    expect(isInstalled(locked, { "node_modules/mac-only": { version: "2.0.0" } })).toBe(false);
    expect(isInstalled(locked, { "node_modules/a": { version: "1.0.1" } })).toBe(false);
    expect(
      isInstalled(locked, {
        "node_modules/a": { version: "1.0.0" },
        "node_modules/mac-only": { version: "1.9.0" },
      }),
    ).toBe(false);
    expect(isInstalled(locked, null)).toBe(false);
  });
});

describe("the Node that starts Bellhop", () => {
  it("is told in one line when it is too old", () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
    for (const version of ["12.22.0", "18.20.4", "20.18.3"]) expect(isNodeNewEnough(version)).toBe(false);
    expect(error.mock.calls.map(([line]) => String(line).includes("\n"))).toEqual([false, false, false]);
    for (const version of ["20.19.0", "20.20.2", "22.0.0", "26.1.0"])
      expect(isNodeNewEnough(version)).toBe(true);
    expect(error).toHaveBeenCalledTimes(3);
    error.mockRestore();
  });
});
