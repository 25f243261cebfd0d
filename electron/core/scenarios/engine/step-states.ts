import type { CheckedInputOf } from "../../../../shared/contract/commands";
import { AppError } from "../../../../shared/contract/errors";
import type { JsonValue } from "../../../../shared/model/json";
import type { StepKey } from "../../../../shared/model/run";
import { runSnapshotName } from "../../sandbox/run-snapshots";
import type { RunTarget } from "../../sender/run-sends";
import type { RunReads } from "../runs/run-reads";
import type { RunWrites } from "../runs/run-writes";
import type { KeptState } from "./kept-state";
import type { Beginning } from "./run-context";

/** The sandbox's state, saved and brought back under a name. */
export interface StateSnapshots {
  save(name: string): Promise<void>;
  /** @throws AppError NOT_FOUND */
  restore(name: string): Promise<void>;
  remove(name: string): Promise<void>;
}

interface StatesParts {
  writes: Pick<RunWrites, "keepState" | "takeOverStates" | "dropSnapshots">;
  reads: Pick<RunReads, "state" | "snapshots" | "read" | "steps">;
  snapshots: StateSnapshots;
  workspace: string;
}

interface Keeping {
  id: string;
  key: StepKey;
  /** Whether the sandbox may be another than at the last step. */
  changed: boolean;
  isSandbox: boolean;
  state(): KeptState;
  target: Pick<RunTarget, "redact">;
}

type From = NonNullable<CheckedInputOf<"runs.start">["from"]>;

const noState = (step: string): AppError =>
  new AppError({
    code: "NOT_FOUND",
    message: `Nothing is kept of the moment before step ${step}.`,
    hint: "Only the last run of a file in the window keeps the sandbox as it was before each step. Play it from the start, or on a fresh guest.",
    field: "/from",
  });

/** Milliseconds that saving the sandbox may take; where it takes longer once, it is left alone for the rest of the run. */
const patience = 500;

/** Results of an earlier run that are looked through. */
const mostLookedAt = 10_000;

/**
 * Keeps what a run knew before each step, so that a later one can begin there: names and browsers, and on the sandbox a
 * snapshot. Of a step that is played again and again, the first time counts.
 */
export const createStepStates = ({ writes, reads, snapshots, workspace }: StatesParts) => {
  /** Run -> the snapshot of its latest moment, or that none are made any more. */
  const latest = new Map<string, string | "none">();

  const saveSnapshot = async (id: string, { number }: StepKey): Promise<string> => {
    const name = runSnapshotName(id, number);
    const begun = performance.now();
    try {
      await snapshots.save(name);
      return performance.now() - begun > patience ? "none" : name;
    } catch {
      // A sandbox that is gone, or full: the step goes on, and cannot be gone back to.
      return "none";
    }
  };

  const snapshotOf = async ({ id, key, changed, isSandbox }: Keeping): Promise<string | null> => {
    const known = latest.get(id);
    if (!isSandbox || known === "none") return null;
    if (!changed && known !== undefined) return known;
    const name = await saveSnapshot(id, key);
    latest.set(id, name);
    return name === "none" ? null : name;
  };

  /** By the results alone, of the scenario's own steps, as the first of all is: a fragment's names are its own. */
  const capturedBefore = async (id: string, step: string): Promise<Record<string, JsonValue>> => {
    const { steps } = await reads.steps({ id, iteration: 1, offset: 0, limit: mostLookedAt });
    const own = steps[0]?.place.file;
    const end = steps.findIndex(({ number }) => number === step);
    const before = (end === -1 ? steps : steps.slice(0, end)).filter(({ place }) => place.file === own);
    return Object.assign({}, ...before.map(({ captured }) => captured)) as Record<string, JsonValue>;
  };

  return {
    async keep(keeping: Keeping): Promise<void> {
      const { id, key, state, target } = keeping;
      if (key.occurrence > 1) return;
      const snapshot = await snapshotOf(keeping);
      const clean = await target.redact(state() as unknown as JsonValue);
      await writes.keepState(id, { number: key.number, snapshot, state: JSON.stringify(clean) });
    },

    /** @throws AppError NOT_FOUND */
    seedOf: async (runId: string): Promise<string> => (await reads.read(runId)).seed,

    /** What a run begins with that does not begin at the first step. @throws AppError NOT_FOUND */
    async beginAt({ step, runId, guest }: From, target: Pick<RunTarget, "isSandbox">): Promise<Beginning> {
      const kept = runId === undefined ? null : await reads.state(runId, step);
      const state = kept && (JSON.parse(kept.state) as KeptState);
      if (guest === "fresh") {
        const captures = runId === undefined || state !== null ? {} : await capturedBefore(runId, step);
        return { step, state: state && { ...state, browsers: [], current: 0 }, captures };
      }
      if (kept === null || kept.snapshot === null || !target.isSandbox) throw noState(step);
      await snapshots.restore(kept.snapshot);
      return { step, state, captures: {} };
    },

    /**
     * Before a run of a file: only the newest keeps snapshots. A run that goes on from an earlier one takes over what
     * that one kept, so that one can go back further than it began.
     */
    async takeOver(run: { id: string; path: string }, from: string | undefined): Promise<void> {
      if (from !== undefined) await writes.takeOverStates(run.id, from);
      await removeUnused(await reads.snapshots({ workspace, path: run.path, except: run.id }));
    },

    /** Before a run is removed. */
    async forget(id: string): Promise<void> {
      latest.delete(id);
      await removeUnused(await reads.snapshots({ id }));
    },

    /** A run has ended. */
    ended: (id: string): void => void latest.delete(id),
  };

  async function removeUnused(names: readonly string[]): Promise<void> {
    for (const name of names) await snapshots.remove(name).catch(() => undefined);
    if (names.length > 0) await writes.dropSnapshots(names);
  }
};

export type StepStates = ReturnType<typeof createStepStates>;
