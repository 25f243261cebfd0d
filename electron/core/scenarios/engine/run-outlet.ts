import type { RunSummary } from "../../../../shared/model/run";
import type { Notifications } from "../../notifications";
import type { RunListener } from "../run-results";
import type { RunWrites } from "../runs/run-writes";
import type { RunOutlet } from "./play-run";

interface OutletParts {
  id: string;
  writes: RunWrites;
  notifications: Pick<Notifications, "say">;
  /** Whoever hears every result. */
  listeners: ReadonlySet<RunListener>;
}

/** Brings what happens in a run to the history, to reporters, and to a window. */
export const createRunOutlet = ({ id, writes, notifications, listeners }: OutletParts): RunOutlet => ({
  keepResults: (results) => writes.keepResults(id, results),
  keepMade: (items) => writes.keepMade(id, items),
  keepRun: (run, at) => writes.update(run, at),
  isHeard: () => [...listeners].some(({ stepEnded }) => stepEnded !== undefined),
  iterationEnded(run, iteration) {
    for (const listener of [...listeners]) listener.iterationEnded?.(run, iteration);
  },
  async tell(run: RunSummary, result) {
    for (const listener of [...listeners]) await listener.stepEnded?.(run, result);
  },
  show: (run, steps, complete) => notifications.say("runs.progressed", { run, steps, complete }),
});
