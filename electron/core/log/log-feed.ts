import type { Notifications } from "../notifications";
import type { LogReads } from "./log-reads";

const batchedFor = 50;
const foreignWritesAfter = 250;
const rowsInOnePush = 500;
/** Times as long as the last push took that the next one waits: a busy log is read a tenth of the time. */
const restFor = 9;

/**
 * Says `log.appended`: rows that changed, whoever changed them, at most once in 50 ms and 500 in one message. Where
 * more changed, the message's `revision` is above its last row's, and the reader asks `log.since` for the rest.
 * Every push is read from the database by revision, so that none is skipped when two processes write. Where nobody
 * listens, nothing is read; who comes later asks for what came before.
 *
 * @param reads where rows come from
 * @param notifications where they go
 */
export const createLogFeed = async (reads: LogReads, notifications: Notifications) => {
  let { revision: pushed, removals: told } = await reads.state();
  let version = await reads.foreignVersion();
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();

  let took = 0;
  const push = async (): Promise<void> => {
    if (!notifications.areHeard()) return;
    const started = performance.now();
    const { rows, revision, total, removals } = await reads.changes({
      revision: pushed,
      limit: rowsInOnePush,
    });
    pushed = revision;
    if (rows.length > 0 || removals !== told) {
      notifications.say("log.appended", { rows, revision, total, removals });
    }
    told = removals;
    took = performance.now() - started;
  };
  /**
   * One after the other, so that a row cannot arrive before an older state of itself. A read that fails is made up
   * for by the next, because `pushed` has not moved.
   */
  const inTurn = (work: () => Promise<void>): Promise<void> =>
    (running = running.then(work).catch(() => undefined));

  const changed = (): void => {
    timer ??= setTimeout(
      () => {
        timer = null;
        void inTurn(push);
      },
      Math.max(batchedFor, restFor * took),
    ).unref();
  };

  const poll = setInterval(() => {
    void inTurn(async () => {
      const now = await reads.foreignVersion();
      if (now !== version) changed();
      version = now;
    });
  }, foreignWritesAfter).unref();

  return {
    /** To be called after each change of this log's own. */
    changed,
    /** Pushes what is left and stops. */
    async close(): Promise<void> {
      clearInterval(poll);
      if (timer) clearTimeout(timer);
      await inTurn(push);
    },
  };
};
