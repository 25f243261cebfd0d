import type { SandboxSnapshot } from "../../../../shared/model/sandbox";

/** Whole states of the sandbox: saved under a name, or as JSON outside. */
export interface SavedStates {
  list(): Promise<SandboxSnapshot[]>;
  /** Saves the state once nothing is pending; a snapshot of this name is replaced. */
  save(name: string): Promise<SandboxSnapshot>;
  /** @throws AppError NOT_FOUND */
  restore(name: string): Promise<void>;
  /** @throws AppError NOT_FOUND */
  remove(name: string): Promise<void>;
  /** The state as JSON, in pieces, so that a large one needs no memory. */
  export(): AsyncIterable<string>;
  /** Replaces the state. All or nothing. @throws AppError INVALID_INPUT where it is not an export */
  import(text: AsyncIterable<string>): Promise<void>;
}
