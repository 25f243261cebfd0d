import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** `dist/`: what is built lies in `dist/node/`, beside `dist/renderer/` and `dist/preload/`. */
const dist = dirname(dirname(fileURLToPath(import.meta.url)));

/** Absolute paths of the other built parts. Right in the built program only. */
export const builtFiles = {
  renderer: join(dist, "renderer"),
  preload: join(dist, "preload", "preload.cjs"),
  icon: join(dist, "node", "icon.png"),
  loopback: join(dist, "node", "loopback.mjs"),
  /** What Electron is started with: the folder of `package.json`. */
  application: dirname(dist),
};
