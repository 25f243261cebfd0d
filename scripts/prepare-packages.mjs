// @ts-check
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root, runNpm } from "./run-command.mjs";

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean, link?: boolean, inBundle?: boolean }} LockedPackage
 * @typedef {Record<string, LockedPackage>} LockedPackages
 */

/**
 * @param {string} file
 * @returns {LockedPackages | null}
 */
const packagesOf = (file) => {
  try {
    return JSON.parse(readFileSync(join(root, file), "utf8")).packages;
  } catch {
    return null;
  }
};

/**
 * Whether what is installed is what is locked. npm leaves out optional packages of other platforms, and nothing else.
 *
 * @param {LockedPackages | null} locked
 * @param {LockedPackages | null} installed
 */
export const isInstalled = (locked, installed) =>
  locked !== null &&
  installed !== null &&
  Object.entries(locked).every(([path, { version, optional, devOptional }]) => {
    if (path === "") return true;
    const there = installed[path];
    return there ? there.version === version : optional === true || devOptional === true;
  });

/** Installs the packages unless they are there. @throws with a sentence where npm fails */
export const installMissing = async () => {
  if (isInstalled(packagesOf("package-lock.json"), packagesOf("node_modules/.package-lock.json"))) return;
  console.error("Bellhop installs its packages, once. This takes about half a minute.");
  const { code } = await runNpm(["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"], {
    show: true,
  });
  if (code !== 0) throw new Error("The packages could not be installed: npm says why above.");
};
