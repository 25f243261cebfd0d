import { shell } from "electron";
import type { Host } from "../../core/host";
import { version } from "../version";
import { safeStorageCipher } from "./safe-storage-cipher";

/** What the core learns of the desktop. */
export const createDesktopHost = (profileFolder: string, workspaceFolder: string): Host => ({
  version,
  profileFolder,
  workspaceFolder,
  // No command asks for a folder yet, so no dialog is offered.
  capabilities: { nativeDialogs: false, windowEndsApp: true, nativeMenu: true },
  variables: process.env,
  fallbackCipher: safeStorageCipher,
  sandbox: "with-window",
  async showFolder(folder) {
    const problem = await shell.openPath(folder);
    if (problem !== "") throw new Error(problem);
  },
  report: (problem) => void process.stderr.write(`${problem}\n`),
});
