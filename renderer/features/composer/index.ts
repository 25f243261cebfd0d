export { default as ComposerView } from "./ComposerView.vue";
export { openAsDraft, type EventToOpen } from "./open-as-draft";
