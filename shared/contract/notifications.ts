import type { Draft } from "../model/draft";
import type { EntryRow } from "../model/entry";
import type { GuestContext } from "../model/guest";
import type { SandboxStatus } from "../model/sandbox";
import type { Settings } from "../model/settings";

/** Name -> payload of everything the core says unasked. */
export interface Notifications {
  /**
   * Rows that are new or changed, in rising revision, batched (500 at most); upsert them by id. `revision` is the
   * highest in the log: where it is above the last row's, more changed, and `log.since` has it.
   */
  "log.appended": { rows: EntryRow[]; revision: number };
  /** The list, a credential, consent or the selection changed: ask again. */
  "environments.changed": Record<string, never>;
  "guests.changed": { environment: string; context: GuestContext | null };
  "drafts.changed": { draft: Draft } | { removed: string };
  "settings.changed": { settings: Settings };
  "sandbox.changed": { status: SandboxStatus };
  /**
   * Guests of the sandbox that an event or the passing of time has changed, batched; `all` where the state was reset,
   * restored or imported, or where too many changed to name them.
   */
  "sandbox.guestsChanged": { refs: string[]; all: boolean };
  /** How `guests.awaitChange` goes: what it waits for in a sentence, and when it asks again (null: it asks now). */
  "guests.awaiting": { id: string; says: string; asked: number; nextAt: string | null; until: string };
  /** A second start asked for this window: bring it to the front. */
  "app.focused": Record<string, never>;
  /** The core is going down; a reconnecting renderer says so. */
  "app.closing": { reason: string };
}

export type NotificationName = keyof Notifications;
export type PayloadOf<N extends NotificationName> = Notifications[N];
