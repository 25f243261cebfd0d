import type { Database } from "../database/database";
import type { HandlersOf } from "../dispatcher";
import type { Notifications } from "../notifications";
import type { Transfers } from "../transfers/transfers-service";
import { bodyFile } from "./body-file";
import { createJournal } from "./journal";
import { logFile } from "./log-export";
import { createLogFeed } from "./log-feed";
import { createLogReads } from "./log-reads";
import { createLogRemovals } from "./log-removals";
import { createLogRetention, type Retention } from "./log-retention";
import { createLogSearches } from "./log-searches";
import type { LogService } from "./log-service";
import { withoutLongBodies } from "./without-long-bodies";
import { createLogWrites } from "./log-writes";
import { indexTexts } from "./search-index";

const lookForDeadOwnersEvery = 5_000;
const indexAfter = 500;
/** What is to be deleted is looked for so often, in milliseconds, and first a while after the start. */
const tidyEvery = 10_000;

interface LogParts {
  database: Database;
  /** Where the journals of this log's processes are; made where it is missing. */
  journalFolder: string;
  notifications: Notifications;
  transfers: Transfers;
  /** Opens the log's file once more, for searches beside what else is asked of it. */
  openForSearches: () => Promise<Database>;
  /** What is kept of the log, as it is set now; without it, everything. */
  keep?: () => Retention;
  /** Bellhop's, for what it writes into files. */
  version?: string;
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
  keep = () => ({ keepDays: 0, keepMegabytes: 0 }),
  version = "",
}: LogParts): Promise<LogService & { handlers: HandlersOf<"log">; tidy: () => Promise<void> }> => {
  const closing = new AbortController();
  let work: Promise<void> = Promise.resolve();
  let indexing: NodeJS.Timeout | null = null;
  /** What runs beside sends. A database that fails is told to the next one who needs it; here it is tried again. */
  const beside = (task: () => Promise<void>): void => {
    work = work.then(() => (closing.signal.aborted ? undefined : task())).catch(() => undefined);
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
  let { revision: looked } = await reads.state();
  /** By the database, because another process' sends must not wait either. */
  const wasBusy = async (): Promise<boolean> => {
    const { revision } = await reads.state();
    const was = revision !== looked;
    looked = revision;
    return was;
  };
  const writes = createLogWrites(database, createJournal(journalFolder), () => {
    feed.changed();
    if (!closing.signal.aborted) indexSoon();
  });
  const busy = { database, isBusy: wasBusy };
  const removals = createLogRemovals({ ...busy, search: searches.find, changed: feed.changed });
  const retention = createLogRetention({ ...busy, removals, keep });
  await writes.interruptLeftBehind();
  indexSoon();
  const tidying = setInterval(() => beside(() => retention.tidy(closing.signal)), tidyEvery).unref();
  const sweep = setInterval(() => beside(writes.interruptLeftBehind), lookForDeadOwnersEvery).unref();

  return {
    begin: writes.begin,
    announce: writes.announce,
    complete: writes.complete,
    settle: writes.settle,
    detail: reads.detail,
    /** Deletes what is due and what is no longer kept. By itself it does so every ten seconds. */
    tidy: () => retention.tidy(closing.signal),
    handlers: {
      "log.query": (input) => (input.filter?.text ? searches.query(input) : reads.query(input)),
      async "log.since"(input) {
        const { rows, revision, complete } = await reads.changes(input);
        return { rows, revision, complete };
      },
      "log.detail": async ({ id, longest }) => {
        const entry = await reads.detail(id);
        return longest === undefined ? entry : withoutLongBodies(entry, longest);
      },
      "log.facets": reads.facets,
      async "log.export"(input) {
        const file = logFile(searches.opened, input, version);
        return { ticket: transfers.offer(file), name: file.name };
      },
      "log.remove": ({ filter }) => removals.remove(filter),
      "log.restore": ({ removal }) => removals.restore(removal),
      "log.usage": retention.usage,
      async "log.download"({ id, part }) {
        const file = bodyFile(await reads.detail(id), part);
        return { ticket: transfers.offer(file), name: file.name };
      },
    },
    async close() {
      closing.abort();
      clearInterval(sweep);
      clearInterval(tidying);
      if (indexing) clearTimeout(indexing);
      await work;
      await writes.interruptOwn();
      await removals.finish();
      await feed.close();
      await searches.close();
    },
  };
};
