import type { JsonValue } from "../../../shared/model/json";

/** A text that a person is writing. */
export interface TypedText {
  text: string;
  /** The text in effect from which it began: where that is another by now, applying would undo a change. */
  base: string;
}

const isTypedText = (value: JsonValue | undefined): value is { text: string; base: string } =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  typeof value["text"] === "string" &&
  typeof value["base"] === "string";

/** What was remembered, as far as it makes sense: another version of Bellhop may have written it. */
export const readTypedTexts = <K extends string>(
  value: JsonValue,
  kinds: readonly K[],
): Partial<Record<K, TypedText>> => {
  const found: Partial<Record<K, TypedText>> = {};
  if (typeof value !== "object" || value === null || Array.isArray(value)) return found;
  for (const kind of kinds) {
    const typed = value[kind];
    if (isTypedText(typed)) found[kind] = { text: typed.text, base: typed.base };
  }
  return found;
};
