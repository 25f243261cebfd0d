/** What a notice is about; a topic is replaced as a whole when it is looked at again. */
export type NoticeTopic = "core" | "database" | "settings" | "window";

/** Something about Bellhop itself that a person must know, and that no answer to a command can carry. */
export interface Notice {
  id: string;
  /** ISO 8601. */
  at: string;
  topic: NoticeTopic;
  severity: "warning" | "error";
  message: string;
  hint: string | null;
  /** The error report that goes with it. */
  report: string | null;
  /** The setting that it concerns. */
  setting: string | null;
}

/** A report of an error of Bellhop itself, kept in the profile and nowhere else. */
export interface ReportRow {
  id: string;
  /** ISO 8601. */
  at: string;
  /** Its first line: what failed. */
  summary: string;
  /** Bytes. */
  size: number;
}
