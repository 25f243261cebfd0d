import { describe, expect, it } from "vitest";
import { AppError } from "../../../shared/contract/errors";
import { documentProblemOf, fieldSentence, problemSentence } from "./document-problem";

const refused = (message: string): AppError => new AppError({ code: "INVALID_INPUT", message });

describe("what is wrong with a document of the sandbox", () => {
  it.each([
    "configuration:3:8: delay is a duration.",
    "line 3, column 8: delay is a duration.",
    "Line 3, column 8: delay is a duration.",
    "The configuration, line 3, column 8: delay is a duration.",
  ])("takes the place out of “%s”", (message) => {
    const problem = documentProblemOf(refused(message));
    expect(problem).toEqual({ message: "delay is a duration.", place: { line: 3, column: 8 } });
    expect(problemSentence(problem)).toBe("Line 3, column 8: delay is a duration.");
    expect(fieldSentence(problem)).toBe("Delay is a duration.");
  });

  it("leaves out the advice to look into the schema, where the editor shows the place", () => {
    const error = new AppError({
      code: "INVALID_INPUT",
      message: "faults:1:1: a list.",
      hint: "See the schema.",
    });
    expect(documentProblemOf(error)).toEqual({ message: "a list.", place: { line: 1, column: 1 } });
  });

  it("keeps a message without a place, and its hint", () => {
    const error = new AppError({
      code: "UNREACHABLE",
      message: "It is stopped: 1:2: so.",
      hint: "Start it.",
    });
    expect(documentProblemOf(error)).toEqual({
      message: "It is stopped: 1:2: so.",
      hint: "Start it.",
      place: null,
    });
  });
});
