import type { SandboxStatus } from "../../../shared/model/sandbox";
import type { Issue } from "../../../shared/model/verdict";

/** What became of an event on a sandbox. */
export interface SandboxOutcome {
  ingestion: "processed" | "failed" | "dropped";
  issues: Issue[];
  guestRef: string | null;
}

/** The sandbox that `--env sandbox` means: a given address, the live one of the profile, or this process's own. */
export interface SandboxService {
  /** Where it is, or would be; needs no running sandbox. `http://127.0.0.1:4680` */
  address(): Promise<string>;
  /** Makes sure that one runs and gives its address. @throws AppError UNREACHABLE where a person has stopped it */
  ensureRunning(): Promise<string>;
  /** Where one runs now. @throws AppError UNREACHABLE where none does */
  runningAddress(): Promise<string>;
  status(): Promise<SandboxStatus>;
  /** Looks anew at a sandbox whose configuration was changed, and says what it has become. */
  lookAgain(): void;
  /**
   * Waits until the sandbox at `address` has dealt with an event.
   * @param eventRef the `ref` of the 201 answer
   * @param wait milliseconds
   * @returns null where it was not settled in time or the sandbox is gone
   */
  outcomeOf(address: string, eventRef: string, wait: number): Promise<SandboxOutcome | null>;
  close(): Promise<void>;
}
