import type { Document, LineCounter } from "yaml";
import type { JsonValue } from "../../../../shared/model/json";
import type { ScenarioIssue } from "../../../../shared/model/scenario";
import { parseYaml } from "../../files/parse-yaml";
import { explainSyntax, findFlaws } from "./find-flaws";
import { createSource, issueAt, type ScenarioSource } from "./scenario-source";

/** Characters; the format's limit is 1 MB (interface "Scenario files", limits). */
export const largestFile = 1_000_000;

/** Levels of lists and maps: more than twice what fragments, repeats and the deepest event need. */
const deepest = 64;

/** Times that an anchor may be used: enough for people, too few to blow a small file up. */
const mostAliases = 100;

/** Values, counting what aliases repeat. */
const mostValues = 1_000_000;

const tooLarge = "With what its aliases repeat, the file is too large.";

const isSmallEnough = (root: unknown): boolean => {
  const pending: unknown[] = [root];
  let count = 0;
  while (pending.length > 0) {
    const value = pending.pop();
    if (++count > mostValues) return false;
    if (typeof value === "object" && value !== null)
      for (const item of Object.values(value)) pending.push(item);
  }
  return true;
};

const valueOf = (document: Document): { value: JsonValue } | { problem: string } => {
  try {
    const value: unknown = document.toJS({ maxAliasCount: mostAliases });
    if (isSmallEnough(value)) return { value: (value ?? null) as JsonValue };
    return { problem: tooLarge };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (message.startsWith("Excessive alias count")) return { problem: tooLarge };
    return {
      problem: message.startsWith("Unresolved alias") ? `${message}.` : `This cannot be read: ${message}.`,
    };
  }
};

const unreadable = (path: string, line: number, column: number, message: string): ScenarioIssue => ({
  severity: "error",
  code: "not-readable",
  file: path,
  line,
  column,
  path: "",
  message: `${message.slice(0, 1).toUpperCase()}${message.slice(1)}.`,
});

/** A text as a source, and what is wrong with it as YAML. Null where it cannot be read at all. */
export interface ReadSource {
  source: ScenarioSource | null;
  issues: ScenarioIssue[];
}

const placeOf = (text: string, offset: number): { line: number; column: number } => {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
};

const sourceOf = (path: string, text: string, document: Document, lines: LineCounter): ReadSource => {
  const read = valueOf(document);
  if ("value" in read) return { source: createSource(path, text, document, lines, read.value), issues: [] };
  const source = createSource(path, text, document, lines, undefined);
  const [alias = ""] = /\*\S+$/.exec(read.problem.replace(/: (\S+)\.$/, ": *$1")) ?? [];
  const offset = alias === "" ? 0 : Math.max(text.indexOf(alias), 0);
  const words = { code: "not-yaml", message: read.problem };
  return { source, issues: [issueAt(source, [], source.rangeOf(offset, offset + alias.length), words)] };
};

/** Reads a scenario's text, which is other people's input, as YAML. Never throws. @param path how issues name it */
export const readSource = (text: string, path: string): ReadSource => {
  const parsed = parseYaml(text, { largest: largestFile, deepest });
  if ("flaw" in parsed) {
    const { line, column } = placeOf(text, parsed.flaw.offset);
    return { source: null, issues: [unreadable(path, line, column, parsed.flaw.message)] };
  }
  const { source, issues } = sourceOf(path, text, parsed.document, parsed.lines);
  if (source === null) return { source, issues };
  const syntax = parsed.flaws.map(({ offset, end, message }) =>
    issueAt(source, [], source.rangeOf(offset, end), explainSyntax(text, offset, message)),
  );
  // Where the text is broken, what follows from it would only hide the reason.
  const flaws = syntax.length > 0 ? [] : findFlaws(source);
  return { source, issues: [...syntax, ...issues, ...flaws] };
};
