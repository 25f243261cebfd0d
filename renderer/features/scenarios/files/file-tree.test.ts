import { describe, expect, test } from "vitest";
import type { WorkspaceFileRow } from "../../../../shared/model/scenario";
import { completeName, copyName, folderOf, isOutside, relativeName, stemOf } from "./file-names";
import { fileTree } from "./file-tree";

const file = (path: string, kind: WorkspaceFileRow["kind"] = "scenario", name = path): WorkspaceFileRow => ({
  ...{ path, kind, name },
  rows: null,
  lastRun: null,
});
const files = [
  file("scenarios/shop/kiosk.scenario.yaml", "scenario", "Kiosk to web"),
  file("scenarios/guests.csv", "data"),
  file("scenarios/browse.scenario.yaml", "scenario", "Browse"),
  file("scenarios/login.scenario.yaml", "fragment", "A login"),
  file("top.scenario.yaml", "scenario", "Top"),
];
const lines = (rows: ReturnType<typeof fileTree>): string[] =>
  rows.map(({ name, depth }) => `${"  ".repeat(depth)}${name}`);

describe("the tree of files", () => {
  test("has folders first, then journeys, then what they are made of", () => {
    expect(lines(fileTree(files, new Set()))).toEqual([
      "scenarios",
      "  shop",
      "    Kiosk to web",
      "  Browse",
      "  A login",
      "  guests.csv",
      "Top",
    ]);
  });

  test("leaves out what a closed folder holds", () => {
    expect(lines(fileTree(files, new Set(["scenarios"])))).toEqual(["scenarios", "Top"]);
  });

  test("opens closed folders for a search, which looks at names and paths", () => {
    expect(lines(fileTree(files, new Set(["scenarios"]), "shop KIOSK"))).toEqual([
      "scenarios",
      "  shop",
      "    Kiosk to web",
    ]);
  });
});

describe("the names of files", () => {
  test("are copied under a name that is free", () => {
    expect(copyName("a/buy.scenario.yaml", new Set())).toBe("a/buy-copy.scenario.yaml");
    expect(copyName("a/buy-copy.scenario.yaml", new Set(["a/buy-copy.scenario.yaml"]))).toBe(
      "a/buy-copy-2.scenario.yaml",
    );
  });

  test("keep their ending, whether or not it was typed", () => {
    expect(completeName("a/buy.scenario.yaml", "b/pay")).toBe("b/pay.scenario.yaml");
    expect(completeName("a/buy.scenario.yaml", "pay.scenario.yaml")).toBe("pay.scenario.yaml");
    expect(completeName("guests.csv", "people")).toBe("people.csv");
  });

  test("say what lies outside the workspace", () => {
    expect([isOutside("/tmp/a.scenario.yaml"), isOutside("C:\\a"), isOutside("a/b")]).toEqual([
      true,
      true,
      false,
    ]);
    expect([folderOf("/tmp/x/a.scenario.yaml"), stemOf("/tmp/x/a.scenario.yaml"), folderOf("a")]).toEqual([
      "/tmp/x",
      "a",
      "",
    ]);
  });

  test("are written relative to the file that names them", () => {
    expect(relativeName("a/x.scenario.yaml", "a/y.scenario.yaml")).toBe("y.scenario.yaml");
    expect(relativeName("a/x.scenario.yaml", "b/c/y.scenario.yaml")).toBe("../b/c/y.scenario.yaml");
    expect(relativeName("x.scenario.yaml", "a/y.scenario.yaml")).toBe("a/y.scenario.yaml");
  });
});
