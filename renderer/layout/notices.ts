import { defineStore } from "pinia";
import { ref } from "vue";
import type { Notice } from "../../shared/model/notice";
import { useClient } from "./client-key";
import { useConnection } from "./connection";

/** What the core has to say of itself: a damaged file, a restart, a wrong setting. */
export const useNotices = defineStore("notices", () => {
  const client = useClient();
  const all = ref<readonly Notice[]>([]);

  const load = async (): Promise<void> => {
    all.value = await client.call("reports.notices", {});
  };
  const refresh = (): void => void load().catch(() => undefined);
  client.on("reports.noticed", ({ notices }) => (all.value = notices));
  useConnection().onAgain(refresh);
  refresh();

  const dismiss = (id: string): void => {
    all.value = all.value.filter((notice) => notice.id !== id);
    client.call("reports.dismiss", { id }).catch(() => undefined);
  };
  /** The text of an error report. @throws AppError NOT_FOUND */
  const readReport = async (id: string): Promise<string> => (await client.call("reports.read", { id })).text;
  return { all, dismiss, readReport };
});
