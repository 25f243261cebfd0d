import { ref, watch, type Ref } from "vue";
import type { InputOf, RequestPreview } from "../../../shared/contract/commands";
import { problemOf, useClient, type Problem } from "../../layout";

export type PreviewState =
  { state: "loading" } | { state: "shown"; request: RequestPreview } | { state: "failed"; problem: Problem };

/** Milliseconds without a change until the request is asked for again. */
const pause = 200;

/**
 * The exact request as it would leave, asked for anew whenever something of it changes. While it is asked for, the
 * one before stays in view.
 *
 * @param wanted what to build; null while nothing is to be shown
 */
export const useRequestPreview = (wanted: () => InputOf<"sender.preview"> | null): Ref<PreviewState> => {
  const client = useClient();
  const preview = ref<PreviewState>({ state: "loading" }) as Ref<PreviewState>;
  watch(
    wanted,
    (input, _before, onCleanup) => {
      if (!input) return;
      let outdated = false;
      const ask = async (): Promise<void> => {
        let next: PreviewState;
        try {
          next = { state: "shown", request: await client.call("sender.preview", input) };
        } catch (error) {
          next = { state: "failed", problem: problemOf(error) };
        }
        if (!outdated) preview.value = next;
      };
      const timer = setTimeout(() => void ask(), preview.value.state === "loading" ? 0 : pause);
      onCleanup(() => {
        outdated = true;
        clearTimeout(timer);
      });
    },
    { immediate: true },
  );
  return preview;
};
