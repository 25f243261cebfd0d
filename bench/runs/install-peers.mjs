// @ts-check
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root, runNpm } from "../../scripts/run-command.mjs";

const versionIn = (/** @type {string} */ folder, /** @type {string} */ name) => {
  try {
    return JSON.parse(readFileSync(join(folder, "node_modules", name, "package.json"), "utf8")).version;
  } catch {
    return null;
  }
};

/**
 * Installs what a package of the bench names, where it is not there yet. Without the scripts of packages: one of
 * Artillery's downloads three browsers, which it does not need to send requests.
 *
 * @param {string} name a folder of bench/
 * @returns {Promise<string>} the folder of its commands
 */
export const installPeers = async (name) => {
  const folder = join(root, "bench", name);
  const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const missing = Object.entries(dependencies).some(([peer, version]) => versionIn(folder, peer) !== version);
  if (missing) {
    console.log(
      `Installing bench/${name} (${Object.keys(dependencies).join(", ")}). This takes a minute, once.`,
    );
    const args = [
      "install",
      "--prefix",
      folder,
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      "--no-package-lock",
    ];
    const { code, output } = await runNpm(args);
    if (code !== 0)
      throw new Error(
        `bench/${name} could not be installed; it needs the npm registry, once. npm said: ${output.slice(-2000)}`,
      );
  }
  return join(folder, "node_modules", ".bin");
};
