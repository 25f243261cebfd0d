/**
 * The history of runs. `summary` and `result` are JSON, redacted. `owner` is the process that plays a run (see
 * `process-owner.ts`), and `at` the step it was at when it last said so: what is known of a run whose process ended.
 *
 * `run_steps` has the results that are kept, `seq` by when the steps began. `run_made` is what a run made at its target.
 * `run_states` is what an iteration knew before a step, and the name of the sandbox's snapshot of that moment.
 */
export const runsSchema = `
CREATE TABLE runs (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  workspace TEXT NOT NULL,
  path TEXT NOT NULL,
  owner TEXT NOT NULL,
  state TEXT NOT NULL,
  at TEXT,
  touched INTEGER NOT NULL,
  summary TEXT NOT NULL
);
CREATE INDEX runs_of_file ON runs (workspace, path, place);
CREATE INDEX runs_going_on ON runs (owner) WHERE state IN ('running', 'paused');

CREATE TABLE run_steps (
  run INTEGER NOT NULL REFERENCES runs (place) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  iteration INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  result TEXT NOT NULL,
  PRIMARY KEY (run, seq)
) WITHOUT ROWID;
CREATE INDEX run_steps_of_iteration ON run_steps (run, iteration, seq);
CREATE INDEX run_steps_failed ON run_steps (run, seq) WHERE failed = 1;

CREATE TABLE run_made (
  run INTEGER NOT NULL REFERENCES runs (place) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('browser', 'guest', 'email')),
  value TEXT NOT NULL,
  PRIMARY KEY (run, kind, value)
) WITHOUT ROWID;

CREATE TABLE run_states (
  run INTEGER NOT NULL REFERENCES runs (place) ON DELETE CASCADE,
  number TEXT NOT NULL,
  snapshot TEXT,
  state TEXT NOT NULL,
  PRIMARY KEY (run, number)
) WITHOUT ROWID;
`;
