import { describe, expect, it } from "vitest";
import type { Environment } from "../../../shared/model/environment";
import type { ImportedEnvironment } from "../../../shared/model/environment-exchange";
import { choicesFor, importItems, importWords } from "./import-choices";

const environment = (name: string, pos: string): Environment => ({
  name,
  pos,
  colour: "plum",
  baseUrl: "https://cdp.example",
  transport: "spec",
  catalog: "spec",
  production: false,
  vars: {},
});
const nothing = { ignored: [], suspects: [] };
const fresh: ImportedEnvironment = {
  ...{ environment: environment("new", "shop"), present: null, changes: [] },
  ...nothing,
};
const same: ImportedEnvironment = {
  ...{ environment: environment("same", "shop"), present: environment("same", "shop"), changes: [] },
  ...nothing,
};
const other: ImportedEnvironment = {
  ...{ environment: environment("qa", "kiosk"), present: environment("qa", "shop") },
  changes: [{ field: "pos", before: "shop", after: "kiosk" }],
  ...nothing,
};
const all = [fresh, same, other];
const copied = (name: string): string => `${name}-copy`;

describe("what is chosen of an import", () => {
  it("has nothing to choose where the same is here already", () => {
    expect(all.map((item) => choicesFor(item).map(({ value }) => value))).toEqual([
      ["add", "keep"],
      [],
      ["keep", "replace", "both"],
    ]);
  });

  it("replaces only with what was seen here, and adds under another name where both stay", () => {
    expect(importItems(all, { new: "add", qa: "replace" }, copied)).toEqual([
      { environment: fresh.environment },
      { environment: other.environment, expected: other.present },
    ]);
    expect(importItems(all, { new: "keep", qa: "both" }, copied)).toEqual([
      { environment: { ...other.environment, name: "qa-copy" } },
    ]);
  });

  it("is nothing where nothing was said, or what was said cannot be", () => {
    expect(importItems(all, {}, copied)).toEqual([]);
    expect(importItems(all, { new: "replace", same: "add", qa: "add" }, copied)).toEqual([]);
  });

  it("is said in words", () => {
    expect(importWords(all, {})).toBe("Nothing is changed.");
    expect(importWords(all, { new: "add", qa: "both" })).toBe("2 are added.");
    expect(importWords(all, { new: "add", qa: "replace" })).toBe("1 is added, 1 is replaced.");
  });
});
