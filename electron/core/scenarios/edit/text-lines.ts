/** Places in a text. All offsets are in characters. */

export const lineStart = (text: string, offset: number): number => text.lastIndexOf("\n", offset - 1) + 1;

/** Where the line ends, before its line break. */
export const lineEnd = (text: string, offset: number): number => {
  const end = text.indexOf("\n", offset);
  if (end === -1) return text.length;
  return text[end - 1] === "\r" && end > offset ? end - 1 : end;
};

/** Where the next line begins; the text's end for the last. */
export const nextLine = (text: string, offset: number): number => {
  const end = text.indexOf("\n", offset);
  return end === -1 ? text.length : end + 1;
};

export const columnOf = (text: string, offset: number): number => offset - lineStart(text, offset);

export const isBlank = (line: string): boolean => line.trim() === "";

export const isComment = (line: string): boolean => line.trimStart().startsWith("#");

export const indentOf = (line: string): number => line.length - line.trimStart().length;

/** A part of a text cut into lines, each with its line break. */
export const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** The line break that a text uses. */
export const breakOf = (text: string): string => (/\r\n/.test(text) ? "\r\n" : "\n");

/** A change of a text: what stands from `from` to `to` becomes `text`. */
export interface Splice {
  from: number;
  to: number;
  text: string;
}

/** Makes changes that do not overlap; those at one place in their order. */
export const applySplices = (text: string, splices: readonly Splice[]): string => {
  const ordered = [...splices].sort((a, b) => a.from - b.from || a.to - b.to);
  const parts: string[] = [];
  let at = 0;
  for (const { from, to, text: inserted } of ordered) {
    if (from < at) throw new RangeError("Changes of a text overlap.");
    parts.push(text.slice(at, from), inserted);
    at = to;
  }
  return parts.join("") + text.slice(at);
};

/** Moves lines to the right, or to the left as far as they have room. The first may be left where it is. */
export const shiftLines = (text: string, by: number): string => {
  if (by === 0) return text;
  return linesOf(text)
    .map((line) => {
      if (isBlank(line)) return line;
      return by > 0 ? " ".repeat(by) + line : line.slice(Math.min(-by, indentOf(line)));
    })
    .join("");
};
