import { summarise } from "../../../shared/catalog/catalog";
import type { Body, Entry, EntryError, EntryErrorCode, EntryRow, Timings } from "../../../shared/model/entry";
import type { Issue } from "../../../shared/model/verdict";
import type { Row, SqlValue } from "../database/database";
import type { NewEntry, Outcome } from "./log-service";

/** A body's bytes lie in the table `bodies`; this stays with the entry. */
type BodyFacts = Omit<Body, "text" | "base64"> & { kept: "text" | "base64" };
type Kept<T extends { body: Body | null }> = Omit<T, "body"> & { body: BodyFacts | null };
type KeptRequest = Kept<Entry["request"]> & { /** The body is the event itself. */ isEvent?: true };
type KeptResponse = Kept<NonNullable<Entry["response"]>>;

/** Column -> value. */
export type Columns = Record<string, SqlValue>;
export type BodyPart = "event" | "request" | "response";

/** The columns that make a row. */
export const rowColumns =
  "seq, revision, id, at, state, kind, direction, source_json, environment, transport, type, summary, status, " +
  "error, latency, schema, ingestion, errors, warnings, reason, guest_ref";

/** The timings of an entry that has not ended. */
export const notMeasured: Timings = { dns: null, connect: null, tls: null, firstByte: null, total: null };

const json = (value: unknown): string => JSON.stringify(value);
const parsed = <T>(value: SqlValue | undefined): T => JSON.parse(String(value)) as T;

const withoutContent = ({ text, base64: _base64, ...facts }: Body): BodyFacts => ({
  ...facts,
  kept: text === undefined ? "base64" : "text",
});

/** What the table `bodies` holds: text that can be searched as text, anything else as bytes. */
const contentOf = ({ text, base64 }: Body): SqlValue => {
  if (text === undefined) return Buffer.from(base64 ?? "", "base64");
  // SQLite's texts end at NUL.
  return text.includes("\0") ? Buffer.from(text, "utf8") : text;
};

const bytesOf = (content: SqlValue): Buffer =>
  typeof content === "string" ? Buffer.from(content, "utf8") : Buffer.from(content as Uint8Array);

const toBody = ({ kept, ...facts }: BodyFacts, content: SqlValue): Body => ({
  [kept]: bytesOf(content).toString(kept === "text" ? "utf8" : "base64"),
  ...facts,
});

/** What stands in every row stays short, whatever a stranger put into an event. */
export const shortened = (text: string): string => (text.length <= 300 ? text : `${text.slice(0, 299)}…`);

/** What a row says of issues. The transport's failure comes first, because then nothing was judged by the target. */
export const judgementColumns = (issues: Issue[], failure: string | null): Columns => {
  const of = (severity: Issue["severity"]): Issue[] => issues.filter((issue) => issue.severity === severity);
  const errors = of("error");
  const warnings = of("warning");
  const reason = failure ?? errors[0]?.message ?? warnings[0]?.message ?? null;
  return {
    errors: errors.length,
    warnings: warnings.length,
    reason: reason && shortened(reason),
    issues_json: json(issues),
  };
};

/** What {@link judgementColumns} made the row of. */
export const judgementOf = (row: Row): { issues: Issue[]; failure: string | null } => ({
  issues: parsed(row["issues_json"]),
  failure: row["error_json"] === null ? null : parsed<EntryError>(row["error_json"]).message,
});

/** A new entry as columns and bodies. The event is left out where the request's body is exactly it. */
export const newEntryRecord = (entry: NewEntry): { columns: Columns; bodies: [BodyPart, SqlValue][] } => {
  const { body, ...request } = entry.request;
  const event = entry.event && json(entry.event);
  const isEvent = event !== null && body?.text === event;
  const bodies: [BodyPart, SqlValue][] = [];
  if (event !== null && !isEvent) bodies.push(["event", event]);
  if (body) bodies.push(["request", contentOf(body)]);
  const kept: KeptRequest = { ...request, body: body && withoutContent(body), ...(isEvent && { isEvent }) };
  const columns = {
    id: entry.id,
    at: entry.at,
    state: "pending",
    kind: entry.kind,
    direction: entry.direction,
    environment: entry.environment,
    transport: entry.transport,
    type: shortened(entry.type),
    summary: summarise(entry.event),
    status: null,
    status_class: "pending",
    error: null,
    latency: null,
    catalog: entry.verdict.catalog,
    schema: entry.verdict.schema,
    ingestion: entry.verdict.ingestion,
    guest_ref: entry.guestRef,
    source_json: json(entry.source),
    url: request.url,
    request_json: json(kept),
    response_json: null,
    error_json: null,
    timings_json: json(notMeasured),
    ...judgementColumns(entry.verdict.issues, null),
  };
  return { columns, bodies };
};

/** How a request ended, as columns and the body that came back. */
export const outcomeRecord = (outcome: Outcome): { columns: Columns; body: SqlValue } => {
  const { response, error, timings, ingestion } = outcome;
  const kept: KeptResponse | null = response && {
    ...response,
    body: response.body && withoutContent(response.body),
  };
  const columns = {
    status: response?.status ?? null,
    status_class: response ? `${Math.floor(response.status / 100)}xx` : "none",
    error: error?.code ?? null,
    reason: error && shortened(error.message),
    latency: timings.total,
    ingestion,
    guest_ref: outcome.guestRef ?? null,
    response_json: kept && json(kept),
    error_json: error && json(error),
    timings_json: json(timings),
  };
  return { columns, body: response?.body ? contentOf(response.body) : null };
};

/** @param row with the columns of {@link rowColumns} */
export const toEntryRow = (row: Row): EntryRow => ({
  seq: Number(row["seq"]),
  revision: Number(row["revision"]),
  id: String(row["id"]),
  at: String(row["at"]),
  state: row["state"] as EntryRow["state"],
  kind: row["kind"] as EntryRow["kind"],
  direction: row["direction"] as EntryRow["direction"],
  source: parsed(row["source_json"]),
  environment: String(row["environment"]),
  transport: row["transport"] as EntryRow["transport"],
  type: String(row["type"]),
  summary: String(row["summary"]),
  status: row["status"] as number | null,
  error: row["error"] as EntryErrorCode | null,
  latency: row["latency"] as number | null,
  schema: row["schema"] as EntryRow["schema"],
  ingestion: row["ingestion"] as EntryRow["ingestion"],
  errors: Number(row["errors"]),
  warnings: Number(row["warnings"]),
  reason: row["reason"] as string | null,
  guestRef: row["guest_ref"] as string | null,
});

/**
 * Joins an entry with its bodies again.
 *
 * @param row every column of `entries`
 * @param bodies the rows of `bodies` for it
 */
export const toEntry = (row: Row, bodies: Row[]): Entry => {
  const content = new Map(bodies.map(({ part, content }) => [part as BodyPart, content ?? null]));
  const { isEvent, ...request } = parsed<KeptRequest>(row["request_json"]);
  const response = row["response_json"] === null ? null : parsed<KeptResponse>(row["response_json"]);
  const event = content.get(isEvent ? "request" : "event");
  const joined = <T extends { body: BodyFacts | null }>(kept: T, part: BodyPart) => ({
    ...kept,
    body: kept.body && toBody(kept.body, content.get(part) ?? null),
  });
  return {
    seq: Number(row["seq"]),
    revision: Number(row["revision"]),
    id: String(row["id"]),
    at: String(row["at"]),
    state: row["state"] as Entry["state"],
    kind: row["kind"] as Entry["kind"],
    direction: row["direction"] as Entry["direction"],
    source: parsed(row["source_json"]),
    environment: String(row["environment"]),
    transport: row["transport"] as Entry["transport"],
    type: String(row["type"]),
    guestRef: row["guest_ref"] as string | null,
    event: event === undefined ? null : parsed(event),
    request: joined(request, "request"),
    response: response && joined(response, "response"),
    error: row["error_json"] === null ? null : parsed(row["error_json"]),
    timings: parsed(row["timings_json"]),
    verdict: {
      catalog: row["catalog"] as Entry["verdict"]["catalog"],
      schema: row["schema"] as Entry["verdict"]["schema"],
      issues: parsed(row["issues_json"]),
      ingestion: row["ingestion"] as Entry["verdict"]["ingestion"],
    },
  };
};
