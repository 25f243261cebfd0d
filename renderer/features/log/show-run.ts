import { useArrangement } from "../../layout";
import { useLogStore } from "./log-store";

/** Narrows the log to the entries of a run, opening the log where it is collapsed. */
export const useShowRun = (): ((runId: string) => void) => {
  const store = useLogStore();
  const arrangement = useArrangement();
  return (runId) => {
    if (arrangement.log === "collapsed") arrangement.log = "open";
    void store.clearFilter().then(() => store.setFilter({ runs: [runId] }));
  };
};
