import type { LogFilter } from "../../../shared/model/entry";
import { textConditions, type Condition } from "./search-index";

const among = (columns: string[], values: readonly string[] | undefined): Condition | null =>
  values === undefined || values.length === 0
    ? null
    : {
        sql: `(${columns.map((column) => `${column} IN (SELECT value FROM json_each(?))`).join(" OR ")})`,
        params: columns.map(() => JSON.stringify(values)),
      };

/** What is not leaving the log. The first half costs nothing where nothing is, which is nearly always. */
export const present: Condition = {
  sql: "((SELECT leaving FROM log_counter) = 0 OR seq NOT IN (SELECT seq FROM entries_leaving))",
  params: [],
};

/**
 * A filter as a condition on `entries`. What is absent or empty does not narrow. The number of
 * different SQL texts is small, because lists are one value each.
 *
 * @returns null where nothing is narrowed
 */
export const filterCondition = (filter: LogFilter = {}): Condition | null => {
  const conditions = [
    among(["environment"], filter.environments),
    among(["type"], filter.types),
    among(["status_class"], filter.statuses),
    // `valid` and `invalid` are schema verdicts, the others ingestions; no word is both.
    among(["schema", "ingestion"], filter.verdicts),
    among(["id"], filter.ids),
    among(["source_json ->> '$.runId'"], filter.runs),
    ...(filter.text === undefined ? [] : textConditions(filter.text)),
  ].filter((condition) => condition !== null);
  if (conditions.length === 0) return null;
  return {
    sql: conditions.map(({ sql }) => sql).join(" AND "),
    params: conditions.flatMap(({ params }) => params),
  };
};
