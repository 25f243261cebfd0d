import type { Host } from "../../core/host";
import { prepareProfile, profileFolder, workspaceFolder } from "../../core/profile";
import { version } from "../version";

interface Places {
  profile?: string;
  workspace?: string;
  /** An empty sandbox in memory, of this command alone (`--fresh`). */
  freshSandbox?: boolean;
}

/** The profile that a verb works on. */
export const profileFolderOf = ({ profile }: Pick<Places, "profile">): string =>
  profileFolder(profile, process.env);

/**
 * What the core learns of the command line.
 *
 * @param report is told of problems of Bellhop's own
 * @throws AppError CONFLICT where the profile folder is unfit
 */
export const createCliHost = async (places: Places, report: Host["report"]): Promise<Host> => {
  const profile = profileFolderOf(places);
  await prepareProfile(profile);
  return {
    version,
    profileFolder: profile,
    workspaceFolder: workspaceFolder(places.workspace, process.cwd(), profile),
    capabilities: { nativeDialogs: false, windowEndsApp: false, nativeMenu: false },
    variables: process.env,
    // A shell has no store of its own for secrets; without a keychain there are the variables.
    fallbackCipher: () => Promise.resolve(null),
    sandbox: places.freshSandbox ? "fresh" : "on-demand",
    report,
  };
};
