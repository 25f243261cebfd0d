import { describe, expect, it } from "vitest";
import { emptyForm } from "./environment-form";
import { mergeForms, takeTheirs } from "./form-conflict";

const base = { ...emptyForm(), name: "qa", pos: "shop" };

describe("two changes of a form", () => {
  it("come together where they are about different fields", () => {
    const merged = mergeForms(
      base,
      { ...base, pos: "kiosk" },
      { ...base, currency: "SEK", production: true },
    );
    expect(merged.conflicts).toEqual([]);
    expect(merged.form).toEqual({ ...base, pos: "kiosk", currency: "SEK", production: true });
  });

  it("are none where both say the same, or differ by spaces alone", () => {
    const merged = mergeForms(base, { ...base, pos: "kiosk " }, { ...base, pos: "kiosk" });
    expect(merged.conflicts).toEqual([]);
  });

  it("are a conflict where both changed a field, and mine stays until it is decided", () => {
    const mine = { ...base, pos: "kiosk", language: "SV" };
    const theirs = { ...base, pos: "", currency: "SEK" };
    const { form, conflicts } = mergeForms(base, mine, theirs);
    expect(conflicts).toEqual([{ field: "pos", mine: "kiosk", theirs: "nothing" }]);
    expect(form).toEqual({ ...mine, currency: "SEK" });
    expect(takeTheirs(form, theirs, conflicts)).toEqual({ ...mine, pos: "", currency: "SEK" });
  });
});
