import { defineStore } from "pinia";
import { computed, ref, shallowRef } from "vue";
import type { Batch, BatchFlaw } from "../../../shared/model/batch";
import type { EnvironmentView } from "../../../shared/model/environment";
import { problemOf, useClient, useConnection, type Problem } from "../../layout";
import { useEnvironments, useProductionConsent } from "../environments";
import { count } from "./batch-words";

/** Events a second that a tenant gets unless a person says otherwise. */
export const tenantPace = 5;

/** Many events on their way from a file or a text to an environment: given, checked, sent, summed up. */
export const useSendMany = defineStore("send-many", () => {
  const client = useClient();
  const environments = useEnvironments();
  const consent = useProductionConsent();
  const open = ref(false);
  const batch = shallowRef<Batch | null>(null);
  const flaws = shallowRef<BatchFlaw[]>([]);
  /** Whether the file is on its way to the core. */
  const uploading = ref(false);
  const problem = shallowRef<Problem | null>(null);

  const isSending = computed(() => batch.value?.state === "sending");
  const environment = computed<EnvironmentView | undefined>(() =>
    batch.value ? environments.byName(batch.value.environment) : environments.current,
  );

  const attempt = async (doing: () => Promise<void>): Promise<void> => {
    problem.value = null;
    try {
      await doing();
    } catch (error) {
      problem.value = problemOf(error);
    }
  };

  const readFlaws = async (id: string): Promise<void> => {
    const answer = await client.call("batches.flaws", { id, offset: 0, limit: 1000 });
    if (batch.value?.id === id) flaws.value = answer.flaws;
  };

  const take = (next: Batch): void => {
    const before = batch.value;
    batch.value = next;
    const checked = before?.id === next.id && before.state === "checking" && next.state !== "checking";
    if (checked) readFlaws(next.id).catch(() => undefined);
  };
  client.on("batches.changed", ({ batch: next }) => {
    if (next.id === batch.value?.id) take(next);
  });

  /** Finds what is being sent already, in a window that was opened or connected again. */
  const load = async (): Promise<void> => {
    const list = await client.call("batches.list", {});
    const known =
      list.find(({ id }) => id === batch.value?.id) ?? list.find(({ state }) => state === "sending");
    if (batch.value !== null && known === undefined) {
      problem.value = {
        message: "Bellhop was started anew, and the list of events is gone.",
        hint: "What was sent of it is in the log. Give the file again for the rest.",
      };
    }
    batch.value = known ?? null;
  };
  useConnection().onAgain(() => void load().catch(() => undefined));

  /** Back to the beginning, with nothing given. */
  const startOver = async (): Promise<void> => {
    const last = batch.value;
    if (isSending.value) return;
    batch.value = null;
    flaws.value = [];
    problem.value = null;
    // It may be gone already.
    if (last) await client.call("batches.close", { id: last.id }).catch(() => undefined);
  };

  const takeFile = async (file: File): Promise<void> => {
    open.value = true;
    if (isSending.value) return;
    await startOver();
    await attempt(async () => {
      const target = environments.current;
      if (!target) return;
      uploading.value = true;
      try {
        const ticket = await client.upload(file);
        // What it says meanwhile is of a batch that nobody knows yet, so it is asked for.
        batch.value = await client.call("batches.open", { ticket, environment: target.name });
        await load();
        if (batch.value.state !== "checking") await readFlaws(batch.value.id);
      } finally {
        uploading.value = false;
      }
    });
  };

  const check = (): Promise<void> =>
    attempt(async () => {
      const [now, target] = [batch.value, environments.current];
      if (!now || !target) return;
      flaws.value = [];
      batch.value = await client.call("batches.check", { id: now.id, environment: target.name });
    });

  /** Opens the dialog; what was checked for another environment than the one that is on is checked anew. */
  const show = async (): Promise<void> => {
    open.value = true;
    const now = batch.value;
    if (now?.state === "checked" && now.environment !== environments.current?.name) await check();
  };

  const isAllowed = async (planned: number): Promise<boolean> => {
    const [now, target] = [batch.value, environment.value];
    if (!now || !target) return false;
    const type = `list of ${count(planned)} events`;
    const answer = await consent.ask({ environment: target, type, summary: now.name });
    if (answer === "sandbox") {
      await environments.select("sandbox");
      await check();
    }
    return answer === "send";
  };

  /** @param rate events a second; null for as fast as can be */
  const send = (rate: number | null, sendInvalid: boolean, planned: number): Promise<void> =>
    attempt(async () => {
      const now = batch.value;
      if (!now || !(await isAllowed(planned))) return;
      take(await client.call("batches.send", { id: now.id, rate, sendInvalid }));
      await load();
    });

  const cancel = (): Promise<void> =>
    attempt(async () => {
      if (batch.value) take(await client.call("batches.cancel", { id: batch.value.id }));
    });

  return {
    ...{ open, batch, flaws, uploading, problem, isSending, environment },
    ...{ load, show, startOver, takeFile, check, send, cancel },
    takeText: (text: string) => takeFile(new File([text], "pasted events")),
  };
});
