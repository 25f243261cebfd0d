import type { Environment } from "./environment";

/** A value that does not leave in a file, because it is or may be a secret. */
export interface WithheldField {
  environment: string;
  /** `vars.apiToken`, `proxy`. */
  field: string;
  /** Half a sentence that goes on from the field: "is named like a secret". */
  reason: string;
}

/** Environments as a file that can be given away. */
export interface ExportedEnvironments {
  /** For the download. */
  ticket: string;
  name: string;
  text: string;
  withheld: WithheldField[];
}

/** One environment of a file, beside the one that the workspace has under its name. */
export interface ImportedEnvironment {
  environment: Environment;
  /** What stands under the name here; null where it is free. */
  present: Environment | null;
  /** What would be different afterwards; none where both are the same. */
  changes: FieldChange[];
  /** Keys of the file that mean nothing to an environment, and are not taken. */
  ignored: string[];
  /** Values that look like secrets and would stand in the workspace's file. */
  suspects: WithheldField[];
}

/** `null` where the field is not there. */
export interface FieldChange {
  field: string;
  before: string | null;
  after: string | null;
}
