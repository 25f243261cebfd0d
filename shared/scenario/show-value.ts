import type { JsonValue } from "../model/json";

/** Characters of a value that a sentence can stand. */
const longest = 120;

/** A value as a sentence shows it: JSON, cut where it is long; a number and true without quotes. */
export const showValue = (value: JsonValue): string => {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
};
