import { findBusProblem } from "./session-bus";
import { within } from "./within";

/** The operating system's keychain, as much of it as the vault needs. */
export interface Keychain {
  /** @returns null where there is nothing under the name @throws Error in words where it cannot be asked */
  read(account: string): Promise<string | null>;
  /** @throws Error in words where it cannot be asked */
  write(account: string, secret: string): Promise<void>;
}

const service = "Bellhop";

/** Milliseconds. The bus is a local socket; a person may have to type the keychain's password. */
const patienceForBus = 2000;
const patienceForPerson = 60_000;

/**
 * The keychain of this machine: macOS Keychain, Windows Credential Manager, or the Secret Service on Linux. Its
 * library is loaded on first use. On Linux the store is pinned: the library's own choice falls back to the kernel's
 * keyring, which other processes cannot read and which a restart empties.
 *
 * @param busPatience milliseconds to wait for Linux's session bus
 */
export const createSystemKeychain = (busPatience = patienceForBus): Keychain => {
  const entryOf = async (account: string) => {
    if (process.platform === "linux") {
      const problem = await findBusProblem(process.env, busPatience);
      if (problem !== null) throw new Error(problem);
    }
    const { AsyncEntry } = await import("@napi-rs/keyring");
    return new AsyncEntry(service, account, { linux: { store: "secret-service" } });
  };
  return {
    async read(account) {
      const entry = await entryOf(account);
      return (await within(entry.getPassword(), patienceForPerson)) ?? null;
    },
    async write(account, secret) {
      const entry = await entryOf(account);
      await within(entry.setPassword(secret), patienceForPerson);
    },
  };
};
