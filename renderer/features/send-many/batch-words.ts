import type { Batch, BatchSending } from "../../../shared/model/batch";

/** A number as people read it: `10,000`. */
export const count = (value: number): string => value.toLocaleString("en-GB");

/** `1 event`, `1,204 events`. */
export const events = (value: number): string => `${count(value)} ${value === 1 ? "event" : "events"}`;

/** Milliseconds as people read them: `under a second`, `12 s`, `3 min 5 s`, `2 h 10 min`. */
export const timeWords = (milliseconds: number): string => {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 1) return "under a second";
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return `${count(Math.floor(minutes / 60))} h ${minutes % 60} min`;
};

/** How fast and how long, while it goes on: `212 a second, 8 s left`. */
export const paceWords = ({ rate, left }: BatchSending): string =>
  [
    rate === null ? "" : `${rate < 10 ? rate.toFixed(1) : count(Math.round(rate))} a second`,
    left === null ? "" : `${timeWords(left)} left`,
  ]
    .filter(Boolean)
    .join(", ");

/** How long so many events take at a pace; empty where they go as fast as can be. */
export const lengthWords = (planned: number, rate: number | null): string =>
  rate === null || planned === 0
    ? ""
    : `${events(planned)} take about ${timeWords((planned / rate) * 1000)}.`;

/** How the sending ended, in a sentence. */
export const endWords = ({ state, sending, environment }: Batch): string => {
  if (!sending) return "";
  const { sent, planned, elapsed, rate } = sending;
  const speed = rate === null ? "" : `, ${rate < 10 ? rate.toFixed(1) : count(Math.round(rate))} a second`;
  const length = `in ${timeWords(elapsed)}${sent > 1 ? speed : ""}`;
  if (state === "done") return `${events(sent)} sent to ${environment} ${length}.`;
  const word = state === "cancelled" ? "Cancelled" : "Stopped";
  return `${word} after ${count(sent)} of ${events(planned)}, ${length}. What had not left was not sent.`;
};

/** Reads a typed pace. @returns events a second, or a sentence that says what is wrong */
export const readPace = (text: string): number | string => {
  const value = Number(text.trim().replace(",", "."));
  if (text.trim() === "" || !Number.isFinite(value)) return "Give a number, such as 5.";
  if (value < 0.001 || value > 100_000) return "Give a number from 0.001 to 100,000.";
  return value;
};
