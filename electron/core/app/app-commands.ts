import { basename } from "node:path";
import type { HandlersOf } from "../dispatcher";
import type { Host } from "../host";
import type { VaultService } from "../vault/vault-service";

interface AppParts {
  host: Host;
  vault: Pick<VaultService, "status">;
}

/** What concerns Bellhop as a whole. A workspace is called as its folder is. */
export const createAppCommands = ({ host, vault }: AppParts): HandlersOf<"app"> => ({
  async "app.info"() {
    const { version, profileFolder, workspaceFolder, capabilities } = host;
    return {
      version,
      profileFolder,
      // The root of a disk has no base name.
      workspace: { folder: workspaceFolder, name: basename(workspaceFolder) || workspaceFolder },
      capabilities,
      vault: await vault.status(),
    };
  },
});
