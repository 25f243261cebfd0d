import { computed, type ComputedRef } from "vue";
import { useGuestHistory } from "../guests";
import { usePresenter } from "./presenter-store";
import { forAudience } from "./veil";

/** What an audience may read of the guest on the stage. */
export const useAudience = (): { words(text: string): string; veiled: ComputedRef<boolean> } => {
  const presenter = usePresenter();
  const history = useGuestHistory();
  const veil = computed(() => ({
    on: presenter.veiled,
    phoneNumbers: [history.latest, history.frame?.before, history.frame?.after].flatMap(
      (profile) => profile?.phoneNumbers ?? [],
    ),
  }));
  return { words: (text) => forAudience(text, veil.value), veiled: computed(() => presenter.veiled) };
};
