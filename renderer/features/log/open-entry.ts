import { useArrangement } from "../../layout";
import { useLogStore } from "./log-store";

/** Shows an entry in the log, opening the log where it is collapsed. */
export const useOpenEntry = (): ((id: string) => void) => {
  const store = useLogStore();
  const arrangement = useArrangement();
  return (id) => {
    if (arrangement.log === "collapsed") arrangement.log = "open";
    store.select(id);
  };
};
