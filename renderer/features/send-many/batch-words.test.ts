import { expect, it } from "vitest";
import type { Batch, BatchSending } from "../../../shared/model/batch";
import { endWords, lengthWords, paceWords, readPace, timeWords } from "./batch-words";

const sending = (change: Partial<BatchSending>): BatchSending => ({
  ...{ pace: null, planned: 2000, sent: 0, taken: 0, refused: 0, unanswered: 0, cancelled: 0 },
  ...{ processed: 0, notProcessed: 0, leftOut: 0, rate: null, left: null, elapsed: 0, reasons: [] },
  ...change,
});
const batch = (state: Batch["state"], change: Partial<BatchSending>): Batch => ({
  ...{ id: "b", name: "events.ndjson", environment: "staging", state, progress: 1, problem: null },
  found: { valid: 2000, invalid: 0, unreadable: 0 },
  sending: sending(change),
});

it("says times as people do", () => {
  expect([0, 1_400, 59_400, 60_000, 185_000, 7_800_000].map(timeWords)).toEqual([
    ...["under a second", "1 s", "59 s", "1 min", "3 min 5 s", "2 h 10 min"],
  ]);
});

it("says how it goes and how it ended", () => {
  expect(paceWords(sending({}))).toBe("");
  expect(paceWords(sending({ rate: 4.96, left: 12_000 }))).toBe("5.0 a second, 12 s left");
  expect(lengthWords(2000, 5)).toBe("2,000 events take about 6 min 40 s.");
  expect(lengthWords(2000, null)).toBe("");
  expect(endWords(batch("done", { sent: 1, elapsed: 30 }))).toBe(
    "1 event sent to staging in under a second.",
  );
  expect(endWords(batch("cancelled", { sent: 40, elapsed: 8000, rate: 5 }))).toBe(
    "Cancelled after 40 of 2,000 events, in 8 s, 5.0 a second. What had not left was not sent.",
  );
});

it("reads a pace as it is typed", () => {
  expect(["5", " 0,5 ", "x", "", "0", "1e9"].map(readPace)).toEqual([
    ...[5, 0.5, "Give a number, such as 5.", "Give a number, such as 5."],
    ...["Give a number from 0.001 to 100,000.", "Give a number from 0.001 to 100,000."],
  ]);
});
