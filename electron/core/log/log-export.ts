import { Readable } from "node:stream";
import { harFrame, toHarEntry } from "../../../shared/to-har";
import { csvHead, toCsvLine } from "../../../shared/to-csv";
import { toCurl } from "../../../shared/to-curl";
import type { CheckedInputOf } from "../../../shared/contract/commands";
import type { Entry, LogFilter } from "../../../shared/model/entry";
import type { Database, Row } from "../database/database";
import type { Download } from "../transfers/transfers-service";
import { toEntry } from "./entry-record";
import { filterCondition, present } from "./log-filter";

type Format = CheckedInputOf<"log.export">["format"];

/** Entries that are looked for in one go. */
const foundAtOnce = 5_000;
/** Entries, and bytes of their bodies, that are in memory in one go: bodies may have 10 MB each. */
const readAtOnce = { entries: 100, bytes: 4_000_000 };

interface Form {
  contentType: string;
  head: string;
  /** Between two entries. */
  between: string;
  tail: string;
  write: (entry: Entry) => string;
}

const formOf = (format: Format, version: string): Form => {
  const bare = { head: "", between: "", tail: "" };
  switch (format) {
    case "har":
      return {
        ...harFrame(version),
        contentType: "application/json",
        between: ",\n",
        write: (entry) => JSON.stringify(toHarEntry(entry)),
      };
    case "ndjson":
      return {
        ...bare,
        contentType: "application/x-ndjson",
        write: (entry) => `${JSON.stringify(entry)}\n`,
      };
    case "csv":
      return { ...bare, contentType: "text/csv; charset=utf-8", head: csvHead, write: toCsvLine };
    case "curl":
      return {
        ...{ head: "#!/bin/sh\n", between: "\n", tail: "" },
        contentType: "text/plain; charset=utf-8",
        write: (entry) => `${toCurl(entry)}\n`,
      };
  }
};

const endings: Record<Format, string> = { har: "har", ndjson: "ndjson", csv: "csv", curl: "sh" };

/** What has a `seq` above one, in rising order, with the bytes of its bodies. */
const find = async (database: Database, filter: LogFilter, after: number): Promise<Row[]> => {
  const condition = filterCondition(filter) ?? { sql: "TRUE", params: [] };
  return database.query(
    `SELECT seq, (SELECT coalesce(sum(octet_length(content)), 0) FROM bodies WHERE entry = seq) AS bytes
     FROM entries WHERE ${present.sql} AND seq > ? AND ${condition.sql} ORDER BY seq LIMIT ${foundAtOnce}`,
    after,
    ...condition.params,
  );
};

/** Cuts what was found into parts that memory holds easily. */
const partsOf = function* (found: Row[]): Generator<number[]> {
  let part: number[] = [];
  let bytes = 0;
  for (const row of found) {
    const size = Number(row["bytes"]);
    if (part.length > 0 && (part.length >= readAtOnce.entries || bytes + size > readAtOnce.bytes)) {
      yield part;
      [part, bytes] = [[], 0];
    }
    part.push(Number(row["seq"]));
    bytes += size;
  }
  if (part.length > 0) yield part;
};

const read = async (database: Database, seqs: number[]): Promise<Entry[]> => {
  const params = [JSON.stringify(seqs)];
  const [entries, bodies] = await database.read([
    { sql: "SELECT * FROM entries WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq", params },
    {
      sql: "SELECT entry, part, content FROM bodies WHERE entry IN (SELECT value FROM json_each(?))",
      params,
    },
  ]);
  const bodiesOf = new Map<number, Row[]>(seqs.map((seq) => [seq, []]));
  for (const row of bodies?.rows ?? []) bodiesOf.get(Number(row["entry"]))?.push(row);
  return (entries?.rows ?? []).map((row) => toEntry(row, bodiesOf.get(Number(row["seq"])) ?? []));
};

/** Entries of a filter, the oldest first, as they are when their turn comes. */
const entriesOf = async function* (database: Database, filter: LogFilter): AsyncGenerator<Entry> {
  for (let after = 0; ;) {
    const found = await find(database, filter, after);
    for (const part of partsOf(found)) yield* await read(database, part);
    if (found.length < foundAtOnce) return;
    after = Number(found.at(-1)?.["seq"]);
  }
};

const written = async function* (
  open: () => Promise<Database>,
  filter: LogFilter,
  form: Form,
): AsyncGenerator<Buffer> {
  yield Buffer.from(form.head);
  let between = "";
  for await (const entry of entriesOf(await open(), filter)) {
    yield Buffer.from(`${between}${form.write(entry)}`);
    between = form.between;
  }
  yield Buffer.from(form.tail);
};

/**
 * Entries of the log as a file: read and written as fast as whoever takes it, so that memory stays the same at any
 * length, and off the way of sends. What is in the log holds no secret, so neither does the file.
 *
 * @param open gives the log on a thread of its own
 * @param version Bellhop's, for the file's creator
 */
export const logFile = (
  open: () => Promise<Database>,
  { filter, format }: CheckedInputOf<"log.export">,
  version: string,
): Download => {
  const form = formOf(format, version);
  const day = new Date().toISOString().slice(0, 10);
  return {
    stream: Readable.from(written(open, filter, form), { objectMode: false }),
    name: `bellhop-log-${day}.${endings[format]}`,
    contentType: form.contentType,
    size: null,
  };
};
