import type { JsonValue } from "../model/json";
import type { Random } from "./random";

/** What templates are filled from. */
export interface TemplateContext {
  /** The value of a path such as `email` or `["row", "sku"]`; undefined where there is no such name. Own properties only. */
  look(path: readonly string[]): JsonValue | undefined;
  /** The step's own stream. */
  random: Random;
  /** Epoch milliseconds: what `$now` means. */
  now: number;
}
