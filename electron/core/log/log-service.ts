import type { Entry, EntryError, EntryResponse, Timings } from "../../../shared/model/entry";
import type { Ingestion, Issue } from "../../../shared/model/verdict";

/** An entry before it is written: already redacted. */
export type NewEntry = Omit<Entry, "seq" | "revision" | "state" | "response" | "error" | "timings">;

/** How a request ended. Already redacted. */
export interface Outcome {
  response: EntryResponse | null;
  error: EntryError | null;
  timings: Timings;
  ingestion: Ingestion;
  /** What the answer says of the event; added to the issues that the entry has, each once by code and path. */
  issues: Issue[];
  guestRef?: string | null;
}

/** The log as other features write it. Every promise settles after the change is committed. */
export interface LogService {
  /** Writes a pending entry. @throws AppError CONFLICT where the log has one of this id, DATABASE_FAILED */
  begin(entry: NewEntry): Promise<Entry>;
  /**
   * Writes a pending entry into the journal, which outlives this process, too, and does not wait for the database. For
   * an id that nobody else can have.
   *
   * @throws AppError DATABASE_FAILED
   */
  announce(entry: NewEntry): void;
  /** Ends a pending entry; null where it was no longer pending (a late answer never overwrites INTERRUPTED). */
  complete(id: string, outcome: Outcome): Promise<Entry | null>;
  /** Adds what became of an event after its answer, and why. @returns whether there is such an entry that has ended */
  settle(id: string, ingestion: Ingestion, issues: Issue[], guestRef: string | null): Promise<boolean>;
  /** @throws AppError NOT_FOUND */
  detail(id: string): Promise<Entry>;
  close(): Promise<void>;
}
