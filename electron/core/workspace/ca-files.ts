import { createHash } from "node:crypto";
import { readFile, realpath, stat } from "node:fs/promises";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { AppError } from "../../../shared/contract/errors";
import type { Environment } from "../../../shared/model/environment";

type Naming = Pick<Environment, "name" | "caFile">;

/** The certificate authorities that a workspace's environments trust beside the system's. */
export interface CaFiles {
  /** The PEM text of an environment's CA file; null where it names none. @throws AppError WORKSPACE_INVALID */
  read(environment: Naming): Promise<string | null>;
  /** SHA-256 of its content in hex; null where it names none or it cannot be used. */
  digest(environment: Naming): Promise<string | null>;
}

/** Bytes. A bundle of every public authority there is has a quarter of it. */
const largest = 1_000_000;

const failed = ({ name, caFile }: Naming, why: string): AppError =>
  new AppError({
    code: "WORKSPACE_INVALID",
    message: `The CA file of ${name}, ${caFile}, ${why}.`,
    hint: "It must be a PEM file of certificates inside the workspace folder, of at most 1 MB.",
    field: "/caFile",
  });

const isInside = (folder: string, file: string): boolean => {
  const path = relative(folder, file);
  return path !== "" && path !== ".." && !path.startsWith(`..${sep}`) && !isAbsolute(path);
};

/**
 * A workspace is other people's input: what it names must really lie inside it, and be a small file of certificates.
 * A file is read again when it has changed.
 *
 * @param folder the workspace
 */
export const createCaFiles = (folder: string): CaFiles => {
  const cached = new Map<string, { stamp: string; text: string; digest: string }>();

  const load = async (environment: Naming): Promise<{ text: string; digest: string } | null> => {
    const { caFile } = environment;
    if (caFile === undefined || caFile === "") return null;
    const file = await realpath(resolve(folder, caFile));
    if (!isInside(await realpath(folder), file)) throw failed(environment, "lies outside the workspace");
    const found = await stat(file, { bigint: true });
    // A pipe or a device would never end, and git can bring a link to one.
    if (!found.isFile()) throw failed(environment, "is not a file");
    if (found.size > largest) throw failed(environment, "is larger than 1 MB");
    const stamp = [found.ino, found.size, found.mtimeNs, found.ctimeNs].join(" ");
    const before = cached.get(file);
    if (before?.stamp === stamp) return before;
    const bytes = await readFile(file);
    const text = bytes.toString("utf8");
    if (!text.includes("-----BEGIN CERTIFICATE-----")) throw failed(environment, "holds no certificate");
    const read = { stamp, text, digest: createHash("sha256").update(bytes).digest("hex") };
    cached.set(file, read);
    return read;
  };

  return {
    async read(environment) {
      try {
        return (await load(environment))?.text ?? null;
      } catch (error) {
        throw error instanceof AppError ? error : failed(environment, "cannot be read");
      }
    },
    digest: (environment) =>
      load(environment).then(
        (read) => read?.digest ?? null,
        () => null,
      ),
  };
};
