import type { Batch } from "../model/batch";
import type { Draft } from "../model/draft";
import type { EntryRow } from "../model/entry";
import type { GuestContext } from "../model/guest";
import type { Notice } from "../model/notice";
import type { RunSummary, StepResult } from "../model/run";
import type { SandboxStatus } from "../model/sandbox";
import type { Settings } from "../model/settings";

/** Name -> payload of everything the core says unasked. */
export interface Notifications {
  /**
   * Rows that are new or changed, in rising revision, batched (500 at most); upsert them by id. `revision` is the
   * highest in the log: where it is above the last row's, more changed, and `log.since` has it. `total` is how many
   * entries there are, `removals` how often some were removed or came back: where that is another number than before,
   * positions have moved.
   */
  "log.appended": { rows: EntryRow[]; revision: number; total: number; removals: number };
  /** The list, a credential, consent or the selection changed: ask again. */
  "environments.changed": Record<string, never>;
  "guests.changed": { environment: string; context: GuestContext | null };
  /** `order`: the ids of all drafts in the person's order. */
  "drafts.changed": { draft: Draft } | { removed: string } | { order: string[] };
  /** The person's own templates changed: ask again. */
  "templates.changed": Record<string, never>;
  /** How checking or sending many events goes, some times a second, and how it ended. */
  "batches.changed": { batch: Batch };
  "settings.changed": { settings: Settings };
  "sandbox.changed": { status: SandboxStatus };
  /**
   * Guests of the sandbox that an event or the passing of time has changed, batched; `all` where the state was reset,
   * restored or imported, or where too many changed to name them.
   */
  "sandbox.guestsChanged": { refs: string[]; all: boolean };
  /** How `guests.awaitChange` goes: what it waits for in a sentence, and when it asks again (null: it asks now). */
  "guests.awaiting": { id: string; says: string; asked: number; nextAt: string | null; until: string };
  /** Files of the workspace that have to do with scenarios, or its `bellhop.yaml`, changed on the disk or here. */
  "scenarios.changed": { paths: string[] };
  /**
   * How a run of this process goes, batched: the run as it stands, and results that are new or changed since the last
   * time (500 at most; where more changed, `complete` is false and `runs.steps` has them).
   */
  "runs.progressed": { run: RunSummary; steps: StepResult[]; complete: boolean };
  /** Runs were added, ended elsewhere, or removed: ask again. */
  "runs.changed": Record<string, never>;
  /** All that a person must know of Bellhop itself, as it stands. */
  "reports.noticed": { notices: Notice[] };
  /** An error report was kept: ask again. */
  "reports.changed": Record<string, never>;
  /** A second start asked for this window: bring it to the front. */
  "app.focused": Record<string, never>;
  /** The core is going down; a reconnecting renderer says so. */
  "app.closing": { reason: string };
  /** The core failed and starts again in this process; calls wait for it. */
  "app.restarting": { reason: string };
  /** It is there again: ask for what changed. */
  "app.restarted": Record<string, never>;
}

export type NotificationName = keyof Notifications;
export type PayloadOf<N extends NotificationName> = Notifications[N];
