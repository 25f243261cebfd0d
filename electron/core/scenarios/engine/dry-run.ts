import { randomUUID } from "node:crypto";
import { idToCome } from "../../../../shared/model/guest";
import type { JsonValue } from "../../../../shared/model/json";
import type { RunTarget } from "../../sender/run-sends";

const mark = "known-once-it-is-sent:";

/** What stands for a value that only an answer would give. */
export const placeholder = (name: string): string => `${mark}${name}`;

/** Whether a value has something in it that only an answer would give, so that it cannot be judged. */
export const holdsPlaceholder = (value: JsonValue): boolean => {
  if (typeof value === "string") return value.includes(mark);
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(holdsPlaceholder);
};

/** The target with nobody behind it: its browsers are made up, and nothing else is asked of it. */
export const withoutSending = (target: RunTarget): RunTarget => ({
  ...target,
  newBrowser: async () => ({ browserId: `${idToCome}-${randomUUID()}`, guestRef: null }),
});
