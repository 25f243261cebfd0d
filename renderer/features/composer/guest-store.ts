import { defineStore } from "pinia";
import { computed, ref, watch } from "vue";
import type { GuestContext } from "../../../shared/model/guest";
import { problemOf, useClient, useConnection, type Problem } from "../../layout";
import { useEnvironments } from "../environments";

/** Who sends the next event, in the environment that is on. */
export const useGuest = defineStore("guest", () => {
  const client = useClient();
  const environments = useEnvironments();
  const contexts = ref(new Map<string, GuestContext | null>());
  const busy = ref(false);
  /** Why the last wish for another guest came to nothing; gone with the next one. */
  const problem = ref<Problem | null>(null);

  const environment = computed(() => environments.current?.name);
  /** null while the first send has not asked for one. */
  const context = computed(() => contexts.value.get(environment.value ?? "") ?? null);

  const read = async (name: string): Promise<void> => {
    contexts.value.set(name, await client.call("guests.context", { environment: name }));
  };
  const readCurrent = (): void => {
    // What cannot be read shows as no guest yet; the first send makes one.
    if (environment.value !== undefined) read(environment.value).catch(() => undefined);
  };

  const during = async (work: (name: string) => Promise<GuestContext>): Promise<void> => {
    const name = environment.value;
    if (name === undefined || busy.value) return;
    busy.value = true;
    problem.value = null;
    try {
      contexts.value.set(name, await work(name));
    } catch (error) {
      problem.value = problemOf(error);
    } finally {
      busy.value = false;
    }
  };

  /** Asks the target for a new browser; a failure is in `problem`, and in the log as an entry. */
  const renew = (): Promise<void> => during((name) => client.call("guests.new", { environment: name }));
  /** Takes ids that a person typed in. */
  const type = (browserId: string, sessionId: string): Promise<void> =>
    during((name) =>
      client.call("guests.type", {
        environment: name,
        browserId,
        ...(sessionId.trim() !== "" && { sessionId }),
      }),
    );

  client.on("guests.changed", ({ environment: name, context: next }) => contexts.value.set(name, next));
  // A command line beside the window is another process: only what it sends tells that it may have made a guest.
  client.on("log.appended", ({ rows }) => {
    const sent = rows.some((row) => row.source.kind === "cli" && row.environment === environment.value);
    if (sent) readCurrent();
  });
  useConnection().onAgain(readCurrent);
  watch(
    environment,
    () => {
      problem.value = null;
      readCurrent();
    },
    { immediate: true },
  );
  return { context, busy, problem, renew, type };
});
