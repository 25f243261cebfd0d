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

// A signal to npm alone ends npm and its shell, but is not passed on: then nobody waits for this process any more.
const parent = process.ppid;
if (process.env["npm_lifecycle_event"])
  setInterval(() => process.ppid === parent || process.kill(process.pid, "SIGTERM"), 500).unref();

// From here on this process is the built program, as if it had been started by its own name.
const program = join(root, "dist", "node", "cli.mjs");
process.argv = [process.execPath, program, "open", ...process.argv.slice(2)];
await import(pathToFileURL(program).href);
