import { isMap, isScalar, type Document, type Node } from "yaml";
import { AppError } from "../../../../shared/contract/errors";
import { parseYaml } from "../../files/parse-yaml";
import { findRepeatedKeys } from "../../files/repeated-keys";

export type Path = readonly (string | number)[];

/** A text that a person edits, read, with the way back from a value to its place. */
export interface SourceDocument {
  /** Undefined where the text says nothing. */
  value: unknown;
  /** An INVALID_INPUT that points at a value, or at the nearest thing around it. */
  invalid(path: Path, message: string): AppError;
  /** `file:line:column` of a value, or of the nearest thing around it. */
  at(path: Path): string;
  /** Sentences about the keys of a map that this version gives no meaning to, with the place of each. */
  unknownKeys(path: Path, known: ReadonlySet<string>): string[];
}

/** Characters; a file or a request with more is refused before. */
const largest = 1_000_000;

/** Levels of lists and maps: three times what a configuration needs. */
const deepest = 30;

const toValue = (document: Document): unknown => document.toJS({ maxAliasCount: 50 }) as unknown;

/**
 * Reads YAML, of which JSON is a part.
 *
 * @param file the name that messages give the text
 * @param hint where its form is described
 * @throws AppError INVALID_INPUT with file, line and column
 */
export const readDocument = (text: string, file: string, hint: string): SourceDocument => {
  const fail = (place: string, message: string): AppError =>
    new AppError({ code: "INVALID_INPUT", message: `${place}: ${message}`, hint });
  const placeOf = (offset: number): string => {
    const before = text.slice(0, offset).split("\n");
    return `${file}:${before.length}:${(before.at(-1) ?? "").length + 1}`;
  };

  const parsed = parseYaml(text, { largest, deepest });
  if ("flaw" in parsed) throw fail(placeOf(parsed.flaw.offset), `${parsed.flaw.message}.`);
  const { document, flaws } = parsed;
  const [flaw] = flaws;
  if (flaw) throw fail(placeOf(flaw.offset), `${flaw.message}.`);
  const [repeated] = findRepeatedKeys(document.contents, 1);
  if (repeated)
    throw fail(placeOf(repeated.range?.[0] ?? 0), `${String(repeated.value)} stands here a second time.`);

  const nodeAt = (path: Path): unknown => document.getIn(path, true);
  const at = (path: Path): string => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = nodeAt(path.slice(0, length)) as Partial<Node> | undefined;
      const start = node?.range?.[0];
      if (start !== undefined) return placeOf(start);
    }
    return `${file}:1:1`;
  };

  const read = (): unknown => {
    try {
      return toValue(document);
    } catch (problem) {
      throw fail(`${file}:1:1`, problem instanceof Error ? problem.message : "this cannot be read.");
    }
  };

  return {
    value: read() ?? undefined,
    at,
    invalid: (path, message) => fail(at(path), message),
    unknownKeys(path, known) {
      const node = nodeAt(path);
      if (!isMap(node)) return [];
      return node.items.flatMap(({ key }) => {
        if (!isScalar(key) || known.has(String(key.value))) return [];
        return `${placeOf(key.range?.[0] ?? 0)}: this version of the sandbox does not know ${JSON.stringify(String(key.value))}, so it has no effect.`;
      });
    },
  };
};
