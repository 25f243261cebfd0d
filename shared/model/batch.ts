import type { ErrorData } from "../contract/errors";

/** `stopped` is a batch that ended by itself before its last event, because going on made no sense or was impossible. */
export type BatchState = "checking" | "checked" | "sending" | "done" | "cancelled" | "stopped";

/** Events of one file or text that are checked and sent together. Lives as long as its process. */
export interface Batch {
  /** A UUID; the `runId` of its entries. */
  id: string;
  /** The file's name. */
  name: string;
  /** For which the events were checked, and to which they go. */
  environment: string;
  state: BatchState;
  /** How much of the file has been gone through, by the checking or by the sending: 0 to 1. */
  progress: number;
  found: BatchFindings;
  /** Null before the sending. */
  sending: BatchSending | null;
  /** Why it could not be read to its end, or was stopped. */
  problem: ErrorData | null;
}

/** What the check found: every event is one of the three. */
export interface BatchFindings {
  /** Valid, or of a type that the catalog does not know. */
  valid: number;
  /** Those that the catalog calls invalid: they are sent only if a person says so. */
  invalid: number;
  /** What is no event at all, such as a line that is not JSON: it cannot be sent. */
  unreadable: number;
}

/** Why an event is not valid. */
export interface BatchFlaw {
  kind: "invalid" | "unreadable";
  /** Its place among the events of the file, from 1. */
  number: number;
  /** Where it begins, from 1. */
  line: number;
  /** As far as it can be told. */
  type: string | null;
  /** A sentence. */
  reason: string;
}

/** How the sending goes. */
export interface BatchSending {
  /** Events a second; null for as fast as can be. */
  pace: number | null;
  /** Events that are to be sent, by the check. */
  planned: number;
  /** Events whose request has left and has ended. */
  sent: number;
  /** Of those: answered 2xx, answered otherwise, not answered, and cut off by a cancel. */
  taken: number;
  refused: number;
  unanswered: number;
  cancelled: number;
  /** Of those taken: what a sandbox made of them, as far as it has told. */
  processed: number;
  notProcessed: number;
  /** Events that were not to be sent. */
  leftOut: number;
  /** Events a second over the last seconds; null before it is known. */
  rate: number | null;
  /** Milliseconds left; null before it is known. */
  left: number | null;
  /** Milliseconds since the first event. */
  elapsed: number;
  /** Why events failed, most frequent first. */
  reasons: BatchReason[];
}

/** One reason that events failed for. */
export interface BatchReason {
  /** A sentence; already redacted. */
  reason: string;
  events: number;
  /** The lines of the first few. */
  lines: number[];
}

/** Whether something is under way. */
export const isBusy = ({ state }: Batch): boolean => state === "checking" || state === "sending";
