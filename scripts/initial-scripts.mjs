// @ts-check
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { root } from "./run-command.mjs";

const built = join(root, "dist", "renderer");

/** What a built script imports without being asked again: not what `import()` fetches later. */
const staticImport = /\b(?:import|export)\s*(?:[\w$*{][^"'()]*?from\s*)?["']\.\/([\w.-]+\.js)["']/g;

/** @typedef {{ name: string, bytes: number, gzipped: number }} BuiltScript */

/**
 * @param {string} name a script of the built window, such as `assets/index-Cd-Ge4uf.js`
 * @returns {BuiltScript} its size as it is, and as a web server would send it
 */
export const sizeOf = (name) => {
  const content = readFileSync(join(built, name));
  return { name, bytes: content.length, gzipped: gzipSync(content).length };
};

/** @param {string} name @param {Map<string, BuiltScript>} found */
const follow = (name, found) => {
  if (found.has(name)) return;
  found.set(name, sizeOf(name));
  const text = readFileSync(join(built, name), "utf8");
  for (const [, imported = ""] of text.matchAll(staticImport)) follow(`assets/${imported}`, found);
};

/**
 * The scripts that must have come before a view of the window can be painted: those that the built `index.html` names,
 * the view's own, and whatever these import statically.
 *
 * @param {string} view such as `ComposerView`
 * @returns {BuiltScript[]}
 * @throws where the product is not built, or has no script of that name
 */
export const initialScripts = (view) => {
  const page = readFileSync(join(built, "index.html"), "utf8");
  const named = [...page.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)].map(([, name = ""]) => name);
  const own = readdirSync(join(built, "assets")).find(
    (name) => name.startsWith(`${view}-`) && name.endsWith(".js"),
  );
  if (own === undefined) throw new Error(`dist/renderer/assets has no script of ${view}.`);
  /** @type {Map<string, BuiltScript>} */
  const found = new Map();
  for (const name of [...named, `assets/${own}`]) follow(name, found);
  return [...found.values()];
};
