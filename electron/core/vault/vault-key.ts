import { randomBytes } from "node:crypto";
import { AppError } from "../../../shared/contract/errors";
import type { SecretCipher } from "../host";
import type { Keychain } from "./keychain";
import { UnreadableVault, type KeyPlace } from "./vault-file";

/** A vault's key, and where it is kept. */
export interface VaultKey {
  place: KeyPlace;
  /** 32 bytes. */
  key: Buffer;
}

/** Finds and makes the keys of vault files. */
export interface KeySource {
  /** @throws UnreadableVault where no key fits the file; AppError VAULT_LOCKED where the key cannot be asked for now */
  find(place: KeyPlace): Promise<VaultKey>;
  /** A new key in the best store there is; null where secrets can only be kept in memory. */
  make(): Promise<VaultKey | null>;
  /** Which store a new vault would use, and why not the keychain. Found out once, until a key is made. */
  probe(): Promise<{ store: "keychain" | "safe-storage" | "memory"; problem: string | null }>;
}

const accountOf = (id: Buffer): string => `vault ${id.toString("hex")}`;

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const locked = (reason: string): AppError =>
  new AppError({
    code: "VAULT_LOCKED",
    message: `The vault is locked: ${reason}.`,
    hint: "Unlock this computer's keychain and try again, or give the credential by the variables BELLHOP_CLIENT_KEY_… and BELLHOP_API_TOKEN_….",
  });

const toKey = (text: string | null): Buffer => {
  const key = Buffer.from(text ?? "", "base64");
  if (key.length !== 32) throw new UnreadableVault("its key is not in this computer's keychain");
  return key;
};

/**
 * @param keychain the operating system's
 * @param fallback the host's own cipher, asked for only where the keychain fails
 */
export const createKeySource = (
  keychain: Keychain,
  fallback: () => Promise<SecretCipher | null>,
): KeySource => {
  const fromKeychain = async (place: KeyPlace): Promise<VaultKey> => {
    const text = await keychain.read(accountOf(place.id)).catch((error: unknown) => {
      throw locked(`this computer's keychain cannot be asked for its key (${wordsOf(error)})`);
    });
    return { place, key: toKey(text) };
  };

  const fromCipher = async (place: KeyPlace): Promise<VaultKey> => {
    const cipher = await fallback();
    if (cipher === null)
      throw locked("its key is in the desktop window's own safe storage, which this program cannot open");
    try {
      return { place, key: toKey((await cipher.decrypt(place.wrapped)).toString("utf8")) };
    } catch {
      throw new UnreadableVault("its key was not written by this account's safe storage");
    }
  };

  const makeInKeychain = async (): Promise<VaultKey> => {
    const id = randomBytes(16);
    const key = randomBytes(32);
    await keychain.write(accountOf(id), key.toString("base64"));
    // A store that takes a secret and does not give it back must not become the only key to a file.
    if (!toKey(await keychain.read(accountOf(id))).equals(key))
      throw new Error("it forgets what it is given");
    return { place: { store: "keychain", id, wrapped: Buffer.alloc(0) }, key };
  };

  const makeWithCipher = async (cipher: SecretCipher): Promise<VaultKey> => {
    const key = randomBytes(32);
    const wrapped = await cipher.encrypt(Buffer.from(key.toString("base64"), "utf8"));
    return { place: { store: "safe-storage", id: randomBytes(16), wrapped }, key };
  };

  const probe: KeySource["probe"] = async () => {
    try {
      await keychain.read("probe");
      return { store: "keychain", problem: null };
    } catch (error) {
      const cipher = await fallback();
      return { store: cipher === null ? "memory" : "safe-storage", problem: wordsOf(error) };
    }
  };
  let probed: ReturnType<KeySource["probe"]> | null = null;

  return {
    find: (place) => (place.store === "keychain" ? fromKeychain(place) : fromCipher(place)),
    async make() {
      probed = null;
      try {
        return await makeInKeychain();
      } catch {
        const cipher = await fallback();
        return cipher === null ? null : makeWithCipher(cipher);
      }
    },
    probe: () => (probed ??= probe()),
  };
};
