import type { JsonValue } from "../../../../shared/model/json";
import type { StepFailure, StepResult } from "../../../../shared/model/run";
import type { Ingestion } from "../../../../shared/model/verdict";
import type { StatusName } from "../../../ui/StatusGlyph.vue";
import { stepWords } from "./run-words";

/** A value as one line of JSON; a long one is cut, because the whole stands in the response. */
export const valueWords = (value: JsonValue | undefined): string => {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
};

const subjects: Record<StepFailure["of"], string> = {
  status: "Status",
  body: "Answer",
  headers: "Header",
  guest: "Guest",
  ingestion: "Outcome",
  verdict: "Verdict",
  time: "Time",
  request: "Request",
  template: "Template",
  capture: "Capture",
};

/** What an expectation looked at: "Answer", "Guest". Where in it, the message says. */
export const subjectWords = ({ of }: StepFailure): string => subjects[of];

const ingestions: Partial<Record<Ingestion, { glyph: StatusName; text: string }>> = {
  processed: { glyph: "processed", text: "Processed" },
  visible: { glyph: "visible", text: "Visible" },
  failed: { glyph: "failed", text: "Failed" },
  dropped: { glyph: "dropped", text: "Dropped" },
  accepted: { glyph: "unknown", text: "Accepted, not confirmed" },
};

/** What became of the step's event, in the status language; null where it sends none. */
export const outcomeWords = ({ ingestion }: StepResult): { glyph: StatusName; text: string } | null =>
  ingestion === null ? null : (ingestions[ingestion] ?? null);

const glyphs: Record<StepResult["state"], StatusName> = {
  running: "pending",
  waiting: "pending",
  passed: "processed",
  failed: "failed",
  skipped: "skipped",
  "not-observable": "unknown",
};

/** The state of one execution. */
export const stateWords = ({ state }: StepResult): { glyph: StatusName; text: string } => ({
  glyph: glyphs[state],
  text: stepWords[state],
});

export const statusTone = (status: number): "ok" | "warn" | "bad" =>
  status >= 500 ? "bad" : status >= 300 ? "warn" : "ok";
