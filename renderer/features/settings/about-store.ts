import { defineStore } from "pinia";
import { computed, shallowRef } from "vue";
import type { AppInfo } from "../../../shared/contract/commands";
import type { VaultStatus } from "../../../shared/model/environment";
import { useClient, useConnection } from "../../layout";

/** Where secrets are kept, in two or three words. */
export const vaultNames: Record<VaultStatus["store"], string> = {
  keychain: "system keychain",
  "safe-storage": "encrypted file",
  memory: "memory only",
};

/** What the program says of itself: version, folders, the vault. Asked again when a credential changes. */
export const useAbout = defineStore("about", () => {
  const client = useClient();
  const info = shallowRef<AppInfo | null>(null);
  const vault = computed(() => info.value?.vault ?? null);

  const load = async (): Promise<void> => {
    info.value = await client.call("app.info", {});
  };
  const refresh = (): void => void load().catch(() => undefined);
  client.on("environments.changed", refresh);
  useConnection().onAgain(refresh);
  return { info, vault, load };
});
