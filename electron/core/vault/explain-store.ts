import type { CredentialRecord } from "./credential-record";
import { AppError } from "../../../shared/contract/errors";
import type { VaultStatus } from "../../../shared/model/environment";
import type { RecordStore } from "./record-store";
import type { KeySource } from "./vault-key";
import { TooLate, within } from "./within";

const explanations: Record<VaultStatus["store"], (problem: string | null) => string> = {
  keychain: () =>
    "Credentials are in an encrypted file of the profile; its key is in this computer's keychain.",
  "safe-storage": (problem) =>
    `Credentials are in an encrypted file of the profile; its key is in the desktop's own safe storage${problem === null ? "" : `, because this computer's keychain cannot be used (${problem})`}. The command line cannot open it.`,
  memory: (problem) =>
    `Credentials are kept in memory only and forgotten when Bellhop closes, because this computer's keychain cannot be used (${problem ?? "it did not keep a key"}).`,
};

export const notYetAnswered =
  "This computer's keychain has not answered yet; it may be waiting for its password.";

interface Parts {
  store: RecordStore;
  /** Reads the store without waiting long. */
  read(): Promise<readonly CredentialRecord[]>;
  keys: KeySource;
  /** Milliseconds to wait for a keychain that may be waiting for a person. */
  patience: number;
}

/** Says in words where credentials are: where the vault file's key is, or where a new one's would be. */
export const explainStore = async ({ store: records, read, keys, patience }: Parts): Promise<VaultStatus> => {
  const place = await records.place().catch(() => null);
  try {
    const { store, problem } =
      place !== null
        ? { store: place, problem: null }
        : records.inMemory()
          ? { store: "memory" as const, problem: null }
          : await within(keys.probe(), patience);
    const { length } = await read();
    return { store, explanation: explanations[store](problem), credentials: length };
  } catch (error) {
    const explanation =
      error instanceof AppError ? `${error.message} ${error.hint ?? ""}`.trim() : notYetAnswered;
    if (!(error instanceof AppError || error instanceof TooLate)) throw error;
    return { store: place ?? "keychain", explanation, credentials: records.known().length };
  }
};
