export { default as LogDock } from "./LogDock.vue";
export { useOpenEntry } from "./open-entry";
export { useShowRun } from "./show-run";
