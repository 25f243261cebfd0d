import { describe, expect, test } from "vitest";
import { fieldError, fieldsOf, optionWords, withFields, withFlag } from "./run-options-form";

describe("the options of a run in fields", () => {
  test("fields become options, and empty ones leave the default", () => {
    const fields = { iterations: "10,000", concurrency: "", rate: "2.5", seed: " 7 " };
    expect(withFields({ bail: true, concurrency: 3 }, fields)).toEqual({
      bail: true,
      iterations: 10_000,
      rate: 2.5,
      seed: "7",
    });
  });

  test("what is no number in its range is told, and does not count", () => {
    expect(fieldError("iterations", "1.5")).toBe("A whole number from 1 to 10,000,000.");
    expect(fieldError("concurrency", "1001")).toBe("A whole number from 1 to 1,000.");
    expect(fieldError("rate", "fast")).toMatch(/above 0/);
    expect(fieldError("rate", "0")).toMatch(/above 0/);
    expect(fieldError("rate", "")).toBeUndefined();
    expect(withFields({}, { ...fieldsOf({}), iterations: "many" })).toEqual({});
  });

  test("fields show what the options are", () => {
    expect(fieldsOf({ iterations: 10, seed: "7" })).toEqual({
      iterations: "10",
      concurrency: "",
      rate: "",
      seed: "7",
    });
  });

  test("a switch that is off is no option", () => {
    expect(withFlag({ noWait: true, seed: "7" }, "noWait", false)).toEqual({ seed: "7" });
    expect(withFlag({}, "bail", true)).toEqual({ bail: true });
  });

  test("what differs from playing it once is said in words", () => {
    expect(optionWords({})).toEqual([]);
    expect(optionWords({ iterations: 10_000, concurrency: 5, noWait: true })).toEqual([
      "10,000 iterations",
      "5 at a time",
      "no waiting",
    ]);
  });
});
