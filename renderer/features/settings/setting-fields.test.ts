import { describe, expect, it } from "vitest";
import { defaultSettings } from "../../../shared/model/settings";
import { findSettings, numberProblem, settingFields } from "./setting-fields";

describe("the settings page", () => {
  it("shows every setting there is, once", () => {
    expect(settingFields.map((field) => field.key).sort()).toEqual(Object.keys(defaultSettings).sort());
  });

  it("finds a setting by words of its name, its group or its explanation, in any order", () => {
    expect(findSettings("self certificates").map((field) => field.key)).toEqual(["acceptSelfSigned"]);
    expect(findSettings("PORT sandbox").map((field) => field.key)).toContain("sandboxPort");
    expect(findSettings("no such thing")).toEqual([]);
    expect(findSettings(" ")).toHaveLength(settingFields.length);
  });

  it("says what a number may be", () => {
    const port = { min: 1, max: 65_535, unit: "" };
    expect(numberProblem("4680", port)).toBeNull();
    for (const text of ["0", "65536", "46.8", "-1", "", "1e3", "abc"]) {
      expect(numberProblem(text, port)).toBe("Must be a whole number from 1 to 65535.");
    }
  });
});
