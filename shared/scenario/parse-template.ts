import type { Expression } from "./expression";
import { parseGenerator } from "./parse-generator";

export interface TemplatePart {
  /** Without the braces and the spaces inside them. */
  text: string;
  /** Where the braces begin and end in the text, in UTF-16 units. */
  start: number;
  end: number;
  expression: Expression;
}

/** A text and its templates, in their order. */
export interface ParsedText {
  text: string;
  parts: readonly TemplatePart[];
  /** The text is one template and nothing else, so that what fills it keeps its type. */
  alone: boolean;
}

/** Nothing that a person would take for an operator, a call or an index. */
const segmentPattern = /^[^\s{}()[\]"'`|&=<>!?,;:*/+\\]+(?: +[^\s{}()[\]"'`|&=<>!?,;:*/+\\]+)*$/;

const parseExpression = (text: string): Expression => {
  if (text === "") return { kind: "broken", message: "There is nothing between {{ and }}." };
  if (text.startsWith("$")) return parseGenerator(text);
  const path = text.split(".");
  if (path.every((segment) => segmentPattern.test(segment))) return { kind: "path", path };
  return {
    kind: "broken",
    message: `${text} is neither a name nor a generator.`,
    hint: "Templates are names such as email, row.sku or steps.land.response.body.ref, and generators such as $uuid or $int(1,6). An item of a list is named by its number, as in items.0.",
  };
};

const parse = (text: string): ParsedText => {
  const parts: TemplatePart[] = [];
  let from = 0;
  for (;;) {
    const start = text.indexOf("{{", from);
    if (start === -1) break;
    const close = text.indexOf("}}", start + 2);
    if (close === -1) {
      const message = "A {{ is never closed by }}.";
      parts.push({ text: "", start, end: text.length, expression: { kind: "broken", message } });
      break;
    }
    const inside = text.slice(start + 2, close).trim();
    parts.push({ text: inside, start, end: close + 2, expression: parseExpression(inside) });
    from = close + 2;
  }
  const [first] = parts;
  const alone = parts.length === 1 && first?.start === 0 && first.end === text.length;
  return { text, parts, alone };
};

/** The same texts are filled over and over; a run knows few of them. */
const known = new Map<string, ParsedText>();
const mostKnown = 5000;

/** The templates of a text; null where it has none. */
export const parseTemplates = (text: string): ParsedText | null => {
  if (!text.includes("{{")) return null;
  const before = known.get(text);
  if (before !== undefined) return before;
  if (known.size >= mostKnown) known.clear();
  const parsed = parse(text);
  known.set(text, parsed);
  return parsed;
};
