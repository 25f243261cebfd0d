import {
  applyEdits,
  findNodeAtLocation,
  modify,
  parseTree,
  printParseErrorCode,
  type Node,
} from "jsonc-parser";

/** The file's own keys and values, known or not. */
export type RawSettings = Readonly<Record<string, unknown>>;

/** A settings file as a person wrote it: JSON, with comments and trailing commas where they like them. */
export interface SettingsText {
  values: RawSettings;
  /** The line that a key's value stands on, counted from 1. */
  lineOf(key: string): number;
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split("\n").length;
const columnAt = (text: string, offset: number): number => offset - text.lastIndexOf("\n", offset - 1);

const sentences: Readonly<Record<string, string>> = {
  ValueExpected: "a value is missing",
  CommaExpected: "a comma is missing before this",
  ColonExpected: "a colon is missing before this",
  PropertyNameExpected: "a name in double quotes is expected",
  CloseBraceExpected: "the closing } is missing",
  CloseBracketExpected: "the closing ] is missing",
  UnexpectedEndOfString: "a text does not end",
  InvalidSymbol: "this word is no value; names and texts stand in double quotes",
  EndOfFileExpected: "there is more behind the closing }",
};

const valuesOf = (root: Node): RawSettings => {
  // Without a prototype, so that a key of any name is only a key.
  const values = Object.create(null) as Record<string, unknown>;
  for (const property of root.children ?? []) {
    const [key, value] = property.children ?? [];
    if (key && value) values[String(key.value)] = plain(value);
  }
  return values;
};

const plain = (node: Node): unknown => {
  if (node.type === "array") return (node.children ?? []).map(plain);
  return node.type === "object" ? valuesOf(node) : (node.value as unknown);
};

/**
 * Reads the text of a settings file.
 *
 * @returns what it says, or what is wrong with it and where
 */
export const readSettingsText = (text: string): SettingsText | { wrong: string } => {
  if (text.trim() === "") return { wrong: "it is empty; without settings of your own it says {}" };
  const errors: { error: number; offset: number; length: number }[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first) {
    const name = printParseErrorCode(first.error);
    const place = `line ${lineAt(text, first.offset)}, column ${columnAt(text, first.offset)}`;
    return { wrong: `${place}: ${sentences[name] ?? "this is not JSON"}` };
  }
  if (root?.type !== "object") return { wrong: "line 1: the settings stand between { and }" };
  return {
    values: valuesOf(root),
    lineOf: (key) => lineAt(text, findNodeAtLocation(root, [key])?.offset ?? 0),
  };
};

/** Changes some values in a text and leaves the rest, comments included, as a person wrote it. */
export const changeSettingsText = (text: string, changes: RawSettings): string =>
  Object.entries(changes).reduce((before, [key, value]) => {
    const eol = before.includes("\r\n") ? "\r\n" : "\n";
    const formattingOptions = { insertSpaces: true, tabSize: 2, eol };
    return applyEdits(before, modify(before, [key], value, { formattingOptions }));
  }, text);
