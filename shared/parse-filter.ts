import { AppError } from "./contract/errors";
import { statusClasses, verdictClasses, type LogFilter } from "./model/entry";

const grammar =
  "A filter is words to find, and env:NAME, type:NAME, status:2xx, verdict:failed, run:ID or id:ID; commas join alternatives.";

const oneOf = <T extends string>(known: readonly T[], name: string, values: string[]): T[] =>
  values.map((value) => {
    const match = known.find((candidate) => candidate === value.toLowerCase());
    if (match) return match;
    throw new AppError({
      code: "INVALID_INPUT",
      message: `${name}:${value} is not known; there are ${known.join(", ")}.`,
      hint: grammar,
    });
  });

/** Splits at spaces; a part in double quotes keeps its spaces. */
const partsOf = (expression: string): string[] =>
  [...expression.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([part]) => part.replaceAll('"', ""));

/**
 * Reads a filter expression, as `log --filter` and the log's search field take it:
 * `env:staging type:VIEW,ADD status:4xx verdict:failed shoes`.
 *
 * @throws AppError INVALID_INPUT for an unknown status or verdict, or an empty value
 */
export const parseFilter = (expression: string): LogFilter => {
  const filter: LogFilter = {};
  const words: string[] = [];
  for (const part of partsOf(expression)) {
    const [, key, list] = /^(env|type|status|verdict|run|id):(.*)$/.exec(part) ?? [];
    if (key === undefined || list === undefined) {
      words.push(part);
      continue;
    }
    const values = list.split(",").filter(Boolean);
    if (values.length === 0) {
      throw new AppError({ code: "INVALID_INPUT", message: `${key}: needs a value.`, hint: grammar });
    }
    if (key === "env") filter.environments = [...(filter.environments ?? []), ...values];
    else if (key === "type") filter.types = [...(filter.types ?? []), ...values];
    else if (key === "run") filter.runs = [...(filter.runs ?? []), ...values];
    else if (key === "id") filter.ids = [...(filter.ids ?? []), ...values];
    else if (key === "status")
      filter.statuses = [...(filter.statuses ?? []), ...oneOf(statusClasses, key, values)];
    else filter.verdicts = [...(filter.verdicts ?? []), ...oneOf(verdictClasses, key, values)];
  }
  if (words.length > 0) filter.text = words.join(" ");
  return filter;
};
