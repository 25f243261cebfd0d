import type { ErrorCode } from "../../../shared/contract/errors";
import type { Entry, EntryErrorCode, EntryRow } from "../../../shared/model/entry";
import type { Ingestion } from "../../../shared/model/verdict";
import { transportIssues } from "../../../shared/transports";

/** Where the sending of a draft stands. One union, so that no two states can hold at once. */
export type SendState =
  | { state: "editing" }
  | { state: "sending"; entryId: string; cancelling: boolean }
  /** There is an entry, whatever came of it. */
  | { state: "sent"; result: SentResult }
  /** Nothing left: there is no entry, or it is not known whether there is. */
  | { state: "failed"; code: ErrorCode; message: string; hint: string | undefined };

/** What the line under the editor needs of an entry. */
export interface SentResult {
  entryId: string;
  status: number | null;
  error: EntryErrorCode | null;
  /** Milliseconds. */
  latency: number | null;
  ingestion: Ingestion;
  reason: string | null;
  /** Why it was refused or came to nothing, and what to do; absent where there is nothing to be done. */
  advice?: Advice;
}

/** A failed send in sentences, with what may help. */
export interface Advice {
  message: string;
  hint: string;
  /** Whether another transport may help against it. */
  byTransport: boolean;
  /** Whether the browser id is what the target does not know. */
  byNewGuest: boolean;
  /** Whether it is a matter of the environment: address, credential, certificate, proxy. */
  byEnvironment: boolean;
}

export const editing: SendState = { state: "editing" };

const optional = (advice: Advice | undefined): Pick<SentResult, "advice"> =>
  advice === undefined ? {} : { advice };

const firstReason = (entry: Entry): string | null => {
  if (entry.error) return entry.error.message;
  const issues = entry.verdict.issues;
  return (issues.find(({ severity }) => severity === "error") ?? issues[0])?.message ?? null;
};

const ofEnvironment: readonly string[] = [
  "refused-credential",
  "refused-by-web-page",
  "wrong-transport",
  "unknown-browser",
];

const isOfConnection = (code: EntryErrorCode | undefined): boolean =>
  code !== undefined && ["DNS", "REFUSED", "TLS", "REDIRECT", "PROTOCOL"].includes(code);

/** What to do about an entry that was refused or not answered. */
const adviceOf = ({ error, response, verdict }: Entry): Advice | undefined => {
  if (error?.code === "ABORTED" || error?.code === "INTERRUPTED") return undefined;
  const refused = response !== null && response.status >= 400;
  if (error === null && !refused) return undefined;
  const codes = verdict.issues.map(({ code }) => code);
  // What the answer says comes after what was known of the event before.
  const said = verdict.issues.findLast(({ severity }) => severity === "error");
  const more = verdict.issues.find(({ code }) => code === "unconfirmed-transport");
  const message = error?.message ?? said?.message ?? "";
  const hint = [error?.hint ?? said?.hint ?? "", more?.message ?? "", more?.hint ?? ""]
    .filter(Boolean)
    .join(" ");
  if (message === "") return undefined;
  return {
    message,
    hint,
    byTransport: codes.some((code) => transportIssues.includes(code)),
    byNewGuest: codes.includes("unknown-browser"),
    byEnvironment: isOfConnection(error?.code) || codes.some((code) => ofEnvironment.includes(code)),
  };
};

/** What is worth saying of an answered entry. */
export const resultOfEntry = (entry: Entry): SentResult => ({
  ...optional(adviceOf(entry)),
  entryId: entry.id,
  status: entry.response?.status ?? null,
  error: entry.error?.code ?? null,
  latency: entry.timings.total,
  ingestion: entry.verdict.ingestion,
  reason: firstReason(entry),
});

/** The same of a row that was pushed, when the outcome becomes known after the answer. */
export const resultOfRow = (row: EntryRow, before?: SentResult): SentResult => ({
  ...optional(before?.advice),
  entryId: row.id,
  status: row.status,
  error: row.error,
  latency: row.latency,
  ingestion: row.ingestion,
  reason: row.reason,
});

export interface SentWords {
  glyph: "processed" | "visible" | "dropped" | "failed" | "unknown" | "not-sent" | "interrupted";
  text: string;
}

const inTime = (latency: number | null): string => {
  if (latency === null) return "";
  if (latency >= 1000) return ` in ${(latency / 1000).toFixed(1)} s`;
  return ` in ${latency < 100 ? latency.toFixed(1) : Math.round(latency)} ms`;
};

const because = (reason: string | null): string => (reason ? `: ${reason.replace(/\.$/, "")}` : "");

const outcomes: Partial<
  Record<Ingestion, { glyph: SentWords["glyph"]; word: string; withReason?: boolean }>
> = {
  processed: { glyph: "processed", word: "processed" },
  visible: { glyph: "visible", word: "visible" },
  failed: { glyph: "failed", word: "failed", withReason: true },
  dropped: { glyph: "dropped", word: "dropped", withReason: true },
};

/** The same in half a line, for where the advice says the rest. */
export const shortSentWords = (result: SentResult): SentWords => sentWords({ ...result, reason: null });

/** "201 in 2.6 ms, processed": the answer, how long it took, and what became of the event. */
export const sentWords = ({ status, error, latency, ingestion, reason }: SentResult): SentWords => {
  if (error === "ABORTED") return { glyph: "interrupted", text: "Cancelled; it may or may not have arrived" };
  if (error === "INTERRUPTED")
    return { glyph: "interrupted", text: "Interrupted; it may or may not have arrived" };
  if (error !== null || status === null)
    return { glyph: "not-sent", text: `${error ?? "No answer"}${because(reason)}` };
  const answer = `${status}${inTime(latency)}`;
  if (status >= 300) return { glyph: "failed", text: `${answer}, refused${because(reason)}` };
  const outcome = outcomes[ingestion] ?? { glyph: "unknown" as const, word: "accepted, not confirmed" };
  return {
    glyph: outcome.glyph,
    text: `${answer}, ${outcome.word}${outcome.withReason ? because(reason) : ""}`,
  };
};
