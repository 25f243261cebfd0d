import type { JsonValue } from "../../../../shared/model/json";
import type { KeptBrowser } from "./browsers";

/** What an iteration knew before a step, so that a later run can begin there. */
export interface KeptState {
  /** The scenario's own scope, and those of the fragments that the step stands in, outermost first. */
  scopes: {
    vars: Record<string, JsonValue>;
    captures: Record<string, JsonValue>;
    steps: Record<string, JsonValue>;
  }[];
  browsers: KeptBrowser[];
  current: number;
  /** The last identifier or e-mail that was sent. */
  known: { email: string } | { identifier: { provider: string; id: string } } | null;
}
