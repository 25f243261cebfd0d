import { formatNames } from "ajv-formats/dist/formats.js";
import { LineCounter, parseDocument } from "yaml";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonMap = { [key: string]: Json };

/** One message of a document, with every reference resolved. */
export interface DocumentMessage {
  /** JSON Pointer of the message in the document. */
  pointer: string;
  name: string;
  title: string;
  summary: string;
  description: string;
  phrase: string;
  schema: JsonMap;
  examples: JsonMap[];
}

export interface AsyncApiDocument {
  messages: DocumentMessage[];
  /** The schemas under `/components/schemas` as written, by JSON Pointer. */
  schemas: Map<string, JsonMap>;
}

/** What is wrong with a document, and where: the message names file and JSON Pointer (or line and column). */
export class DocumentError extends Error {
  constructor(file: string, place: string, problem: string) {
    super(`${file}${place}: ${problem}`);
    this.name = "DocumentError";
  }
}

/** The schema keywords that a document may use: a slip such as `requried` must not pass in silence. */
const schemaKeywords = new Set(
  (
    "$ref additionalProperties allOf anyOf const contains default description enum example examples " +
    "exclusiveMaximum exclusiveMinimum format items maximum maxItems maxLength maxProperties minimum minItems " +
    "minLength minProperties multipleOf not oneOf pattern properties required title type uniqueItems"
  ).split(" "),
);
const listsOfSchemas = new Set(["allOf", "anyOf", "oneOf"]);
const singleSchemas = new Set(["additionalProperties", "contains", "items", "not"]);

export const isMap = (value: Json | undefined): value is JsonMap =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const escapeSegment = (segment: string): string => segment.replaceAll("~", "~0").replaceAll("/", "~1");

/**
 * Reads an AsyncAPI 2 document and resolves its references.
 *
 * @param text the document as YAML or JSON
 * @param file its name, for messages
 * @throws DocumentError that names the file and where in it the problem is
 */
export const readAsyncApi = (text: string, file: string): AsyncApiDocument => {
  const document = parseYaml(text, file);
  const fail = (pointer: string, problem: string): never => {
    throw new DocumentError(file, `#${pointer}`, problem);
  };
  const version = document["asyncapi"];
  if (typeof version !== "string" || !version.startsWith("2.")) {
    return fail("/asyncapi", `must be a version 2 of AsyncAPI, not ${JSON.stringify(version)}.`);
  }
  const resolver = new Resolver(document, fail);
  const schemas = new Map<string, JsonMap>();
  for (const name of Object.keys(resolver.map("/components/schemas"))) {
    const pointer = `/components/schemas/${escapeSegment(name)}`;
    resolver.schema(pointer);
    schemas.set(pointer, resolver.map(pointer));
  }

  const messages = messagePointers(resolver, fail).map((pointer) => readMessage(resolver, pointer, fail));
  const names = messages.map(({ name }) => name);
  messages.forEach(({ name, pointer }, index) => {
    if (names.indexOf(name) !== index) fail(`${pointer}/name`, `the name ${name} is used twice.`);
  });
  return { messages, schemas };
};

const parseYaml = (text: string, file: string): JsonMap => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new DocumentError(file, `:${line}:${col}`, error.message);
  }
  const value = document.toJS() as Json;
  if (!isMap(value)) throw new DocumentError(file, "#", "must be an AsyncAPI document.");
  return value;
};

type Fail = (pointer: string, problem: string) => never;

const messagePointers = (resolver: Resolver, fail: Fail): string[] => {
  const found: string[] = [];
  for (const channel of Object.keys(resolver.map("/channels"))) {
    const base = `/channels/${escapeSegment(channel)}/publish/message`;
    const message = resolver.map(base);
    if (!Array.isArray(message["oneOf"])) found.push(resolver.follow(base));
    else message["oneOf"].forEach((_, index) => found.push(resolver.follow(`${base}/oneOf/${index}`)));
  }
  return found.length > 0 ? found : fail("/channels", "must publish at least one message.");
};

const readMessage = (resolver: Resolver, pointer: string, fail: Fail): DocumentMessage => {
  const message = resolver.map(pointer);
  const text = (key: string): string => {
    const value = message[key];
    return typeof value === "string" && value !== "" ? value : fail(`${pointer}/${key}`, "must be a text.");
  };
  const examples = Array.isArray(message["examples"]) ? message["examples"] : [];
  return {
    pointer,
    name: text("name"),
    title: text("title"),
    summary: text("summary"),
    description: text("description"),
    phrase: text("x-phrase"),
    schema: resolver.schema(`${pointer}/payload`),
    examples: examples.map((_, index) => resolver.map(`${pointer}/examples/${index}/payload`)),
  };
};

/** Follows local references; one to another file or host is refused, so that a build depends on nothing else. */
class Resolver {
  constructor(
    private readonly document: JsonMap,
    private readonly fail: Fail,
  ) {}

  /** The map at a pointer, after its own reference. */
  map(pointer: string): JsonMap {
    const value = this.at(this.follow(pointer));
    return isMap(value) ? value : this.fail(pointer, value === undefined ? "is missing." : "must be a map.");
  }

  /** The pointer that a reference at `pointer` leads to in the end, or `pointer` itself. */
  follow(pointer: string, seen: readonly string[] = []): string {
    const value = this.at(pointer);
    if (!isMap(value) || value["$ref"] === undefined) return pointer;
    const reference = value["$ref"];
    if (typeof reference !== "string" || !reference.startsWith("#/")) {
      return this.fail(
        `${pointer}/$ref`,
        `must start with #/: only references inside the document are read.`,
      );
    }
    const target = reference.slice(1);
    if (this.at(target) === undefined) this.fail(`${pointer}/$ref`, `nothing is at ${reference}.`);
    if (seen.includes(target)) this.fail(`${pointer}/$ref`, `${reference} leads back to itself.`);
    return this.follow(target, [...seen, target]);
  }

  /** The schema at a pointer with all references replaced by what they point at. */
  schema(pointer: string, above: readonly string[] = []): JsonMap {
    const target = this.follow(pointer);
    if (above.includes(target)) this.fail(pointer, "the schema contains itself.");
    const path = [...above, target];
    const resolved: JsonMap = {};
    for (const [keyword, value] of Object.entries(this.map(target))) {
      const place = `${target}/${escapeSegment(keyword)}`;
      if (!schemaKeywords.has(keyword) && !keyword.startsWith("x-")) {
        this.fail(place, `"${keyword}" is not a keyword of a schema.`);
      }
      if (keyword === "format" && !formatNames.some((name) => name === value)) {
        this.fail(place, `${JSON.stringify(value)} is not a known format.`);
      }
      resolved[keyword] = this.keyword(keyword, value, place, path);
    }
    return resolved;
  }

  private keyword(keyword: string, value: Json, place: string, path: readonly string[]): Json {
    if (keyword === "properties") {
      const names = Object.keys(this.map(place));
      return Object.fromEntries(
        names.map((name) => [name, this.schema(`${place}/${escapeSegment(name)}`, path)]),
      );
    }
    if (listsOfSchemas.has(keyword)) {
      if (!Array.isArray(value)) return this.fail(place, "must be a list of schemas.");
      return value.map((_, index) => this.schema(`${place}/${index}`, path));
    }
    if (singleSchemas.has(keyword) && typeof value !== "boolean") return this.schema(place, path);
    return value;
  }

  private at(pointer: string): Json | undefined {
    let value: Json | undefined = this.document;
    for (const escaped of pointer.split("/").slice(1)) {
      const segment = escaped.replaceAll("~1", "/").replaceAll("~0", "~");
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, segment)) return undefined;
      value = (value as JsonMap)[segment];
    }
    return value;
  }
}
