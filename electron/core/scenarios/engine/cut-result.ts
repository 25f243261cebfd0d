import type { JsonValue } from "../../../../shared/model/json";
import type { StepResult } from "../../../../shared/model/run";

/** Bytes of an answer that a result keeps; the log has all of it. */
export const largestKept = 65_536;

/** What a value needs as JSON, roughly; stops counting once it is more than `most`. */
const roughSize = (value: JsonValue, most: number): number => {
  if (typeof value === "string") return value.length + 2;
  if (typeof value !== "object" || value === null) return 8;
  let size = 2;
  for (const [name, item] of Object.entries(value)) {
    size += name.length + 4 + roughSize(item, most - size);
    if (size > most) break;
  }
  return size;
};

/** The result without what is too large to be kept with it. */
export const cutResult = (result: StepResult): StepResult => {
  const isLarge = (value: JsonValue): boolean => roughSize(value, largestKept) > largestKept;
  const { response, event } = result;
  if (!isLarge(response) && !isLarge(event)) return result;
  const note = "What is larger than 64 kB is left out here; the log has it.";
  return {
    ...result,
    response: isLarge(response) ? null : response,
    event: isLarge(event) ? null : event,
    notes: [...result.notes, note],
  };
};
