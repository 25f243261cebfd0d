export interface CodePart {
  text: string;
  kind: "key" | "string" | "number" | "keyword" | "punctuation" | "plain";
}

const token =
  /("(?:[^"\\]|\\.)*"?)(\s*:)?|(-?\d[\d.eE+-]*)|\b(true|false|null)\b|([{}[\],:])|(\s+|[^\s"{}[\],:\d-]+|.)/gy;

const partsOf = (line: string): CodePart[] => {
  const parts: CodePart[] = [];
  for (const [whole, string, colon, number, keyword, punctuation] of line.matchAll(token)) {
    if (string !== undefined) {
      parts.push({ text: string, kind: colon === undefined ? "string" : "key" });
      if (colon !== undefined) parts.push({ text: colon, kind: "punctuation" });
    } else if (number !== undefined) parts.push({ text: number, kind: "number" });
    else if (keyword !== undefined) parts.push({ text: keyword, kind: "keyword" });
    else if (punctuation !== undefined) parts.push({ text: punctuation, kind: "punctuation" });
    else parts.push({ text: whole, kind: "plain" });
  }
  return parts;
};

/** Splits pretty-printed JSON into lines of coloured parts. Text that is not JSON comes back whole, uncoloured where unknown. */
export const highlightJson = (text: string): CodePart[][] => text.split("\n").map(partsOf);
