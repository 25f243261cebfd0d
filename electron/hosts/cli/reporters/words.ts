import type { JsonValue } from "../../../../shared/model/json";
import type { RunSummary, StepFailure, StepResult } from "../../../../shared/model/run";

/** `4 ms`, `3.2 s`, `2 min 5 s`, `1 h 20 min`. @param milliseconds at least 0 */
export const durationWords = (milliseconds: number): string => {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
};

/** A whole number with thousands set apart. The language's own way takes 15 ms to load, of a start of 300. */
export const grouped = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");

/** `1 step`, `3 steps`. */
export const counted = (count: number, noun: string): string =>
  `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;

/** Cuts what is long, and says so by an ellipsis. */
export const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…`;

/** JSON on one line, cut. */
export const shortJson = (value: JsonValue | undefined, most: number): string =>
  value === undefined ? "nothing" : shortened(JSON.stringify(value), most);

/** What came back: `201 processed`, `REFUSED`; empty where the step sends nothing. */
export const answerWords = ({ status, error, ingestion }: StepResult): string => {
  const words = [
    status === null ? null : String(status),
    error,
    ingestion === null || ingestion === "unknown" ? null : ingestion,
  ];
  return words.filter((word) => word !== null).join(" ");
};

/** What the step is about beside its title: the event's type. */
export const subjectOf = ({ event }: StepResult): string =>
  typeof event?.["type"] === "string" ? event["type"] : "";

/** Where a failure was looked at: `body /ref`, `status`. */
export const placeOfFailure = ({ of, path }: StepFailure): string => (path === "" ? of : `${of} ${path}`);

/** `6`, or `6 ×2` the second time that a repeat plays it. */
export const stepName = ({ number, occurrence }: Pick<StepResult, "number" | "occurrence">): string =>
  occurrence === 1 ? number : `${number} ×${occurrence}`;

/** Whether its steps are told apart by their iteration. */
export const hasIterations = ({ iterations }: RunSummary): boolean => iterations.planned > 1;

/**
 * Whether a result only says that a `repeat` or `use` is through: its steps have results of their own, and the run's
 * counts leave it out, too.
 */
export const isFrame = ({ kind, failures }: Pick<StepResult, "kind" | "failures">): boolean =>
  (kind === "repeat" || kind === "use") && failures.length === 0;

/** Whether a step failed because no usable answer came, rather than because of what the answer said. */
export const isUnreachable = ({ status, error }: Pick<StepResult, "status" | "error">): boolean =>
  error !== null && status === null;
