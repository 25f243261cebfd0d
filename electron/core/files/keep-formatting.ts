import { diffComm } from "node-diff3";
import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";

const linesOf = (text: string): string[] => text.replaceAll("\r\n", "\n").split("\n");

/** What a line says, without the spaces, quotes and trailing comment that a printer may move. */
const essence = (line: string): string => line.replace(/(\S)\s+#.*$/, "$1").replace(/[\s"']/g, "");

/** Walks through what two lists of lines share and where they differ. */
const compare = (
  from: readonly string[],
  to: readonly string[],
  step: { same(from: number, to: number): void; gone(from: number): void; added(to: number): void },
): void => {
  let fromAt = 0;
  let toAt = 0;
  for (const part of diffComm([...from], [...to])) {
    part.common?.forEach(() => step.same(fromAt++, toAt++));
    part.buffer1?.forEach(() => step.gone(fromAt++));
    part.buffer2?.forEach(() => step.added(toAt++));
  }
};

/** For each line as printed, the person's own lines that stand for it; before the first, those above it. */
const ownLinesOf = (before: readonly string[], printed: readonly string[]): string[][] => {
  const own: string[][] = Array.from({ length: printed.length + 1 }, () => []);
  let last = 0;
  compare(before.map(essence), printed.map(essence), {
    same: (from, to) => own[(last = to + 1)]?.push(before[from] ?? ""),
    gone: (from) => own[last]?.push(before[from] ?? ""),
    added: () => undefined,
  });
  return own;
};

/** The printed edit, with the person's own lines wherever the edit left a line alone. */
const merge = (before: string, printedBefore: string, printedAfter: string): string => {
  const printed = linesOf(printedBefore);
  const edited = linesOf(printedAfter);
  const own = ownLinesOf(linesOf(before), printed);
  const merged = [...(own[0] ?? [])];
  compare(printed, edited, {
    same: (from) => merged.push(...(own[from + 1] ?? [])),
    gone: () => undefined,
    added: (to) => merged.push(edited[to] ?? ""),
  });
  return merged.join("\n");
};

const says = (text: string): unknown => parse(text, { logLevel: "silent" }) as unknown;

const saysTheSame = (text: string, other: string): boolean => {
  try {
    return isDeepStrictEqual(says(text), says(other));
  } catch {
    return false;
  }
};

/**
 * Brings an edit into the YAML text that a person wrote, so that every line the edit does not mean stays as it is:
 * spaces, quotes, comments, line ends. A printer alone would write the whole file in its own manner.
 *
 * @param before the file's text
 * @param printedBefore what the printer makes of the unedited document, indented as `before` is
 * @param printedAfter what the printer makes of the edited document
 * @returns a text that says what `printedAfter` says
 */
export const keepFormatting = (before: string, printedBefore: string, printedAfter: string): string => {
  const merged = merge(before, printedBefore, printedAfter);
  const text = saysTheSame(merged, printedAfter) ? merged : printedAfter;
  return before.includes("\r\n") ? text.replace(/\r?\n/g, "\r\n") : text;
};
