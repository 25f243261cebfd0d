import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const keyLength = 32;

const readKey = async (file: string): Promise<Buffer | null> => {
  try {
    const key = await readFile(file);
    return key.length === keyLength ? key : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
};

/** Makes the key; where another process made one in the same moment, that one counts. */
const makeKey = async (file: string, damaged: boolean): Promise<Buffer> => {
  const temporary = `${file}.${randomUUID()}.tmp`;
  await writeFile(temporary, randomBytes(keyLength), { mode: 0o600, flag: "wx" });
  try {
    if (damaged) await rename(temporary, file);
    else await link(temporary, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Some file systems know no links: there the last of two makers wins, and fingerprints of the other change once.
    if (code !== "EEXIST") await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
  return readFile(file);
};

/**
 * Names a secret by six hex digits that say nothing of it: an HMAC-SHA-256 with a random key of the profile. The key
 * lies in `fingerprint.key` (mode 0600), apart from the vault, so that fingerprints work where the vault is locked.
 */
export const createFingerprints = (folder: string): ((text: string) => Promise<string>) => {
  const file = join(folder, "fingerprint.key");
  const load = async (): Promise<Buffer> => {
    const key = await readKey(file);
    if (key !== null) return key;
    const damaged = await readFile(file).then(
      () => true,
      () => false,
    );
    return makeKey(file, damaged);
  };
  let key: Promise<Buffer> | null = null;
  return async (text) => {
    key ??= load();
    return createHmac("sha256", await key)
      .update(text, "utf8")
      .digest("hex")
      .slice(0, 6);
  };
};
