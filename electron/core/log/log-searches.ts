import type { Database, SqlValue } from "../database/database";
import { createLogReads, type LogReads } from "./log-reads";

/**
 * Queries with a text to search for. A common word takes its time in a large log, and a database's thread does one
 * thing after the other; so searches have a connection and a thread beside it, and no send waits for one. It opens
 * with the first search, because most processes never make one.
 *
 * @param open opens the log's file once more
 */
export const createLogSearches = (open: () => Promise<Database>) => {
  let opening: Promise<Database> | undefined;
  const opened = (): Promise<Database> => {
    opening ??= open();
    // The next search tries again.
    opening.catch(() => (opening = undefined));
    return opening;
  };
  return {
    /** The log on the thread of the searches, for other work at length. */
    opened,
    query: async (input: Parameters<LogReads["query"]>[0]): ReturnType<LogReads["query"]> =>
      createLogReads(await opened()).query(input),
    /** @returns the `seq` of what a query finds */
    async find(sql: string, params: SqlValue[]): Promise<number[]> {
      return (await (await opened()).query(sql, ...params)).map(({ seq }) => Number(seq));
    },
    /** Closes it once the searches under way are done. */
    async close(): Promise<void> {
      await (await opening?.catch(() => undefined))?.close();
    },
  };
};
