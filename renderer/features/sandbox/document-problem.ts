import { AppError } from "../../../shared/contract/errors";
import { problemOf } from "../../layout/problems";

/** Why a configuration or a list of faults cannot be used. */
export interface DocumentProblem {
  /** Without the place. */
  message: string;
  hint?: string;
  /** Both from 1; null where the problem is not in the text. */
  place: { line: number; column: number } | null;
}

const places = [/^[^\n]*?:(\d+):(\d+): (.+)$/s, /^(?:[^\n]*? )?[Ll]ine (\d+), column (\d+): (.+)$/s] as const;

/** Takes the place out of what the core says of a text, so that each can stand where it belongs. */
export const documentProblemOf = (error: unknown): DocumentProblem => {
  const { message, hint } = problemOf(error);
  const advice = hint === undefined ? {} : { hint };
  if (!(error instanceof AppError) || error.code !== "INVALID_INPUT")
    return { message, ...advice, place: null };
  for (const pattern of places) {
    const [, line, column, rest] = pattern.exec(message) ?? [];
    if (line === undefined || column === undefined || rest === undefined) continue;
    // The advice is to look into the schema, which the editor here does by itself.
    return { message: rest, place: { line: Number(line), column: Number(column) } };
  }
  return { message, ...advice, place: null };
};

/** The problem as a sentence that names its place: "Line 3, column 8: delay is a duration." */
export const problemSentence = ({ message, place }: DocumentProblem): string =>
  place ? `Line ${place.line}, column ${place.column}: ${message}` : message;

/** The problem beside a form's field, where its place in the text says nothing. */
export const fieldSentence = ({ message }: DocumentProblem): string =>
  message.charAt(0).toUpperCase() + message.slice(1);
