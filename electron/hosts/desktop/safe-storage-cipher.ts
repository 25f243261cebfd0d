import { safeStorage } from "electron";
import type { SecretCipher } from "../../core/host";

/** Whether the operating system keeps the key. On Linux `basic_text` is a key that everybody knows. */
const isKeptBySystem = async (): Promise<boolean> => {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return false;
  if (process.platform !== "linux") return true;
  const store = safeStorage.getSelectedStorageBackend();
  return store !== "basic_text" && store !== "unknown";
};

/** Electron's own encryption, for where the keychain cannot be reached otherwise. @returns null where it is none */
export const safeStorageCipher = async (): Promise<SecretCipher | null> => {
  if (!(await isKeptBySystem())) return null;
  return {
    store: "safe-storage",
    encrypt: (plain) => safeStorage.encryptStringAsync(plain.toString("base64")),
    async decrypt(encrypted) {
      const { result } = await safeStorage.decryptStringAsync(encrypted);
      return Buffer.from(result, "base64");
    },
  };
};
