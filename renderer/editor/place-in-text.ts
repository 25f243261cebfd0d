import type { TextRange } from "./read-event-text";

/**
 * The stretch of text to underline for a problem that only has a place: from there to the end of its line, or the
 * line's last character where the place lies behind it.
 *
 * @param line from 1; a line behind the end counts as the last one
 * @param column from 1
 */
export const rangeOfPlace = (text: string, line: number, column: number): TextRange => {
  const lines = text.split("\n");
  const index = Math.min(Math.max(line, 1), lines.length) - 1;
  const content = (lines[index] ?? "").trimEnd();
  const before = lines.slice(0, index).reduce((sum, each) => sum + each.length + 1, 0);
  const from = Math.max(0, Math.min(column, content.length) - 1);
  return { start: before + from, end: before + Math.max(content.length, from + 1) };
};
