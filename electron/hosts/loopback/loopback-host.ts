import type { Host } from "../../core/host";
import { hasDisplay, surroundings } from "../display";
import { openInBrowser } from "../open-external";
import { version } from "../version";

/** What the core learns of this host. @param windowEndsApp whether it shows an app window, whose end is the end */
export const createLoopbackHost = (
  profileFolder: string,
  workspaceFolder: string,
  windowEndsApp: boolean,
): Host => ({
  version,
  profileFolder,
  workspaceFolder,
  capabilities: { nativeDialogs: false, windowEndsApp, nativeMenu: false },
  variables: process.env,
  // A browser has no store of its own for secrets; without a keychain they stay in memory.
  fallbackCipher: () => Promise.resolve(null),
  sandbox: "with-window",
  // The system's file manager, where there is one to be seen.
  ...(hasDisplay(surroundings()) && { showFolder: openInBrowser }),
  report: (problem) => void process.stderr.write(`${problem}\n`),
});
