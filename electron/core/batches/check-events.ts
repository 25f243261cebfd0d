import { buildEvent } from "../../../shared/build-event";
import { judge } from "../../../shared/catalog/catalog";
import type { BatchFindings, BatchFlaw } from "../../../shared/model/batch";
import type { Environment } from "../../../shared/model/environment";
import type { StreamEvent } from "../../../shared/model/event";
import { idToCome } from "../../../shared/model/guest";
import type { Verdict } from "../../../shared/model/verdict";
import { readEventFile } from "./read-file";

/** Flaws that are kept to be listed; all are counted. */
export const mostFlaws = 1_000;

/** Characters of a type or a reason that are shown. */
const longestShown = 300;
const shown = (text: string): string =>
  text.length <= longestShown ? text : `${text.slice(0, longestShown - 1)}…`;

/** The verdict of an event as it would be sent there, whoever the guest will be. */
export const verdictOf = (event: StreamEvent, environment: Environment): Verdict => {
  const guest = { browserId: idToCome, sessionId: idToCome };
  const built = buildEvent({ environment, catalog: environment.catalog, event, guest });
  return judge(built.event, environment.catalog);
};

/** Why a verdict is `invalid`, in its first sentence. */
const reasonOf = ({ issues }: Verdict): string =>
  issues.find(({ severity }) => severity === "error")?.message ?? "The catalog calls it invalid.";

interface Checking {
  path: string;
  name: string;
  environment: Environment;
  signal: AbortSignal;
  found: BatchFindings;
  /** Takes a flaw to be listed. */
  flaw(flaw: BatchFlaw): void;
  /** @param progress 0 to 1 */
  went(progress: number): void;
}

/**
 * Checks every event of a file and counts; sends nothing. Ends early, without an error, where it is aborted.
 *
 * @throws AppError INVALID_INPUT as `readEventFile`
 */
export const checkEvents = async (checking: Checking): Promise<void> => {
  const { path, name, environment, signal, found, flaw, went } = checking;
  for await (const read of readEventFile(path, name)) {
    if (signal.aborted) return;
    const { number, line, progress } = read;
    went(progress);
    if ("unreadable" in read) {
      found.unreadable += 1;
      flaw({ kind: "unreadable", number, line, type: null, reason: read.unreadable });
      continue;
    }
    const verdict = verdictOf(read.event, environment);
    if (verdict.schema !== "invalid") {
      found.valid += 1;
      continue;
    }
    found.invalid += 1;
    const type = typeof read.event["type"] === "string" ? shown(read.event["type"]) : null;
    flaw({ kind: "invalid", number, line, type, reason: shown(reasonOf(verdict)) });
  }
};
