// @ts-check
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, runNpm } from "./run-command.mjs";

const folders = ["electron", "renderer", "shared", "scripts"];
const files = ["package.json", "package-lock.json", "tsconfig.json", "vite.config.ts"];
const stamp = join(root, "dist", "built-from.txt");

/** What a test says changes nothing of what is built. */
const isBuilt = (/** @type {string} */ name) => !/\.test\.ts$/.test(name);

/** A hash of everything that the built program is made of: by content, because a fresh clone has new times. */
const hashOfSources = () => {
  const hash = createHash("sha256");
  const add = (/** @type {string} */ path) => {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update("\0");
  };
  for (const folder of folders) {
    const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
    const names = entries
      .filter((entry) => entry.isFile() && isBuilt(entry.name))
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
    names.sort().forEach(add);
  }
  files.forEach(add);
  return hash.digest("hex");
};

const builtFrom = () => {
  try {
    return readFileSync(stamp, "utf8").trim();
  } catch {
    return "";
  }
};

/** Builds `dist/` unless it is made of the sources as they are. @throws with a sentence where that fails */
export const buildStale = async () => {
  const sources = hashOfSources();
  if (builtFrom() === sources) return;
  console.error("Bellhop is being built. This takes a few seconds.");
  const { code, output } = await runNpm(["run", "--silent", "build"]);
  if (code !== 0) throw new Error(`${output}\nThe build failed.`);
  writeFileSync(stamp, `${sources}\n`);
};
