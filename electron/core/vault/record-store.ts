import { existsSync } from "node:fs";
import { readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../../shared/contract/errors";
import { replaceFile } from "../files/replace-file";
import { underLock } from "../profile/claim-lock";
import type { CredentialRecord } from "./credential-record";
import type { KeySource, VaultKey } from "./vault-key";
import { openVault, readKeyPlace, sealVault, UnreadableVault, type KeyPlace } from "./vault-file";

export type Update = (records: readonly CredentialRecord[]) => CredentialRecord[];

/** The credentials of a profile, shared by every process that works on it. */
export interface RecordStore {
  /** What the vault file holds now, with what is kept in memory only. @throws AppError VAULT_LOCKED */
  read(): Promise<readonly CredentialRecord[]>;
  /** What is known without opening anything: for redaction, which must work on a locked vault too. */
  known(): readonly CredentialRecord[];
  /**
   * Changes the records as one step, whatever other processes do.
   * @param add whether the update brings a new credential: only then is a vault begun, or an unreadable one set aside
   * @throws AppError VAULT_LOCKED
   */
  change(update: Update, add: boolean): Promise<void>;
  /** Whether credentials are kept in memory only, because no store took a key. */
  inMemory(): boolean;
  /** Waits for a change that is being written. */
  settled(): Promise<void>;
  /** Where the key of the present vault file is; null where there is no file. */
  place(): Promise<"keychain" | "safe-storage" | null>;
}

const largest = 5_000_000;

/** Milliseconds until a keychain that failed is asked again, so that a list of environments asks it once. */
const rest = 10_000;

/**
 * @param folder the profile folder
 * @param report is told where an unreadable vault was set aside
 */
export const createRecordStore = (
  folder: string,
  keys: KeySource,
  report: (problem: string) => void,
): RecordStore => {
  const file = join(folder, "vault.bin");
  let found: { id: string; key: Promise<VaultKey> } | null = null;
  let cached: { stamp: string; records: CredentialRecord[] } | null = null;
  let inMemory: CredentialRecord[] = [];
  let keptInMemory = false;
  let last: Promise<unknown> = Promise.resolve();

  const unreadable = (reason: string): AppError =>
    new AppError({
      code: "VAULT_LOCKED",
      message: `The vault ${file} cannot be read: ${reason}.`,
      hint: "Enter the credential again: a new vault is begun, and this file is kept beside it under another name.",
    });

  /** What changes whenever the file is replaced; null where there is none. */
  const stampOf = async (): Promise<string | null> => {
    try {
      const { ino, size, mtimeNs, ctimeNs } = await stat(file, { bigint: true });
      if (size > largest) throw new UnreadableVault("it is too large for a vault");
      return [ino, size, mtimeNs, ctimeNs].join(" ");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
  };

  /** The key of a file, asked for once at a time: a person may be typing the keychain's password. */
  const keyFor = (place: KeyPlace): Promise<VaultKey> => {
    const id = place.id.toString("hex");
    if (found?.id === id) return found.key;
    const finding = { id, key: keys.find(place) };
    found = finding;
    finding.key.catch(() => {
      setTimeout(() => {
        if (found === finding) found = null;
      }, rest).unref();
    });
    return finding.key;
  };

  const open = async (bytes: Buffer): Promise<CredentialRecord[]> =>
    openVault(bytes, (await keyFor(readKeyPlace(bytes))).key);

  const readVault = async (): Promise<CredentialRecord[]> => {
    const stamp = await stampOf();
    if (stamp === null) return [];
    if (stamp !== cached?.stamp) cached = { stamp, records: await open(await readFile(file)) };
    return cached.records;
  };

  const withWords = (error: unknown): never => {
    if (error instanceof UnreadableVault) throw unreadable(error.message);
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof AppError || code === undefined) throw error;
    throw new AppError({
      code: "VAULT_LOCKED",
      message: `The vault ${file} cannot be used: ${message}.`,
      hint: "Check that the file and its folder belong to this account, and that the disk is not full.",
    });
  };

  const setAside = async (reason: string): Promise<void> => {
    const aside = `${file}.unreadable-${Date.now()}`;
    await rename(file, aside);
    report(`The vault could not be read: ${reason}. It is kept as ${aside}, and a new one was begun.`);
  };

  const currentKey = async (): Promise<VaultKey | null> =>
    existsSync(file) ? keyFor(readKeyPlace(await readFile(file))) : null;

  /** Makes sure, outside the lock, that there is a key to write with: a person may have to unlock the keychain. */
  const prepareKey = async (): Promise<VaultKey | null> => {
    try {
      await readVault();
      return (await currentKey()) ?? (await keys.make());
    } catch (error) {
      if (!(error instanceof UnreadableVault)) throw error;
      return keys.make();
    }
  };

  /** @param fresh the key for a file that is begun; null where none may be */
  const write = async (update: Update, fresh: VaultKey | null): Promise<void> => {
    cached = null;
    let records: CredentialRecord[] = [];
    try {
      records = await readVault();
    } catch (error) {
      if (!(error instanceof UnreadableVault) || fresh === null) throw error;
      await setAside(error.message);
    }
    // Another process may have begun the vault meanwhile: then its key is the one that counts.
    const key = (await currentKey()) ?? fresh;
    if (key === null) return;
    await replaceFile(file, sealVault(update(records), key.place, key.key), 0o600);
    found = { id: key.place.id.toString("hex"), key: Promise.resolve(key) };
    cached = null;
  };

  const change = async (update: Update, add: boolean): Promise<void> => {
    found = null;
    if (keptInMemory || !add) inMemory = update(inMemory);
    if (keptInMemory || (!add && !existsSync(file))) return;
    const fresh = add ? await prepareKey() : null;
    if (add && fresh === null) {
      keptInMemory = true;
      report("There is no safe store here: the credential is forgotten when Bellhop closes.");
      inMemory = update(inMemory);
      return;
    }
    if (!add) await readVault();
    await underLock(`${file}.lock`, () => write(update, fresh));
  };

  return {
    read: async () => [...inMemory, ...(await readVault().catch(withWords))],
    known: () => [...inMemory, ...(cached?.records ?? [])],
    change(update, add) {
      const turn = last.then(() => change(update, add)).catch(withWords);
      last = turn.catch(() => undefined);
      return turn;
    },
    inMemory: () => keptInMemory,
    settled: () => last.then(() => undefined),
    async place() {
      try {
        return existsSync(file) ? readKeyPlace(await readFile(file)).store : null;
      } catch (error) {
        return withWords(error);
      }
    },
  };
};
