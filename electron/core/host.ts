import type { Capabilities } from "../../shared/contract/commands";

/** Encrypts what must not lie readable on the disk, with a key that the operating system keeps. */
export interface SecretCipher {
  /** Which store the key is in; shown to people. */
  store: "keychain" | "safe-storage";
  encrypt(plain: Buffer): Promise<Buffer>;
  /** @throws where the bytes were not written by this cipher on this account */
  decrypt(encrypted: Buffer): Promise<Buffer>;
}

/** What differs between hosts, and nothing else. Every member is asynchronous or a plain value. */
export interface Host {
  version: string;
  /** Absolute path of the profile folder (log, vault, settings, sandbox state; mode 0700). */
  profileFolder: string;
  /** Absolute path of the workspace folder; it need not hold a `bellhop.yaml` yet. */
  workspaceFolder: string;
  capabilities: Capabilities;
  /** The process's variables: credentials for CI and addresses. */
  variables: Readonly<Record<string, string | undefined>>;
  /** A cipher of the host's own, where the operating system's keychain fails; null where there is none. */
  fallbackCipher(): Promise<SecretCipher | null>;
  /**
   * Whether this process runs a sandbox for its window, or only on the first send that needs one; `fresh` is one of
   * its own that is empty, lies in memory and ends with it, whatever else runs.
   */
  sandbox: "with-window" | "on-demand" | "fresh";
  /** Opens a folder in the system's file manager; absent where nobody sits before the machine. */
  showFolder?(folder: string): Promise<void>;
  /** The `message` explains to a person on this host; goes to its console or log. */
  report(problem: string): void;
}
