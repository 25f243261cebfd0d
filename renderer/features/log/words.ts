import type { EntryErrorCode, EntryRow, StatusClass, VerdictClass } from "../../../shared/model/entry";

/** How a state is shown: a glyph, a word, then the hue (never the hue alone). */
export interface StateWords {
  glyph: "processed" | "visible" | "dropped" | "failed" | "unknown" | "pending" | "not-sent" | "interrupted";
  tone: "ok" | "warn" | "bad" | "quiet";
  text: string;
}

const notSent: ReadonlySet<EntryErrorCode> = new Set(["DNS", "REFUSED", "TLS"]);

const withReason = (word: string, row: EntryRow): string => (row.reason ? `${word}: ${row.reason}` : word);

const answered = (row: EntryRow, status: number): StateWords => {
  // Looking for a guest who is not there is an answer like another.
  if (row.kind === "guest" && status === 404)
    return { glyph: "unknown", tone: "quiet", text: "No such guest" };
  if (status >= 500) return { glyph: "failed", tone: "bad", text: withReason("Server error", row) };
  if (status >= 400) return { glyph: "failed", tone: "bad", text: withReason("Refused", row) };
  switch (row.ingestion) {
    case "processed":
      return { glyph: "processed", tone: "ok", text: "Processed" };
    case "visible":
      return { glyph: "visible", tone: "ok", text: "Visible" };
    case "failed":
      return { glyph: "failed", tone: "bad", text: withReason("Failed", row) };
    case "dropped":
      return { glyph: "dropped", tone: "warn", text: withReason("Dropped", row) };
    default:
      return row.kind === "event"
        ? { glyph: "unknown", tone: "quiet", text: "Accepted, not confirmed" }
        : { glyph: "processed", tone: "ok", text: "Answered" };
  }
};

/** What became of an entry, in the status language of the design: "Dropped: unknown point of sale". */
export const verdictWords = (row: EntryRow): StateWords => {
  if (row.state === "pending") return { glyph: "pending", tone: "quiet", text: "Waiting for an answer" };
  if (row.error === "INTERRUPTED") {
    return { glyph: "interrupted", tone: "warn", text: "Interrupted: it may or may not have arrived" };
  }
  if (row.error === "ABORTED") return { glyph: "interrupted", tone: "warn", text: "Cancelled" };
  if (row.error === "REDIRECT") return { glyph: "failed", tone: "bad", text: withReason("Redirected", row) };
  if (row.error !== null) {
    const word = notSent.has(row.error) ? "Not sent" : "No usable answer";
    return { glyph: "not-sent", tone: "bad", text: withReason(word, row) };
  }
  return answered(row, row.status ?? 0);
};

/** The status column: the number, the error's code, or dots while it is under way. */
export const statusWords = (row: EntryRow): { text: string; tone: StateWords["tone"] } => {
  if (row.state === "pending") return { text: "…", tone: "quiet" };
  if (row.error !== null) return { text: row.error, tone: row.error === "ABORTED" ? "warn" : "bad" };
  const status = row.status ?? 0;
  if (status >= 500 || status === 0) return { text: String(row.status ?? "none"), tone: "bad" };
  return { text: String(status), tone: status >= 300 ? "warn" : "ok" };
};

/** The file without folder and ending, and the step: "first-purchase, step 8", "checkout, pay". */
const scenarioWords = ({ scenario, stepId }: EntryRow["source"]): string => {
  const name =
    scenario
      ?.split("/")
      .at(-1)
      ?.replace(/\.scenario\.ya?ml$/, "") ?? "Scenario";
  if (stepId === undefined) return name;
  return `${name}, ${/^[\d.]+$/.test(stepId) ? `step ${stepId}` : stepId}`;
};

/** Where an entry came from, in a word or two. */
export const sourceWords = (row: EntryRow): string => {
  switch (row.source.kind) {
    case "composer":
      // Of many events that were sent together, the file.
      return row.source.format ?? "Composer";
    case "cli":
      return "Command line";
    case "scenario":
      return scenarioWords(row.source);
    case "replay":
      return "Sent again";
    case "sdk":
      return row.source.format ?? "SDK";
    case "import":
      return row.source.format ? `Import, ${row.source.format}` : "Import";
  }
};

const clock = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
});

/** The time of day on this machine, to the millisecond: `10:41:07.118`. */
export const timeOfDay = (iso: string): string => clock.format(new Date(iso));

/** Milliseconds as people read them: `2.6 ms`, `184 ms`, `1.2 s`; an em dash where there are none. */
export const duration = (milliseconds: number | null): string => {
  if (milliseconds === null) return "–";
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${milliseconds < 100 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
};

/** A size in bytes as people read it: `214 B`, `1.5 kB`, `10.0 MB`. */
export const byteSize = (bytes: number): string => {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
};

/** The filter's words for what was answered. */
export const statusClassWords: Record<StatusClass, string> = {
  "2xx": "2xx, accepted",
  "3xx": "3xx, redirected",
  "4xx": "4xx, refused",
  "5xx": "5xx, server error",
  none: "No answer",
  pending: "Waiting",
};

/** The filter's words for the verdict. */
export const verdictClassWords: Record<VerdictClass, string> = {
  valid: "Schema valid",
  invalid: "Schema invalid",
  processed: "Processed",
  failed: "Failed",
  dropped: "Dropped",
  accepted: "Accepted, not confirmed",
  visible: "Visible on the guest",
  unknown: "Nothing known",
};
