import type { Entry, EntryErrorCode } from "../../../shared/model/entry";
import { timeOfDay, type StateWords } from "./words";

/** One station on an event's way, with a glyph, a word and a detail. */
export interface Step {
  name: string;
  detail: string;
  glyph: StateWords["glyph"] | "valid" | "warning";
}

/** What happened to an entry, told in a headline and a sentence. */
export interface Explanation {
  tone: StateWords["tone"];
  glyph: StateWords["glyph"];
  headline: string;
  story: string;
  whatToDo: string | null;
}

const errorHeadlines: Record<EntryErrorCode, string> = {
  DNS: "Not sent: the host's name is not known",
  REFUSED: "Not sent: nothing listens there",
  RESET: "No answer: the connection was cut",
  TLS: "Not sent: the certificate is not trusted",
  TIMEOUT: "No answer in time",
  ABORTED: "Cancelled",
  INTERRUPTED: "Interrupted",
  TOO_LARGE: "The answer is too large",
  REDIRECT: "Redirected, and not followed",
  PROTOCOL: "The answer cannot be read",
};

const neverLeft: ReadonlySet<EntryErrorCode> = new Set(["DNS", "REFUSED", "TLS"]);

const target = (entry: Entry): string =>
  entry.environment.startsWith("sandbox") ? "The sandbox" : `The target behind ${entry.environment}`;

const afterError = (entry: Entry, code: EntryErrorCode): Explanation => ({
  tone: code === "INTERRUPTED" || code === "ABORTED" ? "warn" : "bad",
  glyph: code === "INTERRUPTED" || code === "ABORTED" ? "interrupted" : "not-sent",
  headline: errorHeadlines[code],
  story: entry.error?.message ?? "",
  whatToDo: entry.error?.hint || null,
});

const noSuchGuest = (entry: Entry): Explanation => ({
  tone: "quiet",
  glyph: "unknown",
  headline: "No such guest (404)",
  story: `${target(entry)} has no guest by what was looked for.`,
  whatToDo: null,
});

const afterRefusal = (entry: Entry, status: number): Explanation => {
  if (entry.kind === "guest" && status === 404) return noSuchGuest(entry);
  const answer = `${target(entry)} answered ${status} ${entry.response?.statusText ?? ""}`.trimEnd();
  return {
    tone: "bad",
    glyph: "failed",
    headline: status >= 500 ? `Server error (${status})` : `Refused (${status})`,
    story: entry.kind === "event" ? `${answer}. The event was not taken.` : `${answer}.`,
    whatToDo: null,
  };
};

const firstReason = (entry: Entry): string => {
  const issue = entry.verdict.issues.find(({ severity }) => severity === "error") ?? entry.verdict.issues[0];
  if (!issue) return "";
  const what = issue.code.replaceAll("-", " ");
  return issue.path ? `: ${what} at ${issue.path}` : `: ${what}`;
};

const afterAnswer = (entry: Entry): Explanation => {
  const who = target(entry);
  switch (entry.verdict.ingestion) {
    case "processed":
    case "visible":
      return {
        tone: "ok",
        glyph: "processed",
        headline: "Accepted and processed",
        story: `${who} answered ${entry.response?.status ?? ""} and dealt with the event.`,
        whatToDo: null,
      };
    case "failed":
      return {
        tone: "bad",
        glyph: "failed",
        headline: `Accepted, but failed${firstReason(entry)}`,
        story: `${who} answered ${entry.response?.status ?? ""}; the event then ended as FAILED. It changes no guest.`,
        whatToDo: null,
      };
    case "dropped":
      return {
        tone: "warn",
        glyph: "dropped",
        headline: `Accepted, but dropped${firstReason(entry)}`,
        story: `${who} answered ${entry.response?.status ?? ""} and then threw the event away. Nothing will ever show it.`,
        whatToDo: null,
      };
    default:
      return entry.kind === "event"
        ? {
            tone: "quiet",
            glyph: "unknown",
            headline: "Accepted, not confirmed",
            story: `${who} answered ${entry.response?.status ?? ""}. What becomes of the event after that cannot be seen from here.`,
            whatToDo: null,
          }
        : {
            tone: "ok",
            glyph: "processed",
            headline: "Answered",
            story: `${who} answered ${entry.response?.status ?? ""}.`,
            whatToDo: null,
          };
  }
};

/** What happened, in words. */
export const explainEntry = (entry: Entry): Explanation => {
  if (entry.state === "pending") {
    return {
      tone: "quiet",
      glyph: "pending",
      headline: "Waiting for an answer",
      story: "The request has left. It ends with an answer, or when the time-out of the settings is over.",
      whatToDo: null,
    };
  }
  if (entry.error) return afterError(entry, entry.error.code);
  const status = entry.response?.status ?? 0;
  return status >= 400 ? afterRefusal(entry, status) : afterAnswer(entry);
};

const composed = ({ verdict }: Entry): Step => {
  const errors = verdict.issues.some(({ severity }) => severity === "error");
  if (verdict.schema === "invalid") return { name: "Composed", detail: "schema invalid", glyph: "failed" };
  if (verdict.schema === "valid") return { name: "Composed", detail: "schema valid", glyph: "valid" };
  return { name: "Composed", detail: "no schema to check with", glyph: errors ? "failed" : "unknown" };
};

const answered = (entry: Entry): Step => {
  if (entry.state === "pending") return { name: "Answered", detail: "waiting", glyph: "pending" };
  if (!entry.response)
    return { name: "Answered", detail: entry.error?.code ?? "no answer", glyph: "not-sent" };
  const { status, statusText } = entry.response;
  const total = entry.timings.total === null ? "" : `, ${entry.timings.total.toFixed(1)} ms`;
  const glyph = status >= 400 || entry.error ? "failed" : "valid";
  return { name: "Answered", detail: `${status} ${statusText}${total}`, glyph };
};

const outcome = (entry: Entry): Step | null => {
  if (entry.kind !== "event") return null;
  const steps: Partial<Record<Entry["verdict"]["ingestion"], Step>> = {
    processed: { name: "Processed", detail: "as the sandbox says", glyph: "processed" },
    visible: { name: "Visible", detail: "seen on the guest", glyph: "visible" },
    failed: { name: "Failed", detail: "after the answer", glyph: "failed" },
    dropped: { name: "Dropped", detail: "after the answer, silently", glyph: "dropped" },
  };
  const refused = entry.error !== null || (entry.response?.status ?? 0) >= 400;
  const open: Step = { name: "Outcome", detail: refused ? "not reached" : "not confirmed", glyph: "unknown" };
  return steps[entry.verdict.ingestion] ?? open;
};

/** The stations of an entry's way: composed, sent, answered, and what became of it. */
export const stepsOf = (entry: Entry): Step[] => {
  const left = !(entry.error && neverLeft.has(entry.error.code));
  const sent: Step = left
    ? { name: "Sent", detail: timeOfDay(entry.at), glyph: "valid" }
    : { name: "Not sent", detail: entry.error?.code ?? "", glyph: "not-sent" };
  const last = outcome(entry);
  return [
    ...(entry.kind === "event" ? [composed(entry)] : []),
    sent,
    answered(entry),
    ...(last ? [last] : []),
  ];
};
