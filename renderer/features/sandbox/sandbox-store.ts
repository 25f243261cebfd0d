import { defineStore } from "pinia";
import { ref, shallowRef } from "vue";
import type { SandboxStatus, SandboxSummary } from "../../../shared/model/sandbox";
import { useClient, useConnection } from "../../layout";

/** Milliseconds between two looks at the counters while events come in. */
const restBetween = 400;

/** The embedded sandbox: whether it runs, where, and what it has counted. */
export const useSandbox = defineStore("sandbox", () => {
  const client = useClient();
  const status = shallowRef<SandboxStatus>({ state: "starting" });
  const summary = shallowRef<SandboxSummary | null>(null);
  const busy = ref(false);

  const count = async (): Promise<void> => {
    summary.value = status.value.state === "running" ? await client.call("sandbox.summary", {}) : null;
  };
  const countQuietly = (): void => void count().catch(() => (summary.value = null));
  const take = (next: SandboxStatus): void => {
    const changed = next.state !== status.value.state;
    status.value = next;
    if (changed) countQuietly();
  };
  const load = async (): Promise<void> => take(await client.call("sandbox.status", {}));

  let timer: ReturnType<typeof setTimeout> | undefined;
  const countSoon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      countQuietly();
    }, restBetween);
  };

  const during = async (work: () => Promise<void>): Promise<void> => {
    busy.value = true;
    try {
      await work();
    } finally {
      busy.value = false;
    }
  };
  const start = (): Promise<void> => during(async () => take(await client.call("sandbox.start", {})));
  const stop = (): Promise<void> => during(async () => take(await client.call("sandbox.stop", {})));
  /** Forgets every event, guest and order of the sandbox. */
  const reset = (): Promise<void> =>
    during(async () => {
      await client.call("sandbox.reset", {});
      await count();
    });

  client.on("sandbox.changed", (payload) => take(payload.status));
  client.on("log.appended", countSoon);
  client.on("sandbox.guestsChanged", countSoon);
  useConnection().onAgain(() => void load().catch(() => undefined));
  return { status, summary, busy, load, count, countQuietly, start, stop, reset };
});
