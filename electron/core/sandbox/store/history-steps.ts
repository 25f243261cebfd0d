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
  /** Characters of its profile when that was last written as JSON. */
  size: number;
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

/** How many patches lie behind the last whole profile of a history. */
export interface HistoryWeight {
  /**
   * Weighs one more step.
   *
   * @param weight characters of its patch
   * @param isFirst whether the patch is the whole first profile itself, which counts as no patch
   * @param profile the profile after it as JSON, made only where it may be due
   * @returns the whole profile, where one is due
   */
  take(weight: number, isFirst: boolean, profile: () => string): string | null;
  state(): { patchSteps: number; patchWeight: number };
}

/** A whole profile is not worth its place before this many steps. */
const fewestSteps = 50;

/**
 * A step gets the whole profile once the patches since the last one weigh as much as the profile: then any place of the
 * past is reached over patches that are no longer than the profile, and whole profiles take no more room than patches.
 *
 * @param size characters that the profile had when last looked at
 */
export const createHistoryWeight = (
  { patchSteps, patchWeight }: { patchSteps: number; patchWeight: number } = {
    patchSteps: 0,
    patchWeight: 0,
  },
  size = 0,
): HistoryWeight => {
  let [steps, weight, lastSize] = [patchSteps, patchWeight, size];
  return {
    take(added, isFirst, profile) {
      if (isFirst) return null;
      steps += 1;
      weight += added;
      if (steps < fewestSteps || weight < lastSize) return null;
      const text = profile();
      lastSize = text.length;
      if (weight < lastSize) return null;
      [steps, weight] = [0, 0];
      return text;
    },
    state: () => ({ patchSteps: steps, patchWeight: weight }),
  };
};

/** Makes steps of history of changes. */
export const createStepRecorder = (known: (ref: string) => KnownGuest | undefined): StepRecorder => {
  const steps: HistoryStep[] = [];
  const guests = new Map<string, GuestWrite>();

  const stepOf = (
    { after, at, why, certainty, source }: ProfileChange,
    eventSeq: number | null,
    last: GuestWrite | undefined,
  ): { step: HistoryStep; write: GuestWrite } => {
    const before = last ? last.before : known(after.ref);
    const from = last?.after ?? before?.profile;
    const changes = JSON.stringify(diffProfiles(from, after));
    const weight = createHistoryWeight(last ?? before, last?.size ?? before?.size);
    const snapshot = weight.take(changes.length, from === undefined, () => JSON.stringify(after));
    return {
      step: { guestRef: after.ref, eventSeq, at, why, certainty, source, changes, snapshot },
      write: {
        before,
        after,
        size: snapshot?.length ?? last?.size ?? before?.size ?? changes.length,
        ...weight.state(),
      },
    };
  };

  return {
    record(changes, eventSeq) {
      const pending = new Map<string, GuestWrite>();
      const added = changes.map((change) => {
        const { ref } = change.after;
        const { step, write } = stepOf(change, eventSeq, pending.get(ref) ?? guests.get(ref));
        pending.set(ref, write);
        return step;
      });
      steps.push(...added);
      for (const [ref, write] of pending) guests.set(ref, write);
    },
    steps: () => steps,
    guests: () => guests,
  };
};
