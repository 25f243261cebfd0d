import { setTimeout as sleep } from "node:timers/promises";
import type { Database, Statement, StatementResult } from "../../database/database";

/** Collects writes while one transaction runs and commits them together as the next one. */
export interface GroupCommit {
  /** Settles once the statements are committed, with their results. @throws AppError DATABASE_FAILED */
  add(statements: Statement[]): Promise<StatementResult[]>;
  /** Settles once everything added so far is committed, or has failed. */
  flush(): Promise<void>;
}

interface Waiting {
  statements: Statement[];
  resolve: (results: StatementResult[]) => void;
  reject: (error: unknown) => void;
}

/** A group of this many says that more is coming. */
const busyGroup = 4;

/** As many statements as one transaction may hold, so that a burst does not block readers for long. */
const largestGroup = 2_000;

/**
 * Each event answered costs one commit when they come alone and a fraction of one when they come in a burst.
 *
 * @param closing a statement that ends each group, such as one that measures the file
 * @param onGroup is given the result of `closing`
 */
export const createGroupCommit = (
  database: Database,
  closing: Statement,
  onGroup: (result: StatementResult) => void,
): GroupCommit => {
  let waiting: Waiting[] = [];
  let running: Promise<void> | null = null;

  const takeGroup = (): Waiting[] => {
    let statements = 0;
    const end = waiting.findIndex((item) => (statements += item.statements.length) > largestGroup);
    // A single addition larger than a group still goes as a whole.
    const group = end === -1 ? waiting : waiting.slice(0, Math.max(1, end));
    waiting = end === -1 ? [] : waiting.slice(group.length);
    return group;
  };

  const commit = async (group: Waiting[]): Promise<void> => {
    try {
      const results = await database.transaction([...group.flatMap((item) => item.statements), closing]);
      let next = 0;
      for (const { statements, resolve } of group) resolve(results.slice(next, (next += statements.length)));
      const last = results[next];
      if (last) onGroup(last);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  };

  const run = async (): Promise<void> => {
    // One turn of the event loop, so that what has arrived together is committed together.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const group = takeGroup();
      await commit(group);
      // A commit costs more to hand over than to do: in a burst a millisecond more makes far fewer of them.
      if (group.length >= busyGroup) await sleep(1);
    }
    running = null;
  };

  const add = (statements: Statement[]): Promise<StatementResult[]> =>
    new Promise((resolve, reject) => {
      waiting.push({ statements, resolve, reject });
      running ??= run();
    });

  return {
    add,
    async flush() {
      // Behind what is waiting now, not behind what keeps coming.
      if (running) await add([]).catch(() => undefined);
    },
  };
};
