import * as v from "valibot";
import { isMap, isScalar, LineCounter, parseDocument, type Document, type Node } from "yaml";
import { AppError } from "../../../../shared/contract/errors";
import { configSchema, settingNames, type ConfigFile } from "./config-schema";
import { defaultConfig, type SandboxConfig } from "./sandbox-config";

/** A configuration, and what its author should know although it is usable. */
export interface ParsedConfig {
  config: SandboxConfig;
  /** Sentences with file, line and column. */
  warnings: string[];
}

type Path = readonly (string | number)[];

const knownKeys = new Set(settingNames);
const pointOfSaleKeys = new Set(["name", "timeout"]);

/** Finds the place of a value in the file, or of the nearest thing around it. */
const createLocator =
  (file: string, document: Document, lines: LineCounter) =>
  (path: Path): string => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true) as Partial<Node> | undefined;
      const start = node?.range?.[0];
      if (start === undefined) continue;
      const { line, col } = lines.linePos(start);
      return `${file}:${line}:${col}`;
    }
    return `${file}:1:1`;
  };

const invalid = (message: string): AppError =>
  new AppError({
    code: "INVALID_INPUT",
    message,
    hint: "docs/schemas/sandbox.schema.json describes the file; an editor with a YAML extension checks it as you type.",
  });

const readDocument = (text: string, file: string, lines: LineCounter): Document => {
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw invalid(`${file}:${line}:${col}: this is not YAML or JSON: ${error.message}`);
  }
  return document;
};

/** The keys of a map that this version gives no meaning to, with the place of each. */
const unknownKeys = (
  node: unknown,
  known: ReadonlySet<string>,
  place: (offset: number) => string,
): string[] => {
  if (!isMap(node)) return [];
  return node.items.flatMap(({ key }) => {
    if (!isScalar(key) || known.has(String(key.value))) return [];
    return `${place(key.range?.[0] ?? 0)}: this version of the sandbox does not know ${JSON.stringify(String(key.value))}, so it has no effect.`;
  });
};

const findUnknownKeys = (document: Document, file: string, lines: LineCounter): string[] => {
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const points = document.get("pointsOfSale", true);
  const items = points && typeof points === "object" && "items" in points ? (points.items as unknown[]) : [];
  return [
    ...unknownKeys(document.contents, knownKeys, place),
    ...items.flatMap((item) => unknownKeys(item, pointOfSaleKeys, place)),
  ];
};

const complete = (written: ConfigFile, at: (path: Path) => string): SandboxConfig => {
  const pointsOfSale = written.pointsOfSale ?? defaultConfig.pointsOfSale;
  const names = new Set<string>();
  for (const [index, { name }] of pointsOfSale.entries()) {
    if (names.has(name)) {
      throw invalid(
        `${at(["pointsOfSale", index, "name"])}: the point of sale ${JSON.stringify(name)} is there twice.`,
      );
    }
    names.add(name);
  }
  // The default site belongs to the default point of sale: where that is gone, so is the site.
  const defaultSites = [...defaultConfig.sites].filter(([, name]) => names.has(name));
  const sites = new Map(written.sites ? Object.entries(written.sites) : defaultSites);
  for (const [site, name] of sites) {
    if (names.has(name)) continue;
    throw invalid(
      `${at(["sites", site])}: the site ${JSON.stringify(site)} names the point of sale ${JSON.stringify(name)}, which is not one of: ${[...names].join(", ")}.`,
    );
  }
  return { ...defaultConfig, ...written, pointsOfSale, sites };
};

/**
 * Reads a sandbox's configuration.
 *
 * @param text YAML, of which JSON is a part
 * @param file the name that messages give the file
 * @throws AppError INVALID_INPUT with file, line and column
 */
export const parseConfig = (text: string, file: string): ParsedConfig => {
  const lines = new LineCounter();
  const document = readDocument(text, file, lines);
  const at = createLocator(file, document, lines);
  const value = toValue(document, file) ?? {};

  const result = v.safeParse(configSchema, value);
  if (!result.success) {
    const [issue] = result.issues;
    const path = (issue.path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key)));
    throw invalid(`${at(path)}: ${issue.message}`);
  }
  return { config: complete(result.output, at), warnings: findUnknownKeys(document, file, lines) };
};

const toValue = (document: Document, file: string): unknown => {
  try {
    return document.toJS({ maxAliasCount: 50 });
  } catch (error) {
    throw invalid(`${file}:1:1: ${error instanceof Error ? error.message : "this cannot be read."}`);
  }
};
