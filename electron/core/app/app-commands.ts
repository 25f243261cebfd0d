import { basename } from "node:path";
import { AppError } from "../../../shared/contract/errors";
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
  async "app.openLink"({ url }) {
    try {
      await host.openExternal(url);
    } catch (error) {
      host.report(
        `The browser could not be opened: ${error instanceof Error ? error.message : String(error)}`,
      );
      throw new AppError({
        code: "UNSUPPORTED",
        message: "The system's browser could not be opened.",
        hint: `Open ${url} yourself.`,
      });
    }
    return null;
  },
});
