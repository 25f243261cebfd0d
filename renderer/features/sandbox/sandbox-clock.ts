import { defineStore } from "pinia";
import { computed, shallowRef } from "vue";
import type { SandboxClock } from "../../../shared/model/sandbox";
import { useClient } from "../../layout";
import { useSandbox } from "./sandbox-store";

/** What time it is in the sandbox. */
export const useSandboxClock = defineStore("sandbox-clock", () => {
  const client = useClient();
  const sandbox = useSandbox();
  const clock = shallowRef<SandboxClock | null>(null);
  const offset = computed(() => clock.value?.offset ?? 0);

  const load = async (): Promise<void> => {
    clock.value = sandbox.status.state === "running" ? await client.call("sandbox.clock", {}) : null;
  };
  const loadQuietly = (): void => void load().catch(() => (clock.value = null));
  /** @param duration `30m`, `21d` @throws AppError */
  const advance = async (duration: string): Promise<void> => {
    clock.value = await client.call("sandbox.setClock", { advance: duration });
    await sandbox.count();
  };
  /** @throws AppError */
  const setReal = async (): Promise<void> => {
    clock.value = await client.call("sandbox.setClock", { real: true });
  };

  client.on("sandbox.changed", loadQuietly);
  // A script may have let time pass, which closes sessions.
  client.on("sandbox.guestsChanged", loadQuietly);
  return { clock, offset, load, loadQuietly, advance, setReal };
});
