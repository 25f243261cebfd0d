import { describe, expect, test } from "vitest";
import { behind, closeTab, noTabs, onlyExisting, openTab, readTabs, stepTab } from "./open-tabs";

const tabs = { open: ["a", "b", "c"], active: "b" };

describe("the tabs of the composer", () => {
  test("open at the end and come to the front", () => {
    expect(openTab(tabs, "d")).toEqual({ open: ["a", "b", "c", "d"], active: "d" });
  });

  test("that are open already come to the front in their place", () => {
    expect(openTab(tabs, "a")).toEqual({ open: ["a", "b", "c"], active: "a" });
  });

  test.each([
    [{ open: ["a", "b", "c"], active: "b" }, "b", "c"],
    [{ open: ["a", "b", "c"], active: "c" }, "c", "b"],
    [{ open: ["a"], active: "a" }, "a", null],
    [{ open: ["a", "b", "c"], active: "a" }, "c", "a"],
  ])("closing one of %o gives the front to its neighbour", (given, id, front) => {
    const closed = closeTab(given, id);
    expect(closed.active).toBe(front);
    expect(closed.open).not.toContain(id);
  });

  test("step round the row", () => {
    expect(stepTab(tabs, 1).active).toBe("c");
    expect(stepTab({ ...tabs, active: "c" }, 1).active).toBe("a");
    expect(stepTab({ ...tabs, active: "a" }, -1).active).toBe("c");
    expect(stepTab(noTabs, 1)).toEqual(noTabs);
  });

  test("of drafts that are gone are gone too", () => {
    expect(onlyExisting(tabs, (id) => id !== "b")).toEqual({ open: ["a", "c"], active: "c" });
  });

  test("opened before the remembered ones came stay open behind them, and in front", () => {
    expect(behind(tabs, noTabs)).toEqual(tabs);
    expect(behind(noTabs, openTab(noTabs, "new"))).toEqual({ open: ["new"], active: "new" });
    expect(behind(tabs, openTab(noTabs, "new"))).toEqual({ open: ["a", "b", "c", "new"], active: "new" });
    expect(behind(tabs, openTab(noTabs, "a"))).toEqual({ open: ["a", "b", "c"], active: "a" });
  });

  test.each([null, 3, [], { open: "a" }, { open: [1, null] }])(
    "are none where %o was remembered",
    (value) => {
      expect(readTabs(value)).toEqual({ open: [], active: null });
    },
  );

  test("are remembered without doubles, and with a front that exists", () => {
    expect(readTabs({ open: ["a", "a", "b"], active: "z" })).toEqual({ open: ["a", "b"], active: "a" });
  });
});
