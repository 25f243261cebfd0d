export { default as NextEvent } from "./NextEvent.vue";
export { durationWords } from "./run-words";
export { default as RunStatusCell } from "./RunStatusCell.vue";
export { default as RunToolbar } from "./RunToolbar.vue";
export { useRuns } from "./runs-store";
export type { ShownRun } from "./shown-run";
export { default as StepGlyph } from "./StepGlyph.vue";
export { default as StepResultPanel } from "./StepResultPanel.vue";
export type { StepView } from "./step-view";
