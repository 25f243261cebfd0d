import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { JsonObject } from "../../../../shared/model/json";
import { AppError } from "../../../../shared/contract/errors";
import { applyToData } from "./apply-to-data";
import { editScenario } from "./edit-scenario";
import { editOf, editSeeds, randomScenario, type EditSeed } from "./random-scenarios";
import { resolveEdit } from "./resolve-edit";

const read = (text: string): JsonObject => parse(text) as JsonObject;

/** Makes each edit that the text at hand allows; a step cannot go into itself, and that is said. */
const editAll = (text: string, seeds: EditSeed[], mayRemove: boolean): string =>
  seeds.reduce((current, seed) => {
    const before = read(current);
    const edit = editOf(seed, (before["steps"] ?? []) as never, mayRemove);
    if (edit === null) return current;
    try {
      const after = editScenario(current, [edit]);
      expect(read(after)).toEqual(applyToData(before, resolveEdit(before, edit)));
      return after;
    } catch (error) {
      if (!(error instanceof AppError) || !error.message.includes("into itself")) throw error;
      return current;
    }
  }, text);

describe("any sequence of edits", () => {
  it("says what the edits say, and keeps every comment and the space before it", () => {
    fc.assert(
      fc.property(randomScenario, editSeeds, ({ text, comments }, seeds) => {
        const after = editAll(text, seeds, false);
        for (const comment of comments) expect(after).toContain(comment);
        const spaced = text.match(/(?<=\S) {4}# c\d+\./g) ?? [];
        for (const comment of spaced) expect(after).toContain(comment);
        if (text.includes("\r\n")) expect(after.replaceAll("\r\n", "")).not.toContain("\n");
        else expect(after).not.toContain("\r");
      }),
      { numRuns: 200 },
    );
  });

  it("with removals leaves every comment that stood somewhere else", () => {
    fc.assert(
      fc.property(randomScenario, editSeeds, ({ text, comments }, seeds) => {
        const after = editAll(text, seeds, true);
        // Above all steps, and below the last one.
        for (const comment of [comments[0], comments[1], comments.at(-1)]) expect(after).toContain(comment);
      }),
      { numRuns: 200 },
    );
  });

  it("that come to nothing leave the text as it was, to the letter", () => {
    fc.assert(
      fc.property(randomScenario, fc.nat(50), ({ text }, at) => {
        const steps = read(text)["steps"] as object[];
        const number = String((at % steps.length) + 1);
        const step = steps[at % steps.length] as JsonObject;
        expect(editScenario(text, [{ op: "replaceStep", step: number, with: step }])).toBe(text);
        const [key = "", value = null] = Object.entries(step)[0] ?? [];
        expect(editScenario(text, [{ op: "setStep", step: number, key, value }])).toBe(text);
      }),
      { numRuns: 100 },
    );
  });
});
