import type { GuestProfile } from "../../../../shared/model/guest-profile";
import { diffProfiles } from "../../../../shared/diff-profile";
import type { ProfileChange } from "../semantics/world";
import type { KnownGuest } from "./known-guest";

/** A step of a guest's history, ready to be written. */
export interface HistoryStep {
  guestRef: string;
  /** `seq` of the event; null for what time alone did. */
  eventSeq: number | null;
  at: number;
  why: string;
  certainty: string;
  source: string;
  /** JSON Patch as text. */
  changes: string;
  /** The whole profile after it, where one is due. */
  snapshot: string | null;
}

/** A guest that has changed: as the database has it, and as it is to be. */
export interface GuestWrite {
  before: KnownGuest | undefined;
  after: GuestProfile;
  patchSteps: number;
  patchWeight: number;
}

/** What a commit writes: guests as they are at its end, and each step on the way. */
export interface StepRecorder {
  /** Adds the steps of one event, or of time. All or none: it throws before it has changed anything. */
  record(changes: readonly ProfileChange[], eventSeq: number | null): void;
  steps(): readonly HistoryStep[];
  guests(): ReadonlyMap<string, GuestWrite>;
}

/** A whole profile is not worth its place before this many steps. */
const fewestSteps = 50;

/**
 * Makes steps of history of changes. A step gets the whole profile once the patches since the last one weigh as much
 * as the profile: then any place of the past is reached over patches that are no longer than the profile, and whole
 * profiles take no more room than patches do.
 */
export const createStepRecorder = (known: (ref: string) => KnownGuest | undefined): StepRecorder => {
  const steps: HistoryStep[] = [];
  const guests = new Map<string, GuestWrite>();

  const stepOf = (
    change: ProfileChange,
    eventSeq: number | null,
    pending: ReadonlyMap<string, GuestWrite>,
  ): { step: HistoryStep; write: GuestWrite } => {
    const { after } = change;
    const last = pending.get(after.ref) ?? guests.get(after.ref);
    const before = last ? last.before : known(after.ref);
    const from = last?.after ?? before?.profile;
    const changes = JSON.stringify(diffProfiles(from, after));
    const patchSteps = (last ?? before)?.patchSteps ?? 0;
    const patchWeight = ((last ?? before)?.patchWeight ?? 0) + changes.length;
    const isDue = patchSteps + 1 >= fewestSteps && patchWeight >= (before?.size ?? changes.length);
    const snapshot = isDue && from ? JSON.stringify(after) : null;
    const { at, why, certainty, source } = change;
    return {
      step: { guestRef: after.ref, eventSeq, at, why, certainty, source, changes, snapshot },
      write: {
        before,
        after,
        // The first step is the whole profile; it counts as no patch.
        patchSteps: snapshot !== null || !from ? 0 : patchSteps + 1,
        patchWeight: snapshot !== null || !from ? 0 : patchWeight,
      },
    };
  };

  return {
    record(changes, eventSeq) {
      const pending = new Map<string, GuestWrite>();
      const added = changes.map((change) => {
        const { step, write } = stepOf(change, eventSeq, pending);
        pending.set(change.after.ref, write);
        return step;
      });
      steps.push(...added);
      for (const [ref, write] of pending) guests.set(ref, write);
    },
    steps: () => steps,
    guests: () => guests,
  };
};
