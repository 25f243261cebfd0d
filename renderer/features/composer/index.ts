export { default as CompareWithDraft } from "./CompareWithDraft.vue";
export { useComparison } from "./comparison-store";
export { ComposerView, DraftComparison } from "./composer-view";
export { openAsDraft, type EventToOpen } from "./open-as-draft";
