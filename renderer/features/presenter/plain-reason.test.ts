import { describe, expect, it } from "vitest";
import { plainReason } from "./plain-reason";

describe("the reason on the stage", () => {
  it("leaves out which session an event belongs to", () => {
    expect(plainReason("The guest searched for “tee”. It belongs to session 585f.")).toBe(
      "The guest searched for “tee”.",
    );
    const opened = "The guest viewed a page. It opened session d074, because none was open.";
    expect(plainReason(opened)).toBe(opened);
  });
});
