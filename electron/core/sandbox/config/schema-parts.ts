import * as v from "valibot";
import { parseDuration } from "../../../../shared/duration";

/** One line of text that is not empty. @param what the field, as messages call it @param longest characters */
export const text = (what: string, longest = 200) =>
  v.pipe(
    v.string(`${what} is a text.`),
    v.minLength(1, `${what} must not be empty.`),
    v.maxLength(longest, `${what} has at most ${longest} characters.`),
    v.regex(/^\P{Cc}*$/u, `${what} has no control characters.`),
  );

/** A list is an object too: so it is refused before its keys are looked for. */
export const map = <T extends v.GenericSchema>(message: string, schema: T) =>
  v.pipe(
    v.custom<v.InferInput<T>>(
      (value) => typeof value === "object" && value !== null && !Array.isArray(value),
      message,
    ),
    schema,
  );

/** Milliseconds from `30m`, with an end, so that every time that follows from it can be written. */
export const duration = (what: string, longest: number, longestText: string) =>
  v.pipe(
    v.string(`${what} is a duration such as 5ms, 2s, 30m, 1h or 7d.`),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const parsed = parseDuration(dataset.value);
      if (parsed !== null && parsed <= longest) return parsed;
      addIssue({
        message:
          parsed === null
            ? `${what} is a duration such as 5ms, 2s, 30m, 1h or 7d.`
            : `${what} is at most ${longestText}.`,
      });
      return NEVER;
    }),
  );

export const listOf = <T extends v.GenericSchema>(what: string, item: T, most = 1000) =>
  v.pipe(v.array(item, `${what} is a list.`), v.maxLength(most, `${what} has at most ${most} items.`));
