import type { YAMLSeq } from "yaml";
import { dashOf, isFirstInLine, itemEnd } from "./node-places";
import { columnOf, indentOf, isBlank, isComment, lineStart, linesOf, nextLine } from "./text-lines";

/** A step of a list as lines of text. */
export interface StepLines {
  /** What stands above it and stays where it is: comments that an empty line keeps apart from it. */
  fixed: string;
  /** Empty lines above it. */
  lead: string;
  /** Its own lines, with the comments right above and those within. */
  body: string;
}

/** A list of steps that is written with dashes, cut into its steps. */
export interface ListLines {
  /** Where the first step's lines begin, and the last one's end. */
  from: number;
  to: number;
  /** Column of the dashes. */
  column: number;
  steps: StepLines[];
}

/** How many of these lines still belong to the step above: comments that are indented deeper than its dash. */
const tailOf = (gap: readonly string[], column: number): number => {
  let tail = 0;
  for (const [index, line] of gap.entries()) {
    if (isBlank(line)) continue;
    if (indentOf(line) <= column) break;
    tail = index + 1;
  }
  return tail;
};

const headOf = (gap: readonly string[]): number => {
  let head = gap.length;
  while (head > 0 && isComment(gap[head - 1] ?? "")) head -= 1;
  return head;
};

/**
 * Cuts a list into its steps. A comment belongs to the step below where it stands right above it, to the step above
 * where it is indented like its inside, and else to its place.
 *
 * @returns null where the list is not written with one dash a line
 */
export const cutList = (text: string, list: YAMLSeq): ListLines | null => {
  const places: { start: number; end: number }[] = [];
  for (const index of list.items.keys()) {
    const [dash, end] = [dashOf(list, index), itemEnd(list, index)];
    if (dash === null || end === null || !isFirstInLine(text, dash)) return null;
    const last = text[end - 1] === "\n" ? end - 1 : end;
    places.push({ start: lineStart(text, dash), end: nextLine(text, Math.max(last, dash)) });
  }
  const first = dashOf(list, 0);
  if (first === null) return null;
  const column = columnOf(text, first);

  const steps: StepLines[] = [];
  let from = 0;
  for (const [index, { start, end }] of places.entries()) {
    const before = places[index - 1];
    const previous = steps.at(-1);
    const gap = before === undefined ? commentsAbove(text, start) : linesOf(text.slice(before.end, start));
    const tail = previous === undefined ? 0 : tailOf(gap, column);
    const head = Math.max(tail, headOf(gap));
    const middle = gap.slice(tail, head);
    const isFixed = middle.some((line) => !isBlank(line));
    if (previous !== undefined) previous.body += gap.slice(0, tail).join("");
    const own = gap.slice(head).join("");
    if (before === undefined) from = start - own.length;
    steps.push({
      fixed: isFixed ? middle.join("") : "",
      lead: isFixed ? "" : middle.join(""),
      body: own + text.slice(start, end),
    });
  }
  const last = places.at(-1);
  const to = last === undefined ? from : last.end + restOf(text, last.end, column).length;
  const lastStep = steps.at(-1);
  if (lastStep !== undefined && last !== undefined) lastStep.body += text.slice(last.end, to);
  return { from, to, column, steps };
};

/** The comment lines right above a line. */
const commentsAbove = (text: string, start: number): string[] => {
  const lines: string[] = [];
  for (let at = start; at > 0;) {
    const above = lineStart(text, at - 1);
    const line = text.slice(above, at);
    if (!isComment(line)) break;
    lines.unshift(line);
    at = above;
  }
  return lines;
};

/** The comments below the last step that are indented like its inside. */
const restOf = (text: string, from: number, column: number): string => {
  const lines: string[] = [];
  for (let at = from; at < text.length;) {
    const next = nextLine(text, at);
    const line = text.slice(at, next);
    if (!isBlank(line) && !isComment(line)) break;
    lines.push(line);
    at = next;
  }
  return lines.slice(0, tailOf(lines, column)).join("");
};

/** Where each step but the first has empty lines above it, so has a new one. */
export const usualLead = (steps: readonly StepLines[]): string => {
  const leads = steps.slice(1).map(({ lead, fixed }) => lead || fixed);
  return leads.length > 0 && leads.every((lead) => lead !== "") ? (steps[1]?.lead ?? "") : "";
};

/** The lines of a list again. The first step has no empty lines above it: the key of the list stands there. */
export const joinSteps = (steps: readonly StepLines[], newLine: string): string =>
  steps
    .map(({ fixed, lead, body }, index) => {
      const ended = body.endsWith("\n") ? body : `${body}${newLine}`;
      return `${fixed}${index === 0 ? "" : lead}${ended}`;
    })
    .join("");
