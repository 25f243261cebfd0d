const prefix = "bellhop-run ";

/** The name of the snapshot that a run keeps of the moment before a step. It is the run's own: no list shows it. */
export const runSnapshotName = (runId: string, step: string): string =>
  `${prefix}${runId} ${step}`.slice(0, 80);

/** Whether a snapshot belongs to a run, which takes it away again. */
export const isRunSnapshot = (name: string): boolean => name.startsWith(prefix);
