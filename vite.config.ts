import vue from "@vitejs/plugin-vue";
import { readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { compileAsyncApi } from "./scripts/compile-asyncapi";
import { compileSchema } from "./scripts/compile-schema";

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The window's icon lies beside the program that shows it. */
const windowIcon: Plugin = {
  name: "bellhop:window-icon",
  applyToEnvironment: ({ name }) => name === "node",
  buildStart() {
    const source = readFileSync(file("electron/hosts/desktop/icons/icon.png"));
    this.emitFile({ type: "asset", fileName: "icon.png", source });
  },
};

/** Bundled but for what has a native part and for Electron itself, so that a package holds few files. */
const external = ["electron", /^@napi-rs\//, /^@photostructure\//, ...builtinModules, /^node:/];

export default defineConfig({
  root: file("renderer"),
  plugins: [compileAsyncApi(), compileSchema(), windowIcon, vue()],
  // Relative, because the page is served from `app://` as well as from http.
  base: "./",
  worker: { format: "es" },
  environments: {
    client: {
      build: {
        outDir: file("dist/renderer"),
        emptyOutDir: true,
        target: "es2022",
        chunkSizeWarningLimit: 5000,
        // A small font would become a data: address, which the content security policy refuses.
        assetsInlineLimit: 0,
        rolldownOptions: {
          // Doors only hand on. Otherwise whoever takes one thing from a feature would load all that its door names.
          treeshake: { moduleSideEffects: [{ test: /\/renderer\/.*\/index\.ts$/, sideEffects: false }] },
        },
      },
    },
    /** Everything that runs in Node: one entry a host, and what they share in chunks beside them. */
    node: {
      consumer: "server",
      resolve: { noExternal: true, external: ["electron", "@napi-rs/keyring", "@photostructure/sqlite"] },
      build: {
        outDir: file("dist/node"),
        copyPublicDir: false,
        emptyOutDir: true,
        target: "node20",
        ssr: true,
        emitAssets: true,
        minify: false,
        rolldownOptions: {
          external,
          input: {
            cli: file("electron/hosts/cli/main.ts"),
            loopback: file("electron/hosts/loopback/main.ts"),
            desktop: file("electron/hosts/desktop/main.ts"),
            core: file("electron/core/create-core.ts"),
            "database-worker": file("electron/core/database/database-worker.mjs"),
          },
          output: {
            ...{ format: "es", entryFileNames: "[name].mjs", chunkFileNames: "[name]-[hash].mjs" },
            // Comments and white space are half of what Node reads at each start; names stay, for stack traces.
            minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
          },
        },
      },
    },
    /** A sandboxed preload must be one CommonJS file. */
    preload: {
      consumer: "server",
      resolve: { noExternal: true, external: ["electron"] },
      build: {
        outDir: file("dist/preload"),
        copyPublicDir: false,
        emptyOutDir: true,
        target: "node20",
        ssr: true,
        rolldownOptions: {
          external,
          input: { preload: file("electron/hosts/desktop/preload.ts") },
          output: { format: "cjs", entryFileNames: "[name].cjs" },
        },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) {
        if (environment.name !== "ssr") await builder.build(environment);
      }
    },
  },
  test: {
    root: file("."),
    include: ["{shared,electron,renderer,scripts,bench}/**/*.test.ts"],
    environment: "node",
    testTimeout: 20_000,
    // A process runs many files and loads each module once: loading them anew took a third of the whole. So a test puts
    // back what it changes of the process; these do it for those who forget.
    isolate: false,
    unstubEnvs: true,
    unstubGlobals: true,
    restoreMocks: true,
  },
});
