// @ts-check
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildStale } from "./prepare-build.mjs";
import { installMissing } from "./prepare-packages.mjs";
import { root } from "./run-command.mjs";

try {
  await installMissing();
  await buildStale();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

// From here on this process is the built program, as if it had been started by its own name.
const program = join(root, "dist", "node", "cli.mjs");
process.argv = [process.execPath, program, "open", ...process.argv.slice(2)];
await import(pathToFileURL(program).href);
