export { default as CompareWithDraft } from "./CompareWithDraft.vue";
export { default as ComposerView } from "./ComposerView.vue";
export { default as DraftComparison } from "./DraftComparison.vue";
export { openAsDraft, type EventToOpen } from "./open-as-draft";
