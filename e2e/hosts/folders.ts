import { test as base } from "@playwright/test";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { runBellhop, type CommandOptions, type CommandResult } from "../fixtures/command-line";
import { makeTemporaryFolder } from "../fixtures/temporary-folder";

/** A profile and a workspace of a test's own, and the command line on them. */
export interface Folders {
  path: string;
  profile: string;
  workspace: string;
  bellhop(args: readonly string[], options?: CommandOptions): Promise<CommandResult>;
}

export const test = base.extend<{ folders: Folders }>({
  folders: async ({}, use) => {
    const folder = await makeTemporaryFolder();
    const profile = join(folder.path, "profile");
    const workspace = join(folder.path, "workspace");
    await mkdir(workspace);
    await use({
      path: folder.path,
      profile,
      workspace,
      bellhop: (args, options) =>
        runBellhop([...args, "--profile", profile, "--workspace", workspace], options),
    });
    await folder.remove();
  },
});
