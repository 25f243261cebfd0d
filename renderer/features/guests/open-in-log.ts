import { inject, ref, type Ref } from "vue";
import { openEntryKey, problemOf, useClient } from "../../layout";

/** Leads from an event of a guest to its entry in the log. */
export interface OpenInLog {
  open(eventRef: string): Promise<void>;
  looking: Ref<boolean>;
  /** Why there is nothing to open; empty where there is. */
  said: Ref<string>;
}

/** The answer to a send names the event, so the entry is the one whose answer does. */
export const useOpenInLog = (): OpenInLog => {
  const client = useClient();
  const openEntry = inject(openEntryKey, null);
  const looking = ref(false);
  const said = ref("");

  const open = async (eventRef: string): Promise<void> => {
    looking.value = true;
    said.value = "";
    try {
      const { rows } = await client.call("log.query", { filter: { text: eventRef }, limit: 20 });
      const entry = rows.find(({ kind }) => kind === "event");
      if (entry) openEntry?.(entry.id);
      else said.value = "The log has no entry of this event: it came from elsewhere, or the log was cleared.";
    } catch (error) {
      said.value = problemOf(error).message;
    } finally {
      looking.value = false;
    }
  };
  return { open, looking, said };
};
