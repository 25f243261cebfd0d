import { computed, ref, type ComputedRef, type Ref } from "vue";
import { summarise } from "../../../shared/catalog/catalog";
import type { Entry } from "../../../shared/model/entry";
import { useClient, useProblems } from "../../layout";
import { copyText } from "../../ui/copy-text";
import { openAsDraft } from "../composer";
import { useEnvironments, useProductionConsent } from "../environments";
import { copyWords, textOf, type CopyForm } from "./entry-texts";
import { useLogStore } from "./log-store";

export interface EntryActions {
  /** Whether an entry is being sent again. */
  sending: Ref<boolean>;
  /** What the last copy came to, for screen readers. */
  said: ComputedRef<string>;
  curlWords: ComputedRef<string>;
  jsonWords: ComputedRef<string>;
  resend(entry: Entry): Promise<void>;
  cancel(entry: Entry): Promise<void>;
  editAsDraft(entry: Entry): Promise<void>;
  copy(entry: Entry, form: CopyForm): Promise<void>;
}

/** How long a button says that it has copied, in milliseconds. */
const copiedFor = 1600;

/** What can be done with an entry: send it again, edit it, copy it. What leaves is redacted, as the log is. */
export const useEntryActions = (): EntryActions => {
  const client = useClient();
  const problems = useProblems();
  const store = useLogStore();
  const environments = useEnvironments();
  const consent = useProductionConsent();
  const sending = ref(false);
  const copied = ref<CopyForm | "nothing" | "refused">("nothing");
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** With what was left out of long bodies. */
  const whole = async (entry: Entry): Promise<Entry> =>
    entry.request.body?.leftOut || entry.response?.body?.leftOut
      ? client.call("log.detail", { id: entry.id })
      : entry;

  const copy = async (entry: Entry, form: CopyForm): Promise<void> => {
    try {
      copied.value = (await copyText(textOf(form, [await whole(entry)]))) ? form : "refused";
      clearTimeout(timer);
      timer = setTimeout(() => (copied.value = "nothing"), copiedFor);
    } catch (error) {
      problems.report(error);
    }
  };
  const said = computed(() => {
    if (copied.value === "nothing") return "";
    return copied.value === "refused" ? "Not copied" : `Copied as ${copyWords[copied.value]}`;
  });

  const sendAgain = async (entry: Entry): Promise<void> => {
    const result = await client.call("sender.resend", { entryId: entry.id });
    if (result.outcome === "sent") store.select(result.entry.id);
  };

  /** What was sent went to the entry's own environment, so that is the one a person is asked about. */
  const mayGo = async (entry: Entry): Promise<boolean> => {
    const environment = environments.byName(entry.environment);
    if (!environment) return true;
    return (await consent.ask({ environment, type: entry.type, summary: summarise(entry.event) })) === "send";
  };

  const resend = async (entry: Entry): Promise<void> => {
    sending.value = true;
    try {
      if (await mayGo(entry)) await sendAgain(entry);
    } catch (error) {
      problems.report(error);
    } finally {
      sending.value = false;
    }
  };

  return {
    sending,
    said,
    curlWords: computed(() => (copied.value === "curl" ? "Copied" : "Copy as cURL")),
    jsonWords: computed(() => (copied.value === "json" ? "Copied" : "Copy as JSON")),
    resend,
    async cancel(entry) {
      await client.call("sender.cancel", { id: entry.id }).catch((error: unknown) => problems.report(error));
    },
    async editAsDraft(entry) {
      if (entry.event) await openAsDraft({ messageType: entry.type, event: entry.event });
    },
    copy,
  };
};
