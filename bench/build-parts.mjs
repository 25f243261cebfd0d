// @ts-check
import { join } from "node:path";
import { build, loadConfigFromFile } from "vite";
import { root } from "../scripts/run-command.mjs";

/**
 * Builds single modules of the product, for figures of a part alone: as the product is built, but each with a name of
 * its own to import.
 *
 * @param {string} name of a folder of its own
 * @param {Record<string, string>} modules name -> path in the project
 * @returns {Promise<string>} the folder of `<name>.mjs`
 */
export const buildParts = async (name, modules) => {
  // Not in dist/, which is packed; but where packages with a native part are found.
  const outDir = join(root, "node_modules", ".cache", "bellhop-bench", name);
  const mode = /** @type {const} */ ({ command: "build", mode: "production" });
  const loaded = await loadConfigFromFile(mode, join(root, "vite.config.ts"), root, "silent");
  const compilers = [loaded?.config.plugins].flat(3).filter((plugin) => {
    const named = plugin && typeof plugin === "object" && "name" in plugin ? plugin.name : "";
    return named.startsWith("bellhop:compile-");
  });
  await build({
    ...{ root, configFile: false, logLevel: "error", publicDir: false },
    plugins: compilers,
    ssr: { noExternal: true, external: ["@photostructure/sqlite", "@napi-rs/keyring"] },
    build: {
      ...{ outDir, emptyOutDir: true, ssr: true, target: "node20", minify: false },
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(modules).map(([key, path]) => [key, join(root, path)])),
        output: { format: "es", entryFileNames: "[name].mjs", chunkFileNames: "[name]-[hash].mjs" },
      },
    },
  });
  return outDir;
};
