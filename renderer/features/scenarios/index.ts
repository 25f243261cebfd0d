export { useOpenScenario } from "./files/open-scenario";
export { useScenarioFiles } from "./files/scenario-files-store";
export { RunStatusCell, useRuns } from "./run";
export { default as ScenariosView } from "./ScenariosView.vue";
