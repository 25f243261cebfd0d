import type { BatchReason, BatchSending } from "../../../shared/model/batch";
import { createForecastOfTime } from "../scenarios/engine/time-left";
import type { RunAnswer, RunOutcome } from "../sender/run-sends";

/** Different reasons that are told apart; a target may answer each event with another. */
const mostReasons = 50;
const otherReasons = "Other reasons";
/** Lines that are named for a reason. */
const mostLines = 5;
/** Reasons are sentences. */
const longest = 300;

/** Counts how a batch goes, in as much memory for ten events as for a million. */
export const createSendingTally = (pace: number | null, planned: number) => {
  const counts = {
    ...{ sent: 0, taken: 0, refused: 0, unanswered: 0, cancelled: 0 },
    ...{ processed: 0, notProcessed: 0, leftOut: 0 },
  };
  const reasons = new Map<string, BatchReason>();
  const forecast = createForecastOfTime();
  const began = performance.now();
  let ended: number | null = null;

  const note = (given: string, line: number): void => {
    const text = given.slice(0, longest);
    const key = reasons.has(text) || reasons.size < mostReasons ? text : otherReasons;
    const known = reasons.get(key) ?? { reason: key, events: 0, lines: [] };
    known.events += 1;
    if (known.lines.length < mostLines) known.lines.push(line);
    reasons.set(key, known);
  };

  /** Why an answer is not the one that was hoped for. */
  const reasonOf = ({ status, error, verdict }: RunAnswer): string => {
    if (error !== null) return error.message;
    // What the answer says stands behind what was known before.
    const said = verdict.issues.findLast(({ severity }) => severity === "error")?.message;
    return said === undefined ? `Answered ${status}.` : `Answered ${status}: ${said}`;
  };

  return {
    leftOut(): void {
      counts.leftOut += 1;
    },
    /** @returns the reason where it failed, not redacted yet */
    answered(answer: RunAnswer): string | null {
      counts.sent += 1;
      const { status, error } = answer;
      if (error?.code === "ABORTED") {
        counts.cancelled += 1;
        return null;
      }
      if (error !== null || status === null) counts.unanswered += 1;
      else if (status >= 200 && status < 300) {
        counts.taken += 1;
        return null;
      } else counts.refused += 1;
      return reasonOf(answer);
    },
    /** @returns as `answered` */
    settled({ ingestion, reasons: why }: RunOutcome): string | null {
      if (ingestion === "processed") {
        counts.processed += 1;
        return null;
      }
      counts.notProcessed += 1;
      const word = ingestion === "dropped" ? "Dropped" : "Failed";
      return why[0] === undefined ? `${word}.` : `${word}: ${why[0]}`;
    },
    note,
    /** Looks at the time, for rate and time left. */
    sample(): void {
      const done = planned === 0 ? 1 : Math.min(1, counts.sent / planned);
      forecast.sample(performance.now(), counts.sent, done);
    },
    end(): void {
      ended = performance.now();
    },
    state(): BatchSending {
      const elapsed = (ended ?? performance.now()) - began;
      const overall = elapsed > 0 ? Math.round((counts.sent / elapsed) * 10_000) / 10 : null;
      return {
        ...{ pace, planned, ...counts, elapsed: Math.round(elapsed) },
        rate: ended === null ? forecast.rate() : overall,
        left: ended === null ? forecast.left() : null,
        reasons: [...reasons.values()].sort((a, b) => b.events - a.events).map((reason) => ({ ...reason })),
      };
    },
  };
};

export type SendingTally = ReturnType<typeof createSendingTally>;
