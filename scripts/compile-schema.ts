import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import type { Plugin } from "vite";
import { DocumentError, type JsonMap } from "./asyncapi-document";
import { callable, importInsteadOfRequire } from "./standalone-validators";

const marker = "?validators";
const virtual = "\0bellhop:validators:";

/**
 * A Vite plugin that turns an import of `some.schema.json?validators` into a module with a stand-alone validator for
 * the schema itself and for each of its `$defs` (see `shared/scenario/schema-modules.d.ts`). No code is generated when
 * the program runs; a strict Content-Security-Policy forbids it.
 */
export const compileSchema = (): Plugin => ({
  name: "bellhop:compile-schema",
  enforce: "pre",
  async resolveId(source, importer) {
    if (!source.endsWith(marker)) return null;
    const resolved = await this.resolve(source.slice(0, -marker.length), importer, { skipSelf: true });
    // Without ".json" at its end, so that nobody reads the code as JSON.
    return resolved === null ? null : `${virtual}${resolved.id}.js`;
  },
  async load(id) {
    if (!id.startsWith(virtual)) return null;
    const path = id.slice(virtual.length, -".js".length);
    this.addWatchFile(path);
    const code = compileSchemaText(await readFile(path, "utf8"), relative(process.cwd(), path));
    return { code, map: null, moduleType: "js" };
  },
});

/**
 * The code of such a module. `$defs/step` counts as anything: whoever validates walks the steps, each by its own kind,
 * because the reasons why none of nine kinds fits say nothing to a person.
 *
 * @param text a JSON Schema, draft 2020-12
 * @param file its name, for messages
 * @throws DocumentError where the schema is wrong
 */
export const compileSchemaText = (text: string, file: string): string => {
  const schema = JSON.parse(text) as JsonMap & { $defs: Record<string, JsonMap> };
  const ajv = new Ajv2020({
    allErrors: true,
    messages: false,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    code: { source: true, esm: true, lines: true },
  });
  if (ajv.validateSchema(schema) !== true) {
    throw new DocumentError(file, "#", `is no valid schema: ${ajv.errorsText(ajv.errors)}.`);
  }
  ajv.addSchema({ ...schema, $defs: { ...schema.$defs, step: {} } }, "root");
  const names = ["", ...Object.keys(schema.$defs)];
  const entries = names.map((name, index) => [
    `checked${index}`,
    name === "" ? "root" : `root#/$defs/${name}`,
  ]);
  const code = importInsteadOfRequire(callable(standalone)(ajv, Object.fromEntries(entries)), file);
  const table = names.map((name, index) => `  [${JSON.stringify(name)}, checked${index}],`);
  return `${code}\nexport const validators = new Map([\n${table.join("\n")}\n]);\n`;
};
