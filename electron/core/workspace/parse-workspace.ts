import * as v from "valibot";
import { isAlias, isMap, isNode, isScalar, type Document, type LineCounter, type Node } from "yaml";
import { AppError } from "../../../shared/contract/errors";
import {
  builtInNames,
  workspaceFileName,
  workspaceSchema,
  type WorkspaceFile,
} from "../../../shared/workspace";
import { parseYaml } from "../files/parse-yaml";
import { findRepeatedKeys } from "../files/repeated-keys";

/** Characters. A file of this size takes well under a second to read, whatever is in it. */
const largest = 256_000;

/** Aliases that a file may use: enough for people, too few to blow a small file up. */
const mostAliases = 100;

export interface ParsedWorkspace {
  /** Keeps comments, order and styles, for editing. */
  document: Document;
  content: WorkspaceFile;
}

/** Makes the error about a place in the file; `where` is empty or begins with a comma. */
type Invalid = (where: string, problem: string) => AppError;

const ownFile: Invalid = (where, problem) =>
  new AppError({
    code: "WORKSPACE_INVALID",
    message: `${workspaceFileName}${where}: ${problem}.`,
    hint: "Correct the file in an editor; the built-in environments work meanwhile.",
  });

const at = (lines: LineCounter, offset: number): string => {
  const { line, col } = lines.linePos(offset);
  return `, line ${line}, column ${col}`;
};

type Step = { type?: string; origin?: string; key: unknown };

/** Where in the text the thing at a path stands; for what is missing, where the map that lacks it begins. */
const offsetOf = (document: Document, path: readonly Step[]): number => {
  let node: Node | null = document.contents as Node | null;
  let offset = node?.range?.[0] ?? 0;
  for (const [index, { key, origin }] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document) ?? null;
    if (!isMap(node)) break;
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
    if (pair === undefined) break;
    const keyNode = isNode(pair.key) ? pair.key : null;
    const isKeyToBlame = origin === "key" && index === path.length - 1;
    const value = isNode(pair.value) ? pair.value : null;
    // A block map begins at its first key; the key that it stands under says better what is meant.
    const target = isKeyToBlame || value === null || isMap(value) ? keyNode : value;
    offset = target?.range?.[0] ?? offset;
    node = value;
  }
  return offset;
};

/** A default that names nothing would silently send somewhere else. */
const withKnownDefault = (
  content: WorkspaceFile,
  document: Document,
  lines: LineCounter,
  invalid: Invalid,
): WorkspaceFile => {
  const { defaultEnvironment, environments = {} } = content;
  const names = [...builtInNames, ...Object.keys(environments)];
  if (defaultEnvironment === undefined || names.includes(defaultEnvironment)) return content;
  throw invalid(
    at(lines, offsetOf(document, [{ key: "defaultEnvironment" }])),
    `defaultEnvironment names ${JSON.stringify(defaultEnvironment)}, and there are ${names.join(", ")}`,
  );
};

const check = (document: Document, lines: LineCounter, invalid: Invalid): WorkspaceFile => {
  const result = v.safeParse(workspaceSchema, document.toJS({ maxAliasCount: mostAliases }));
  if (result.success) return withKnownDefault(result.output, document, lines, invalid);
  const [issue] = result.issues;
  const path = (issue.path ?? []) as unknown as Step[];
  const field = path.map(({ key }) => String(key)).join(".");
  throw invalid(
    at(lines, offsetOf(document, path)),
    field === "" ? `the file ${issue.message}` : `${field} ${issue.message}`,
  );
};

/**
 * Reads the text of a `bellhop.yaml`, which is other people's input: size, depth and aliases are limited.
 *
 * @param invalid the error for a mistake, where the text is not the workspace's own file
 * @throws AppError WORKSPACE_INVALID with line, column and field
 */
export const parseWorkspace = (text: string, invalid: Invalid = ownFile): ParsedWorkspace => {
  const parsed = parseYaml(text, { largest, deepest: 64 });
  if ("flaw" in parsed) throw invalid("", parsed.flaw.message);
  const { document, lines, flaws } = parsed;
  const [flaw] = flaws;
  if (flaw) throw invalid(at(lines, flaw.offset), flaw.message);
  const [repeated] = findRepeatedKeys(document.contents);
  if (repeated) {
    throw invalid(at(lines, repeated.range?.[0] ?? 0), `${String(repeated.value)} stands here a second time`);
  }
  try {
    return { document, content: check(document, lines, invalid) };
  } catch (error) {
    if (error instanceof AppError) throw error;
    // What the library throws: too many aliases, or one that is not there.
    throw invalid("", error instanceof Error ? error.message : String(error));
  }
};
