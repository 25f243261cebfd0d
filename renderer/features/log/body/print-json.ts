import type { JsonIndex } from "./json-index";

/** Deeper levels are indented no further: the spaces alone would fill the memory. */
const deepest = 60;

const indents = Array.from({ length: deepest + 1 }, (_, depth) => "  ".repeat(depth));
const indent = (depth: number): string => indents[Math.min(depth, deepest)] ?? "";

/** The text with a line for each value, every value as it was written: digits and repeated keys stay. */
export const printJson = (index: JsonIndex): string => {
  const parts: string[] = [];
  const open: number[] = [];
  const closeUpTo = (node: number): void => {
    for (let last = open.at(-1); last !== undefined && (index.last[last] ?? 0) <= node; last = open.at(-1)) {
      open.pop();
      const sign = index.kindOf(last) === "object" ? "}" : "]";
      parts.push("\n", indent(index.depth[last] ?? 0), sign);
    }
  };
  for (let node = 0; node < index.count; node += 1) {
    closeUpTo(node);
    const depth = index.depth[node] ?? 0;
    if (node > 0) parts.push((index.position[node] ?? 0) > 0 ? ",\n" : "\n", indent(depth));
    const [from = 0, to = 0] = [index.keyStart[node], index.keyEnd[node]];
    if (from !== to) parts.push(index.text.slice(from, to), ": ");
    if (!index.isContainer(node)) parts.push(index.writtenOf(node));
    else if (index.children[node] === 0) parts.push(index.kindOf(node) === "object" ? "{}" : "[]");
    else {
      parts.push(index.kindOf(node) === "object" ? "{" : "[");
      open.push(node);
    }
  }
  closeUpTo(index.count);
  return parts.join("");
};
