import { Ajv, type ErrorObject } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import formats from "ajv-formats";
import {
  DocumentError,
  isMap,
  type AsyncApiDocument,
  type DocumentMessage,
  type Json,
  type JsonMap,
} from "./asyncapi-document";

/** Keywords that say nothing about validity; left out so that the code stays small. */
const annotations = new Set(["title", "description", "example", "examples", "default"]);

/** Characters. Longer texts count as not of their format: no address, date or e-mail comes near it. */
const longestCheckedText = 100_000;

/**
 * Compiles the messages' schemas (draft-07) to code that needs no code generation when it runs.
 *
 * @returns an ES module that exports `validate0`, `validate1`, … in the order of the messages
 * @throws DocumentError where a schema is wrong, or where an example does not fit its schema
 */
export const compileValidators = ({ messages, schemas }: AsyncApiDocument, file: string): string => {
  const ajv = new Ajv({
    allErrors: true,
    messages: false,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    code: { source: true, esm: true, lines: true },
  });
  // Their types describe CommonJS; at run time the import is the function itself, or holds it.
  callable(formats)(ajv);
  for (const [pointer, schema] of schemas) checkSchema(ajv, pointer, schema, file);
  messages.forEach((message, index) => {
    checkSchema(ajv, `${message.pointer}/payload`, message.schema, file);
    ajv.addSchema(withoutAnnotations(message.schema), `validate${index}`);
    const validate = compiled(ajv, index, message, file);
    message.examples.forEach((example, place) => {
      if (validate(example) === true) return;
      const [error] = validate.errors ?? [];
      throw new DocumentError(
        file,
        `#${message.pointer}/examples/${place}/payload${error?.instancePath ?? ""}`,
        `the example does not fit its schema (${describe(error)}).`,
      );
    });
  });
  const names = Object.fromEntries(messages.map((_, index) => [`validate${index}`, `validate${index}`]));
  return importInsteadOfRequire(callable(standalone)(ajv, names), file);
};

/** A CommonJS module's default export, however the loader wrapped it. */
export const callable = <F>(module: F | { default: F }): F =>
  typeof module === "object" && module !== null && "default" in module ? module.default : (module as F);

const checkSchema = (ajv: Ajv, pointer: string, schema: JsonMap, file: string): void => {
  if (ajv.validateSchema(schema) === true) return;
  const [error] = ajv.errors ?? [];
  const place = `#${pointer}${error?.instancePath ?? ""}`;
  throw new DocumentError(file, place, `is not valid in a schema (${describe(error)}).`);
};

const compiled = (ajv: Ajv, index: number, message: DocumentMessage, file: string) => {
  try {
    const validate = ajv.getSchema(`validate${index}`);
    if (validate !== undefined) return validate;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DocumentError(file, `#${message.pointer}/payload`, `cannot be compiled: ${reason}.`);
  }
  throw new DocumentError(file, `#${message.pointer}/payload`, "cannot be compiled.");
};

const describe = (error: ErrorObject | undefined): string =>
  error === undefined ? "unknown reason" : `${error.keyword} ${JSON.stringify(error.params)}`;

const withoutAnnotations = (schema: JsonMap): JsonMap =>
  Object.fromEntries(
    Object.entries(schema)
      .filter(([keyword]) => !annotations.has(keyword) && !keyword.startsWith("x-"))
      .map(([keyword, value]): [string, Json] => {
        if (keyword === "properties" && isMap(value)) {
          const each = Object.entries(value).map(([name, property]): [string, Json] => [
            name,
            bare(property),
          ]);
          return [keyword, Object.fromEntries(each)];
        }
        if (keyword === "enum" || keyword === "const" || keyword === "required") return [keyword, value];
        return [keyword, Array.isArray(value) ? value.map(bare) : bare(value)];
      }),
  );

const bare = (value: Json): Json => (isMap(value) ? withoutAnnotations(value) : value);

/** What the generated code calls. */
const runtime = `
// A bundler may hand out a CommonJS module as its exports or wrapped in "default".
const exported = (module, name) => module.default?.[name] ?? module[name];

// A hostile text of megabytes overflows the stack of the regular expression engine.
const checkable = (text) => typeof text !== "string" || text.length <= ${longestCheckedText};
const bounded = (format) => {
  if (format instanceof RegExp) return { test: (text) => checkable(text) && format.test(text) };
  if (typeof format === "function") return (text) => checkable(text) && format(text);
  return { ...format, validate: (value) => checkable(value) && format.validate(value) };
};

const codePoints = (text) => {
  let count = 0;
  for (const _ of text) count++;
  return count;
};
`;

/**
 * AJV's "ES module" still calls `require` for its helpers and formats, which neither a browser nor an ES module in
 * Node has: formats become an import, and the one helper that counts characters is written out, because AJV's own
 * carries a `require` in a string.
 */
export const importInsteadOfRequire = (code: string, file: string): string => {
  const body = code
    .replace('"use strict";', "")
    .replaceAll('require("ajv/dist/runtime/ucs2length").default', "codePoints")
    .replaceAll('require("ajv-formats/dist/formats").fullFormats', 'exported(commonjs, "fullFormats")')
    .replaceAll(/^const (formats\d+) = (.+);$/gm, "const $1 = bounded($2);");
  const [, helper] = /\brequire\(([^)]*)\)/.exec(body) ?? [];
  if (helper !== undefined) {
    throw new DocumentError(file, "#", `a schema needs ${helper}, which cannot be loaded at run time.`);
  }
  return `import * as commonjs from "ajv-formats/dist/formats.js";\n${runtime}${body}`;
};
