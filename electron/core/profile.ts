/** A door of the core: the profile folder, and who runs on it. */
import envPaths from "env-paths";
import { randomUUID } from "node:crypto";
import { chmod, lstat, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { lstatSync, statSync, type Stats } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { AppError } from "../../shared/contract/errors";

export {
  askRunning,
  claimProfile,
  type Claim,
  type JoinReply,
  type JoinRequest,
} from "./profile/claim-profile";

/** Files that only a profile has; a folder with other things in it is somebody's, not ours to lock up. */
const marks = ["bellhop.db", "settings.json", "vault.bin", "workspace", "electron", "app-window"];

/**
 * Where the profile is: `--profile`, else `BELLHOP_PROFILE`, else the platform's application-data folder.
 *
 * @param flag the value of `--profile`, relative to the working folder
 * @param variables the process's variables
 * @returns an absolute path; nothing is made
 */
export const profileFolder = (
  flag: string | undefined,
  variables: Readonly<Record<string, string | undefined>>,
): string => resolve(flag || variables["BELLHOP_PROFILE"] || envPaths("Bellhop", { suffix: "" }).data);

const unfit = (folder: string, why: string): AppError =>
  new AppError({
    code: "CONFLICT",
    message: `${folder} cannot be Bellhop's profile: ${why}.`,
    hint: "Give a new or empty folder with --profile.",
  });

const notWritable: ReadonlySet<string> = new Set(["EACCES", "EPERM", "EROFS"]);

/** By writing: a read-only file system and an access list look like any other folder until then. */
const tryToWrite = async (folder: string): Promise<void> => {
  const file = join(folder, `.write-${randomUUID()}`);
  try {
    await writeFile(file, "", { flag: "wx", mode: 0o600 });
    await rm(file);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    // A full disk is told by what needs it; what is on it can still be read.
    if (!notWritable.has(code)) return;
    throw new AppError({
      code: "FORBIDDEN",
      message: `The profile folder ${folder} cannot be written${code === "EROFS" ? ": its file system is read-only" : ": this account has no right to"}. Bellhop writes every send into its log before it leaves, so it does not start without.`,
      hint: "Give this account the right to write there, or choose another folder with --profile. What is in the folder stays as it is.",
    });
  }
};

/**
 * Makes the profile folder, for this account alone (mode 0700).
 *
 * @throws AppError FORBIDDEN where it cannot be written; CONFLICT where the path is not a folder of this account, or holds other things and is open to others
 */
export const prepareProfile = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw unfit(folder, (error as Error).message);
  }
  if (process.platform === "win32") return tryToWrite(folder);
  const { uid, mode } = await lstat(`${folder}/.`);
  if (uid !== process.getuid?.()) throw unfit(folder, "it belongs to another account");
  if ((mode & 0o077) === 0) return tryToWrite(folder);
  const names = await readdir(folder);
  if (names.length > 0 && !names.some((name) => marks.includes(name)))
    throw unfit(folder, "others can read it, and it holds other things than a profile");
  await tryToWrite(folder);
  await chmod(folder, 0o700);
};

const statsOf = (look: (path: string) => Stats, path: string): Stats | null => {
  try {
    return look(path);
  } catch {
    return null;
  }
};

/** Who is asking; null on Windows, where files have no such owner. */
const account = process.getuid?.() ?? null;

/**
 * The nearest folder from one upward that has a `bellhop.yaml`; null where there is none. The search ends at a folder
 * of another account (as git's safe.directory does): what somebody puts into `/tmp` must not say where events go.
 */
const nearestWorkspace = (from: string, uid: number | null): string | null => {
  const isForeign = (found: Stats | null): boolean => uid !== null && found !== null && found.uid !== uid;
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const file = statsOf(lstatSync, join(folder, "bellhop.yaml"));
    const ends = isForeign(statsOf(statSync, folder)) || isForeign(file);
    if (file !== null && !ends) return folder;
    if (ends || folder === dirname(folder)) return null;
  }
};

/**
 * Where environments, message types and scenarios are: `--workspace`, else the nearest folder from the working one
 * upward that has a `bellhop.yaml`, else a folder of the profile, so that window and shell share one from anywhere.
 * `--workspace` takes any folder, the search none of another account.
 *
 * @param uid the account that must own what is found; null where there are no owners
 * @returns an absolute path; nothing is made
 */
export const workspaceFolder = (
  flag: string | undefined,
  workingFolder: string,
  profile: string,
  uid: number | null = account,
): string => {
  if (flag) return resolve(workingFolder, flag);
  return nearestWorkspace(workingFolder, uid) ?? join(profile, "workspace");
};

/**
 * The workspace that a file belongs to: the nearest folder upward with a `bellhop.yaml`, else its own folder
 * (interface "Starting it"). Folders of other accounts count as in `workspaceFolder`.
 *
 * @param file an absolute path
 */
export const workspaceOfFile = (file: string, uid: number | null = account): string =>
  nearestWorkspace(dirname(file), uid) ?? dirname(file);
