import type { Transport } from "./environment";
import type { JsonObject } from "./json";
import type { Ingestion, Verdict } from "./verdict";

/** One line of the log: a request and what came of it. The shape that `send --json`, `log --json` and NDJSON print. */
export interface Entry {
  /** Its place in the log; only the order. */
  seq: number;
  /** Rises with each change of any entry; what a reader compares to know what it has missed. */
  revision: number;
  /** A UUID, chosen by the caller or made by the sender. */
  id: string;
  /** ISO 8601, milliseconds, UTC. */
  at: string;
  state: "pending" | "done";
  kind: "event" | "browser" | "guest";
  direction: "sent" | "captured";
  source: EntrySource;
  environment: string;
  transport: Transport;
  /** The event's type; for other kinds a word for the call, such as `browser/create`. */
  type: string;
  guestRef: string | null;
  /** The payload as built; null for calls that carry no event. */
  event: JsonObject | null;
  request: EntryRequest;
  response: EntryResponse | null;
  error: EntryError | null;
  timings: Timings;
  verdict: Verdict;
}

export interface EntrySource {
  kind: "composer" | "cli" | "scenario" | "replay" | "sdk" | "import";
  scenario?: string;
  runId?: string;
  iteration?: number;
  stepId?: string;
  format?: string;
  /** For a replay: the id of the entry that was sent again. */
  entryId?: string;
  /** For one from the composer: the id of the draft it was sent from, which may be gone by now. */
  draft?: string;
}

export interface EntryRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Body | null;
}

export interface EntryResponse {
  status: number;
  statusText: string;
  headers: Record<string, string>;
  body: Body | null;
}

/** A body as kept: text where it is UTF-8, else base64. `size` is in bytes before any cut. */
export interface Body {
  text?: string;
  base64?: string;
  size: number;
  /** Whether it was longer than what is kept (10 MB). */
  truncated: boolean;
  /** Whether what is in it was left out of this answer, because it is long; `log.download` has it. */
  leftOut?: boolean;
  /** The content encoding that was undone, such as `gzip`. */
  encoding?: string;
}

export const entryErrorCodes = [
  "DNS",
  "REFUSED",
  "RESET",
  "TLS",
  "TIMEOUT",
  "ABORTED",
  "INTERRUPTED",
  "TOO_LARGE",
  "REDIRECT",
  "PROTOCOL",
] as const;
export type EntryErrorCode = (typeof entryErrorCodes)[number];

/** Why there is no usable answer: what happened, and what to do next. */
export interface EntryError {
  code: EntryErrorCode;
  message: string;
  hint: string;
}

/** Milliseconds; null = not measured, or a reused connection. */
export interface Timings {
  dns: number | null;
  connect: number | null;
  tls: number | null;
  /** From the request's first byte out to the answer's first byte in. */
  firstByte: number | null;
  /** From the start of the look-up to the end of the body. */
  total: number | null;
}

/** What a row of the live log shows: an entry without its bodies. */
export interface EntryRow {
  seq: number;
  revision: number;
  id: string;
  at: string;
  state: Entry["state"];
  kind: Entry["kind"];
  direction: Entry["direction"];
  source: EntrySource;
  environment: string;
  transport: Transport;
  type: string;
  /** What the event is about, in a few words: the page, the e-mail, the search term. */
  summary: string;
  status: number | null;
  error: EntryErrorCode | null;
  /** Total time in milliseconds. */
  latency: number | null;
  schema: Verdict["schema"];
  ingestion: Ingestion;
  errors: number;
  warnings: number;
  /** The first reason in words, where there is one. */
  reason: string | null;
  guestRef: string | null;
}

/** Which entries a reader wants; what is absent or empty does not narrow. */
export interface LogFilter {
  environments?: string[];
  types?: string[];
  /** `2xx`, `3xx`, `4xx`, `5xx`, `none` (no answer) and `pending`. */
  statuses?: StatusClass[];
  /** What became of the event; `invalid` is a schema verdict, the others are ingestions. */
  verdicts?: VerdictClass[];
  /** Entries by their id. */
  ids?: string[];
  /** Those of a run, by its id. */
  runs?: string[];
  /** Words that must all occur, in any case, in the type, address, event, or answer. */
  text?: string;
}

export const statusClasses = ["2xx", "3xx", "4xx", "5xx", "none", "pending"] as const;
export type StatusClass = (typeof statusClasses)[number];

export const verdictClasses = [
  "valid",
  "invalid",
  "processed",
  "failed",
  "dropped",
  "accepted",
  "visible",
  "unknown",
] as const;
export type VerdictClass = (typeof verdictClasses)[number];

/** What entries can be written as. */
export const exportFormats = ["har", "ndjson", "csv", "curl"] as const;
export type ExportFormat = (typeof exportFormats)[number];
