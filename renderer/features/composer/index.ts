export { ComposerView } from "./composer-view";
export { openAsDraft, type EventToOpen } from "./open-as-draft";
