import type { Database } from "../database/database";
import type { HandlersOf } from "../dispatcher";
import type { Notifications } from "../notifications";
import type { Transfers } from "../transfers/transfers-service";
import { bodyFile } from "./body-file";
import { createJournal } from "./journal";
import { createLogFeed } from "./log-feed";
import { createLogReads } from "./log-reads";
import { createLogSearches } from "./log-searches";
import type { LogService } from "./log-service";
import { withoutLongBodies } from "./without-long-bodies";
import { createLogWrites } from "./log-writes";
import { indexTexts } from "./search-index";

const lookForDeadOwnersEvery = 5_000;
const indexAfter = 500;

interface LogParts {
  database: Database;
  /** Where the journals of this log's processes are; made where it is missing. */
  journalFolder: string;
  notifications: Notifications;
  transfers: Transfers;
  /** Opens the log's file once more, for searches beside what else is asked of it. */
  openForSearches: () => Promise<Database>;
}

/**
 * The log: every send before it leaves and what came of it, in the profile's database. Several processes may write
 * one log; each sees what the others do.
 *
 * @throws AppError DATABASE_FAILED
 */
export const createLog = async ({
  database,
  journalFolder,
  notifications,
  transfers,
  openForSearches,
}: LogParts): Promise<LogService & { handlers: HandlersOf<"log"> }> => {
  const closing = new AbortController();
  let work: Promise<void> = Promise.resolve();
  let indexing: NodeJS.Timeout | null = null;
  /** What runs beside sends. A database that fails is told to the next one who needs it; here it is tried again. */
  const beside = (task: () => Promise<void>): void => {
    work = work.then(() => (closing.signal.aborted ? undefined : task())).catch(() => undefined);
  };
  let changedSince = false;
  const wasBusy = (): boolean => {
    const was = changedSince;
    changedSince = false;
    return was;
  };
  const indexSoon = (): void => {
    indexing ??= setTimeout(() => {
      indexing = null;
      beside(() => indexTexts(database, closing.signal, wasBusy));
    }, indexAfter).unref();
  };

  const reads = createLogReads(database);
  const searches = createLogSearches(openForSearches);
  const feed = await createLogFeed(reads, notifications);
  const writes = createLogWrites(database, createJournal(journalFolder), () => {
    changedSince = true;
    feed.changed();
    if (!closing.signal.aborted) indexSoon();
  });
  await writes.interruptLeftBehind();
  indexSoon();
  const sweep = setInterval(() => beside(writes.interruptLeftBehind), lookForDeadOwnersEvery).unref();

  return {
    begin: writes.begin,
    announce: writes.announce,
    complete: writes.complete,
    settle: writes.settle,
    detail: reads.detail,
    handlers: {
      "log.query": (input) => (input.filter?.text ? searches.query(input) : reads.query(input)),
      "log.since": reads.since,
      "log.detail": async ({ id, longest }) => {
        const entry = await reads.detail(id);
        return longest === undefined ? entry : withoutLongBodies(entry, longest);
      },
      "log.facets": reads.facets,
      async "log.download"({ id, part }) {
        const file = bodyFile(await reads.detail(id), part);
        return { ticket: transfers.offer(file), name: file.name };
      },
    },
    async close() {
      closing.abort();
      clearInterval(sweep);
      if (indexing) clearTimeout(indexing);
      await work;
      await writes.interruptOwn();
      await feed.close();
      await searches.close();
    },
  };
};
