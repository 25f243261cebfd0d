import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The npm package `electron`, which comes without its runtime. */
export interface ElectronPackage {
  folder: string;
  /** Absolute path of the executable, or null until it is downloaded. */
  runtime: string | null;
}

type Variables = Readonly<Record<string, string | undefined>>;

const readOr = (file: string, otherwise: string): string => {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return otherwise;
  }
};

/**
 * Looks for Electron the way its own start script does, but never downloads: a folder that
 * `ELECTRON_OVERRIDE_DIST_PATH` names, else the package's `dist/`.
 *
 * @param from a file of the program, from where the package is looked up
 * @returns null where the package is not installed, as in a packed program
 */
export const findElectron = (from: string, variables: Variables): ElectronPackage | null => {
  let folder: string;
  try {
    folder = dirname(createRequire(from).resolve("electron/package.json"));
  } catch {
    return null;
  }
  const executable = readOr(
    join(folder, "path.txt"),
    process.platform === "win32" ? "electron.exe" : "electron",
  );
  const runtime = join(variables["ELECTRON_OVERRIDE_DIST_PATH"] || join(folder, "dist"), executable);
  return { folder, runtime: existsSync(runtime) ? runtime : null };
};
