import type { RunSummary } from "../../../../shared/model/run";
import { count, durationWords, lengthOf, progressWords, runLooks } from "../run/run-words";

/** What a short line says of a run: "12 of 12, 96 ms", "step 9, /total_price …", "paused at 6 of 12". */
export const runLine = (run: RunSummary): string => {
  const many = run.iterations.planned > 1;
  const far = progressWords(run);
  const length = lengthOf(run);
  switch (run.state) {
    case "running":
      return `running, ${far}`;
    case "paused":
      return `paused at ${far}`;
    case "passed":
      return length === null ? far : `${far}, ${durationWords(length)}`;
    case "failed":
      if (many) return `${count(run.iterations.failed)} of ${count(run.iterations.planned)} failed`;
      return run.firstFailure
        ? `step ${run.firstFailure.number}, ${run.firstFailure.message}`
        : (run.error?.message ?? "failed");
    default:
      return `${runLooks[run.state].word.toLowerCase()}, ${run.error?.message ?? far}`;
  }
};

const sameDay = (one: Date, other: Date): boolean => one.toDateString() === other.toDateString();
const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

/** When a run began, short: `now`, `10:36`, `23 Nov`. @param now what counts as today */
export const shortMoment = (run: RunSummary, now: Date): string => {
  if (run.endedAt === null && (run.state === "running" || run.state === "paused")) return "now";
  const began = new Date(run.startedAt);
  return sameDay(began, now) ? time.format(began) : day.format(began);
};
