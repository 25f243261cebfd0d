export { useSandbox } from "./sandbox-store";
export { default as SandboxStatusCell } from "./SandboxStatusCell.vue";
