import { defineStore } from "pinia";
import { computed } from "vue";
import type { Draft } from "../../../shared/model/draft";
import { useEnvironments } from "../environments";
import { useDrafts } from "./drafts-store";
import { useGuest } from "./guest-store";
import { judgeDraft, type Judgement } from "./judgement";

interface Remembered {
  text: string;
  /** Identities of environment and guest context, which are replaced when they change. */
  environment: object;
  guest: object | null;
  judgement: Judgement;
}

/** The judgement of every draft in the environment that is on; each is made again only when something of it changed. */
export const useJudgements = defineStore("judgements", () => {
  const drafts = useDrafts();
  const environments = useEnvironments();
  const guests = useGuest();
  const remembered = new Map<string, Remembered>();

  const of = (draft: Draft): Judgement | undefined => {
    const environment = environments.current;
    if (!environment) return undefined;
    const guest = guests.context;
    const known = remembered.get(draft.id);
    if (known?.text === draft.text && known.environment === environment && known.guest === guest) {
      return known.judgement;
    }
    const judgement = judgeDraft(draft, environment, guest);
    remembered.set(draft.id, { text: draft.text, environment, guest, judgement });
    return judgement;
  };

  const active = computed(() => (drafts.active ? of(drafts.active) : undefined));
  return { of, active };
});
