export { useSandbox } from "./sandbox-store";
export { useSandboxClock } from "./sandbox-clock";
export { default as SandboxQuestion } from "./SandboxQuestion.vue";
export { default as SandboxStatusCell } from "./SandboxStatusCell.vue";
export { default as SandboxView } from "./SandboxView.vue";
