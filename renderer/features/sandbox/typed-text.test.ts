import { describe, expect, it } from "vitest";
import { readTypedTexts } from "./typed-text";

describe("texts that were remembered", () => {
  it("are taken up as far as they make sense", () => {
    const value = { config: { text: "a", base: "b" }, faults: { text: 5 }, other: { text: "c", base: "d" } };
    expect(readTypedTexts(value, ["config", "faults"])).toEqual({ config: { text: "a", base: "b" } });
    for (const nothing of [null, [], "text", 5]) expect(readTypedTexts(nothing, ["config"])).toEqual({});
  });
});
