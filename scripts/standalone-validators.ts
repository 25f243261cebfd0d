import { Ajv, type ErrorObject } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import formats from "ajv-formats";
import { DocumentError, isMap, type DocumentMessage, type Json, type JsonMap } from "./asyncapi-document";

/** Keywords that say nothing about validity; left out so that the code stays small. */
const annotations = new Set(["title", "description", "example", "examples", "default"]);

/**
 * Compiles the messages' schemas (draft-07) to code that needs no code generation when it runs.
 *
 * @returns an ES module that exports `validate0`, `validate1`, … in the order of the messages
 * @throws DocumentError where a schema is wrong, or where an example does not fit its schema
 */
export const compileValidators = (messages: readonly DocumentMessage[], file: string): string => {
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
  messages.forEach((message, index) => {
    checkSchema(ajv, message, file);
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
const callable = <F>(module: F | { default: F }): F =>
  typeof module === "object" && module !== null && "default" in module ? module.default : (module as F);

const checkSchema = (ajv: Ajv, message: DocumentMessage, file: string): void => {
  if (ajv.validateSchema(message.schema) === true) return;
  const [error] = ajv.errors ?? [];
  const place = `#${message.pointer}/payload${error?.instancePath ?? ""}`;
  throw new DocumentError(file, place, `is not a valid schema (${describe(error)}).`);
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

/**
 * AJV's "ES module" still calls `require` for its helpers and formats. Neither a browser nor an ES module in Node
 * has it, so each becomes an import. A bundler may hand out such a CommonJS module either as its exports or wrapped
 * in `default`, hence the look for both.
 */
const importInsteadOfRequire = (code: string, file: string): string => {
  const imports = new Map<string, string>();
  const body = code.replaceAll(/require\("([^"]+)"\)\.(\w+)/g, (_, specifier: string, property: string) => {
    if (!imports.has(specifier)) imports.set(specifier, `commonjs${imports.size}`);
    return `exported(${imports.get(specifier)}, "${property}")`;
  });
  if (/\brequire\(|new Function/.test(body)) {
    throw new DocumentError(file, "#", "its validators would need code generation at run time.");
  }
  return [
    ...[...imports].map(([specifier, name]) => `import * as ${name} from "${specifier}.js";`),
    `const exported = (module, name) => {
  const inner = module.default;
  if (inner !== undefined && inner !== null && inner[name] !== undefined) return inner[name];
  return module[name];
};`,
    body.replace('"use strict";', ""),
  ].join("\n");
};
