import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import type { Plugin } from "vite";
import { readAsyncApi } from "./asyncapi-document";
import { compileValidators } from "./standalone-validators";

/**
 * A Vite plugin that turns an import of an `*.asyncapi.yaml` file into a module with its messages, their schemas
 * and stand-alone validators (see `shared/catalog/asyncapi-modules.d.ts`). So nothing parses YAML or AsyncAPI and
 * nothing generates code when the program runs; a strict Content-Security-Policy forbids the latter.
 */
export const compileAsyncApi = (): Plugin => ({
  name: "bellhop:compile-asyncapi",
  enforce: "pre",
  async load(id) {
    const [path = ""] = id.split("?");
    if (!path.endsWith(".asyncapi.yaml")) return null;
    this.addWatchFile(path);
    const code = compileAsyncApiText(await readFile(path, "utf8"), relative(process.cwd(), path));
    return { code, map: null, moduleType: "js" };
  },
});

/**
 * The code of such a module.
 *
 * @param text the AsyncAPI 2 document
 * @param file its name, for messages
 * @throws DocumentError that names file and JSON Pointer when the document is wrong
 */
export const compileAsyncApiText = (text: string, file: string): string => {
  const document = readAsyncApi(text, file);
  const entries = document.messages.map(({ pointer: _, ...message }, index) => {
    // The text of an object literal may hold what JSON may, but `__proto__` would set the prototype.
    const data = JSON.stringify(JSON.stringify(message));
    return `  { ...JSON.parse(${data}), validate: validate${index} },`;
  });
  return `${compileValidators(document, file)}\nexport const messages = [\n${entries.join("\n")}\n];\n`;
};
