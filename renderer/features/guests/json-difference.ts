import { diffComm } from "node-diff3";

/** A line of a comparison. `gap` stands for lines that are the same on both sides. */
export type DifferenceLine =
  { kind: "same" | "added" | "removed"; text: string } | { kind: "gap"; count: number };

/** Lines shown around a difference, so that a person sees where it is. */
const context = 3;

const linesOf = (value: unknown): string[] => JSON.stringify(value, null, 2).split("\n");

const foldedSame = (lines: readonly string[], first: boolean, last: boolean): DifferenceLine[] => {
  const head = first ? 0 : context;
  const tail = last ? 0 : context;
  const shown = (texts: readonly string[]): DifferenceLine[] => texts.map((text) => ({ kind: "same", text }));
  // A gap of one line would take as much room as the line.
  if (lines.length <= head + tail + 1) return shown(lines);
  return [
    ...shown(lines.slice(0, head)),
    { kind: "gap", count: lines.length - head - tail },
    ...shown(lines.slice(lines.length - tail)),
  ];
};

/** Two values as indented JSON, line by line, with what is the same folded away. */
export const jsonDifference = (before: unknown, after: unknown): DifferenceLine[] => {
  const parts = diffComm(linesOf(before), linesOf(after));
  return parts.flatMap((part, index): DifferenceLine[] => {
    if (part.common) return foldedSame(part.common, index === 0, index === parts.length - 1);
    return [
      ...part.buffer1.map((text) => ({ kind: "removed" as const, text })),
      ...part.buffer2.map((text) => ({ kind: "added" as const, text })),
    ];
  });
};
