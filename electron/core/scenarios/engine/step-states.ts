import type { CheckedInputOf } from "../../../../shared/contract/commands";
import { AppError } from "../../../../shared/contract/errors";
import type { JsonValue } from "../../../../shared/model/json";
import type { StepKey } from "../../../../shared/model/run";
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
  writes: Pick<RunWrites, "keepState">;
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

/** Keeps what a run knew before each step, so that a later one can begin there. */
export const createStepStates = ({ writes, reads, snapshots, workspace }: StatesParts) => {
  /** Run -> the snapshot of its latest moment. */
  const latest = new Map<string, string>();

  const saveSnapshot = async (id: string, { number, occurrence }: StepKey): Promise<string | null> => {
    const name = `bellhop-run ${id} ${number}#${occurrence}`;
    try {
      await snapshots.save(name);
    } catch {
      // A sandbox that is gone, or full: the step goes on, and cannot be gone back to.
      return null;
    }
    latest.set(id, name);
    return name;
  };

  return {
    async keep({ id, key, changed, isSandbox, state, target }: Keeping): Promise<void> {
      const known = latest.get(id) ?? null;
      const snapshot = !isSandbox ? null : changed || known === null ? await saveSnapshot(id, key) : known;
      const clean = await target.redact(state() as unknown as JsonValue);
      const { number, occurrence } = key;
      await writes.keepState(id, { number, occurrence, snapshot, state: JSON.stringify(clean) });
    },

    /** What a run begins with that does not begin at the first step. @throws AppError NOT_FOUND */
    async beginAt({ step, runId, guest }: From, target: Pick<RunTarget, "isSandbox">): Promise<Beginning> {
      const kept = runId === undefined ? null : await reads.state(runId, step);
      const state = kept && (JSON.parse(kept.state) as KeptState);
      if (guest === "fresh") return { step, state: state && { ...state, browsers: [], current: 0 } };
      if (kept === null || kept.snapshot === null || !target.isSandbox) throw noState(step);
      await snapshots.restore(kept.snapshot);
      return { step, state };
    },

    /** Takes away the snapshots that earlier runs of a file keep. */
    async forgetSnapshots(of: { id: string } | { path: string }): Promise<void> {
      const names = await reads.snapshots("id" in of ? of : { workspace, path: of.path });
      for (const name of names) await snapshots.remove(name).catch(() => undefined);
      if ("id" in of) latest.delete(of.id);
    },
  };
};

export type StepStates = ReturnType<typeof createStepStates>;
