import { isMap, parse, parseDocument } from "yaml";

/** What a list shows of a scenario, read without reading its steps. */
export interface ScenarioHead {
  /** Null where it has none, or it cannot be read. */
  name: string | null;
  fragment: boolean;
}

const valueOf = (lines: readonly string[], key: string): unknown => {
  const first = lines.findIndex((line) => line.startsWith(`${key}:`));
  if (first === -1) return undefined;
  let last = first + 1;
  while (last < lines.length && /^(\s|$)/.test(lines[last] ?? "")) last += 1;
  try {
    const read = parse(lines.slice(first, last).join("\n"), { logLevel: "silent" }) as Record<
      string,
      unknown
    >;
    return read[key];
  } catch {
    return undefined;
  }
};

/** A map in braces is one node, so nothing less than the parser can tell where its keys are. */
const headOfFlow = (text: string): ScenarioHead => {
  try {
    const root: unknown = parseDocument(text, { logLevel: "silent", uniqueKeys: false }).contents;
    if (!isMap<unknown, unknown>(root)) return { name: null, fragment: false };
    const [name, fragment] = [root.get("name"), root.get("fragment")];
    return { name: typeof name === "string" ? name : null, fragment: fragment === true };
  } catch {
    return { name: null, fragment: false };
  }
};

/**
 * The name of a scenario, and whether it is a fragment. Hundreds of files are listed at once, and most of each is
 * steps, so only the lines of these two keys are parsed.
 */
export const readHead = (text: string): ScenarioHead => {
  const lines = text.split(/\r?\n/);
  const start = lines.find((line) => !/^\s*(#|---|%|$)/.test(line)) ?? "";
  if (start.trimStart().startsWith("{") && text.length < 100_000) return headOfFlow(text);
  const name = valueOf(lines, "name");
  return {
    name: typeof name === "string" && name.trim() !== "" ? name : null,
    fragment: valueOf(lines, "fragment") === true,
  };
};
