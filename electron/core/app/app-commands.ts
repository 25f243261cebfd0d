import { basename, join } from "node:path";
import type { HandlersOf } from "../dispatcher";
import type { Host } from "../host";
import type { VaultService } from "../vault/vault-service";

interface AppParts {
  host: Host;
  vault: Pick<VaultService, "status">;
}

/** A workspace is called as its folder is; the profile's own, whose folder a person never chose, by what is in it. */
const nameOf = ({ profileFolder, workspaceFolder }: Host): string =>
  workspaceFolder === join(profileFolder, "workspace")
    ? "Sample workspace"
    : // The root of a disk has no base name.
      basename(workspaceFolder) || workspaceFolder;

/** What concerns Bellhop as a whole. */
export const createAppCommands = ({ host, vault }: AppParts): HandlersOf<"app"> => ({
  async "app.info"() {
    const { version, profileFolder, workspaceFolder, capabilities } = host;
    return {
      version,
      profileFolder,
      workspace: { folder: workspaceFolder, name: nameOf(host) },
      capabilities,
      vault: await vault.status(),
    };
  },
});
