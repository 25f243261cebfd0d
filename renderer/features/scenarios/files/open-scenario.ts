import { useArrangement, useCommands, type ScenarioOpener } from "../../../layout";
import { useRuns } from "../run";
import { useScenarioFiles } from "./scenario-files-store";

/** Leads to a scenario's file from anywhere in the window, and begins to play it where that is asked for. */
export const useOpenScenario = (): ScenarioOpener => {
  const arrangement = useArrangement();
  const commands = useCommands();
  const files = useScenarioFiles();
  const runs = useRuns();
  return (path, { play = false } = {}) => {
    arrangement.view = "scenarios";
    if (arrangement.log === "maximised") arrangement.log = "open";
    files.show(path);
    if (play) void commands.run({ run: () => runs.start(path) });
  };
};
