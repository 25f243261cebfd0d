export { useArrangement, type LogState } from "./arrangement";
export { clientKey, useClient } from "./client-key";
export {
  firstKeys,
  useCommand,
  useCommands,
  usePaletteProvider,
  type Command,
  type FoundItem,
  type PaletteProvider,
} from "./commands";
export { useConnection } from "./connection";
export { default as CopyReportButton } from "./CopyReportButton.vue";
export { useInspector } from "./inspector";
export { fetchWhenIdle, lazyComponent, type LazyComponent } from "./lazy-component";
export { useNotices } from "./notices";
export { openEntryKey } from "./open-entry";
export { openGuestKey, type GuestOpener } from "./open-guest";
export { openScenarioKey, type ScenarioOpener } from "./open-scenario";
export { focusPane, focusPaneNamed } from "./panes";
export { sendManyKey } from "./send-many";
export { showRunKey } from "./show-run";
export { presentKey, presentScenarioKey } from "./present";
export { problemOf, problemWords, useProblems, type Problem } from "./problems";
export { reportFailures } from "./report-failures";
export { default as StatusCell } from "./StatusCell.vue";
export type { WorkbenchView } from "./views";
export { default as Workbench } from "./Workbench.vue";
