import type { EntrySource } from "../../../shared/model/entry";
import type { EntryError } from "../../../shared/model/entry";
import type { Environment } from "../../../shared/model/environment";
import type { StreamEvent } from "../../../shared/model/event";
import type { JsonValue } from "../../../shared/model/json";
import type { TenantGuest } from "../../../shared/model/tenant-guest";
import type { Ingestion, Verdict } from "../../../shared/model/verdict";

/** A browser of a run: the virtual guest's own, apart from the environment's guest context. */
export interface RunBrowser {
  browserId: string;
  guestRef: string | null;
}

/** How a request of a run ended. The entry is in the log before it leaves; `logged` settles when its outcome is, too. */
export interface RunAnswer {
  entryId: string;
  status: number | null;
  error: EntryError | null;
  headers: Record<string, string>;
  /** The body as JSON where it is JSON, for expectations and captures; never redacted, never to be kept. */
  body: JsonValue | undefined;
  /** Milliseconds from the start to the end of the answer; null where none came. */
  time: number | null;
  verdict: Verdict;
  /** The `ref` of a 2xx answer. */
  eventRef: string | null;
  logged: Promise<void>;
}

/** What became of an event on a sandbox, where it is known in time. */
export interface RunOutcome {
  ingestion: Ingestion;
  reasons: string[];
  guestRef: string | null;
}

/** The target of a run: admitted once (credential, consent, reachable), then used for every request. */
export interface RunTarget {
  environment: Environment;
  isSandbox: boolean;
  /** Asks the target for a browser. @throws NoBrowser, and AppError CANCELLED */
  newBrowser(source: EntrySource, signal: AbortSignal): Promise<RunBrowser>;
  /** Sends an event as it was built. Never throws for what the target does. @param timeout milliseconds */
  send(
    event: StreamEvent,
    verdict: Verdict,
    options: { source: EntrySource; guestRef: string | null; signal: AbortSignal; timeout?: number },
  ): Promise<RunAnswer>;
  /**
   * Waits until the sandbox has dealt with an event, and writes that into its entry.
   * @returns null where it is not known within `wait` milliseconds, or the target is no sandbox
   */
  outcomeOf(answer: RunAnswer, wait: number, signal: AbortSignal): Promise<RunOutcome | null>;
  /**
   * A guest of a tenant, through its Guest REST API; null where there is none.
   * @param asked is told of the entry of each request, whatever becomes of it
   */
  lookUp(
    by: { ref: string } | { email: string } | { identifier: { provider: string; id: string } },
    source: EntrySource,
    signal: AbortSignal,
    asked: (entryId: string) => void,
  ): Promise<TenantGuest | null>;
  /** Takes secrets out of what the run keeps outside the log: results, what it made, reports. */
  redact<T extends JsonValue>(value: T): Promise<T>;
  /** Settles when every entry of this run has its outcome in the log. */
  settled(): Promise<void>;
}

/** The door of the sender for runs. */
export interface RunSends {
  /**
   * Checks what every send checks, in the order of the exit codes, once for a run.
   *
   * @param transport instead of the environment's own
   * @throws AppError CREDENTIAL_MISSING, VAULT_LOCKED, CONSENT_REQUIRED, UNSUPPORTED, WORKSPACE_INVALID
   */
  admit(
    environment: string,
    options: { transport?: Environment["transport"]; production?: string },
  ): Promise<RunTarget>;
}
