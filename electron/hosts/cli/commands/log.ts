import { InvalidArgumentError, type Command } from "commander";
import { parseFilter } from "../../../../shared/parse-filter";
import type { Entry, EntryRow, LogFilter } from "../../../../shared/model/entry";
import { entryWords, issueWords } from "../entry-words";
import { exitCodes, type ExitCode } from "../exit-codes";
import { withSession, type Session } from "../session";

interface LogOptions {
  filter?: string;
  limit: number;
  follow?: boolean;
  json?: boolean;
}

/** A page of the log holds at most this many rows. */
const page = 1000;

const count = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("Write a number.");
  return Number(text);
};

const show = ({ output }: Session, entry: Entry, json: boolean): void => {
  if (json) output.json(entry);
  else {
    output.line(entryWords(output, entry));
    for (const issue of entry.verdict.issues) {
      if (issue.severity !== "info") output.line(`  ${issueWords(output, issue)}`);
    }
  }
};

const detailsOf = (session: Session, rows: EntryRow[]): Promise<Entry[]> =>
  Promise.all(rows.map(({ id }) => session.ask("log.detail", { id })));

/** The newest rows, oldest first. */
const newest = async (session: Session, filter: LogFilter, limit: number): Promise<EntryRow[]> => {
  const rows: EntryRow[] = [];
  while (rows.length < limit) {
    const before = rows.at(-1)?.seq;
    const answer = await session.ask("log.query", {
      filter,
      limit: Math.min(page, limit - rows.length),
      ...(before !== undefined && { before }),
    });
    rows.push(...answer.rows);
    if (answer.rows.length === 0) break;
  }
  return rows.reverse();
};

/**
 * Of rows that changed, those that the filter wants: only the log itself can search their text. An old entry may
 * change beside a new one, so what lies between them is more than a page.
 */
export const wanted = async (
  { ask }: Pick<Session, "ask">,
  filter: LogFilter,
  rows: EntryRow[],
): Promise<EntryRow[]> => {
  const changed = new Set(rows.map(({ id }) => id));
  const newest = Math.max(...rows.map(({ seq }) => seq));
  const found: EntryRow[] = [];
  for (let after = Math.min(...rows.map(({ seq }) => seq)) - 1; after < newest;) {
    const answer = await ask("log.query", { filter, after, limit: page });
    found.push(...answer.rows.filter(({ id }) => changed.has(id)));
    after = answer.rows.at(-1)?.seq ?? newest;
  }
  return found;
};

/** Shows what changed since a revision. @returns the revision up to which all is shown */
const showChanges = async (session: Session, options: FollowOptions, since: number): Promise<number> => {
  const { rows, revision, complete } = await session.ask("log.since", { revision: since, limit: page });
  const ready = options.json ? rows : rows.filter(({ state }) => state === "done");
  if (ready.length > 0) {
    for (const entry of await detailsOf(session, await wanted(session, options.filter, ready))) {
      show(session, entry, options.json);
    }
  }
  const shown = rows.at(-1)?.revision ?? since;
  return complete ? Math.max(revision, shown) : showChanges(session, options, shown);
};

interface FollowOptions {
  filter: LogFilter;
  json: boolean;
}

/** A push only says that something changed; what it was is asked for, so that no burst is too large for it. */
export const follow = async (
  session: Session,
  options: FollowOptions,
  from: Promise<number>,
): Promise<ExitCode> => {
  // Nothing else keeps the process: the core lets go of it when it has nothing to do.
  const alive = setInterval(() => undefined, 60_000);
  try {
    return await new Promise<ExitCode>((resolve, reject) => {
      let shown = from;
      const stop = session.core.notifications.listen(({ notification }) => {
        if (notification !== "log.appended") return;
        shown = shown.then((revision) => showChanges(session, options, revision));
        shown.catch(reject);
      });
      shown.catch(reject);
      process.once("SIGINT", () => {
        stop();
        shown.then(() => resolve(exitCodes.ok), reject);
      });
    });
  } finally {
    clearInterval(alive);
  }
};

/** @returns the log's revision before the first row was read, so that following misses nothing */
const showNewest = async (session: Session, filter: LogFilter, options: LogOptions): Promise<number> => {
  const { revision } = await session.ask("log.query", { filter, limit: 1 });
  const rows = await newest(session, filter, options.limit);
  for (let start = 0; start < rows.length; start += 100) {
    for (const entry of await detailsOf(session, rows.slice(start, start + 100))) {
      show(session, entry, options.json === true);
    }
  }
  if (rows.length === 0 && options.limit > 0) session.output.note("No entry matches.");
  return revision;
};

const readLog = async (session: Session, options: LogOptions): Promise<ExitCode> => {
  const filter = parseFilter(options.filter ?? "");
  const shown = showNewest(session, filter, options);
  if (options.follow) return follow(session, { filter, json: options.json === true }, shown);
  await shown;
  return exitCodes.ok;
};

/** `bellhop log`: reads the log, newest last, and follows it. */
export const addLogCommand = (program: Command): void => {
  program
    .command("log")
    .description("read the log, the newest entry last")
    .option("--filter <EXPR>", "words, env:NAME, type:NAME, status:4xx, verdict:failed, run:ID, id:ID")
    .option("--limit <N>", "how many entries at most", count, 50)
    .option("--follow", "go on with new and changed entries until Ctrl-C")
    .option("--json", "print one entry a line as JSON")
    .action((options: LogOptions, command: Command) =>
      withSession(command, (session) => readLog(session, options)),
    );
};
