export { useSandboxClock } from "./sandbox-clock";
export { default as SandboxQuestion } from "./SandboxQuestion.vue";
export { default as SandboxStatusCell } from "./SandboxStatusCell.vue";
export { useSandbox } from "./sandbox-store";
export { SandboxView } from "./sandbox-view";
