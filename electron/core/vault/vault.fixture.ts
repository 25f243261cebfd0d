import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../../../shared/model/environment";
import type { SecretCipher } from "../host";
import type { Keychain } from "./keychain";
import { createCaFiles } from "../workspace/ca-files";
import { createVault } from "./vault";
import type { VaultService } from "./vault-service";

/** A keychain that two vaults of one test can share, as two processes share the machine's. */
export const memoryKeychain = (): Keychain & { entries: Map<string, string> } => {
  const entries = new Map<string, string>();
  return {
    entries,
    async read(account) {
      return entries.get(account) ?? null;
    },
    async write(account, secret) {
      entries.set(account, secret);
    },
  };
};

/** A keychain that fails as one does without a session bus. */
export const noKeychain: Keychain = {
  async read() {
    throw new Error("no session bus (D-Bus) is running");
  },
  async write() {
    throw new Error("no session bus (D-Bus) is running");
  },
};

export const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), "bellhop-vault-"));

export const environment = (name: string, changes: Partial<Environment> = {}): Environment => ({
  name,
  colour: "slate",
  baseUrl: "https://cdp.example",
  transport: "spec",
  catalog: "spec",
  production: false,
  vars: {},
  ...changes,
});

/** How a vault shows a text that may be a key. */
export const labelOf = async (
  vault: VaultService,
  text: string,
  preferred?: string,
): Promise<string | null> => vault.labelFor(text, await vault.secrets({ brief: false }), preferred);

/** A vault on a profile, as one process has it. */
export const openVaultOn = (
  profileFolder: string,
  options: {
    keychain?: Keychain;
    variables?: Record<string, string>;
    cipher?: SecretCipher | null;
    reports?: string[];
  } = {},
) =>
  createVault({
    host: {
      profileFolder,
      variables: options.variables ?? {},
      fallbackCipher: async () => options.cipher ?? null,
      report: (problem) => void options.reports?.push(problem),
    },
    caFiles: createCaFiles(join(profileFolder, "workspace")),
    keychain: options.keychain ?? memoryKeychain(),
  });
