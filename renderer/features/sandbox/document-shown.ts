import { defineStore } from "pinia";
import { computed, nextTick, reactive, ref } from "vue";
import { useArrangement } from "../../layout";
import type { DocumentKind } from "./sandbox-documents";

/** Which of the two documents is in view, and as what. Kept apart from the view, so that commands can turn to it. */
export const useDocumentShown = defineStore("sandbox-document-shown", () => {
  const arrangement = useArrangement();
  const kind = ref<DocumentKind>("config");
  const chosen = ref<"form" | "text">("form");
  /** An editor is made when it is first looked at, and then kept with its undo history. */
  const opened = reactive<Record<DocumentKind, boolean>>({ config: false, faults: false });
  const remember = (): void => {
    if (chosen.value === "text") opened[kind.value] = true;
  };
  const kindInView = computed({
    get: () => kind.value,
    set: (next: DocumentKind) => {
      kind.value = next;
      remember();
    },
  });
  const way = computed({
    get: () => chosen.value,
    set: (next: "form" | "text") => {
      chosen.value = next;
      remember();
    },
  });
  /** Counts how often a command has asked for the focus in the editor. */
  const focusAsked = ref(0);
  const show = async (next: DocumentKind, as: "form" | "text"): Promise<void> => {
    arrangement.view = "sandbox";
    kindInView.value = next;
    way.value = as;
    await nextTick();
    focusAsked.value += 1;
  };
  return { kind: kindInView, way, opened, focusAsked, show };
});
