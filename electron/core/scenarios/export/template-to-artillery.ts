import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { Generator } from "../../../../shared/scenario/parse-generator";
import { parseTemplates, type TemplatePart } from "../../../../shared/scenario/parse-template";

/**
 * What a name stands for at one place: a variable of Artillery's with a path into it, a value known by now, or a text
 * with templates of Artillery's own (and the same as code).
 */
export type Meaning =
  | { variable: string; path: readonly string[]; isAwkward?: boolean }
  | { value: JsonValue }
  | { text: string; code: string };

/** Finds what names mean. Null: nobody's. */
export type Names = (path: readonly string[]) => Meaning | null;

const quoted = (text: string): string => JSON.stringify(text);

/** The processor's expression for a generator. Nothing is seeded there. */
const generatorCode = (generator: Generator): string => {
  switch (generator.name) {
    case "uuid":
      return "randomUUID()";
    case "email":
    case "phone":
      return `${generator.name}()`;
    case "now":
      return `now(${generator.offset})`;
    case "isoDate":
      return `now(${generator.offset}).slice(0, 10)`;
    case "minute":
      return `now(${generator.offset}).slice(0, 16)`;
    case "int":
      return `int(${generator.least}, ${generator.most})`;
    case "pick":
      return `pick(${JSON.stringify(generator.from)})`;
    case "faker":
      return `faker.${generator.method}()`;
  }
};

const variableCode = (variable: string, path: readonly string[]): string =>
  path.length === 0 ? `vars.${variable}` : `inside(vars.${variable}, ${JSON.stringify(path)})`;

const partCode = ({ expression }: TemplatePart, names: Names): string => {
  if (expression.kind === "broken") return "undefined";
  if (expression.kind === "generator") return generatorCode(expression.generator);
  const meaning = names(expression.path);
  if (meaning === null) return "undefined";
  if ("code" in meaning) return meaning.code;
  return "value" in meaning ? JSON.stringify(meaning.value) : variableCode(meaning.variable, meaning.path);
};

const textCode = (text: string, names: Names): string => {
  const parsed = parseTemplates(text);
  const [first] = parsed?.parts ?? [];
  if (parsed === null || first === undefined) return quoted(text);
  if (parsed.alone) return partCode(first, names);
  const pieces: string[] = [];
  let from = 0;
  for (const part of parsed.parts) {
    if (part.start > from) pieces.push(quoted(text.slice(from, part.start)));
    pieces.push(`text(${partCode(part, names)})`);
    from = part.end;
  }
  if (from < text.length) pieces.push(quoted(text.slice(from)));
  return pieces.length === 1 ? (pieces[0] ?? '""') : pieces.join(" + ");
};

/** A value with its templates as an expression of JavaScript on `vars`. */
export const toCode = (value: JsonValue, names: Names): string => {
  if (typeof value === "string") return textCode(value, names);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => toCode(item, names)).join(", ")}]`;
  // In brackets, a field named __proto__ is a field and nothing more.
  const fields = Object.entries(value).map(([key, item]) => `[${quoted(key)}]: ${toCode(item, names)}`);
  return `{ ${fields.join(", ")} }`;
};

/** Whether a value has templates in it at all. */
export const hasTemplates = (value: JsonValue): boolean => {
  if (typeof value === "string") return parseTemplates(value) !== null;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(hasTemplates);
};

/** What Artillery can look into by itself: its own templates know dots, and no other sign. */
const isPlainPath = (path: readonly string[]): boolean =>
  path.every((segment) => /^[A-Za-z0-9_-]+$/.test(segment));

const asText = (value: JsonValue): string => (typeof value === "string" ? value : JSON.stringify(value));

/**
 * A value with its templates as Artillery's own templates, so that a person can read and change them. What Artillery
 * has no words for becomes a variable that the processor sets just before.
 *
 * @param draw makes such a variable of an expression, and gives its name
 */
export const toArtillery = <T extends JsonValue>(
  value: T,
  names: Names,
  draw: (code: string) => string,
): JsonValue => {
  const part = (found: TemplatePart): Meaning => {
    const { expression } = found;
    const meaning = expression.kind === "path" ? names(expression.path) : null;
    if (meaning !== null && (!("path" in meaning) || isPlainPath(meaning.path))) return meaning;
    return { variable: draw(partCode(found, names)), path: [] };
  };
  const written = (meaning: Meaning): string => {
    if ("text" in meaning) return meaning.text;
    if ("value" in meaning) return asText(meaning.value);
    return `{{ ${[meaning.variable, ...meaning.path].join(".")} }}`;
  };
  const fill = (inner: JsonValue): JsonValue => {
    if (typeof inner === "string") {
      const parsed = parseTemplates(inner);
      const [first] = parsed?.parts ?? [];
      if (parsed === null || first === undefined) return inner;
      if (parsed.alone) {
        const meaning = part(first);
        return "value" in meaning ? meaning.value : written(meaning);
      }
      const meanings = parsed.parts.map(part);
      // Alone, a value stays what it is; in a text that Artillery fills, it may become another.
      if (meanings.some((meaning) => "variable" in meaning && meaning.isAwkward === true))
        return `{{ ${draw(textCode(inner, names))} }}`;
      let text = "";
      let from = 0;
      for (const [index, next] of parsed.parts.entries()) {
        const meaning = meanings[index];
        text += inner.slice(from, next.start) + (meaning === undefined ? "" : written(meaning));
        from = next.end;
      }
      return text + inner.slice(from);
    }
    if (typeof inner !== "object" || inner === null) return inner;
    if (Array.isArray(inner)) return inner.map(fill);
    return Object.fromEntries(Object.entries(inner).map(([key, item]) => [key, fill(item)])) as JsonObject;
  };
  return fill(value);
};
