/** Names of files that hold an event a line. */
export const isLinesFile = (name: string): boolean => /\.(ndjson|jsonl)$/i.test(name);

/**
 * Whether a text holds several events: a list, or an event a line. Looks at its beginning only; whether it is JSON is
 * found out by the check.
 */
export const holdsMany = (text: string): boolean => {
  const beginning = text
    .slice(0, 100_000)
    .replace(/^\ufeff/, "")
    .trimStart();
  if (beginning.startsWith("[")) return /^\[\s*\{/.test(beginning);
  const [first = "", second = ""] = beginning.split("\n").filter((line) => line.trim() !== "");
  return first.startsWith("{") && first.trimEnd().endsWith("}") && second.startsWith("{");
};
