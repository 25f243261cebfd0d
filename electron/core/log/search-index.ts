import type { Database, SqlValue } from "../database/database";
import { restAfter } from "./rest";

/** A condition on `seq` with its values. */
export interface Condition {
  sql: string;
  params: SqlValue[];
}

/** Entries that are indexed in one go: short enough that a send beside it is not held up. */
const indexedAtOnce = 20;

/** The words of a search. A word is what stands between white space; its case does not count. */
const wordsOf = (text: string): string[] =>
  [...new Set(text.toLowerCase().split(/[\s\0]+/u))].filter(Boolean);

/** A text that the full-text search takes literally: `"` `*` `AND` and so on mean nothing in it. */
const quoted = (word: string): string => `"${word.replaceAll('"', '""')}"`;

const lettersOf = (word: string): number => [...word].length;

/** Words of three letters and more are asked of the index, of two letters of its list of trigrams that begin so. */
const indexCondition = (words: string[]): Condition | null => {
  if (words.length === 0) return null;
  const long = words.filter((word) => lettersOf(word) >= 3);
  const short = words.filter((word) => lettersOf(word) < 3);
  const indexed = [
    ...(long.length > 0 ? ["SELECT rowid FROM entries_text WHERE entries_text MATCH ?"] : []),
    ...short.map(() => "SELECT doc FROM entries_trigrams WHERE term >= ? AND term < ?"),
  ];
  return {
    // What is not indexed yet is looked through.
    sql: `seq IN (
      SELECT * FROM (${indexed.join(" INTERSECT ")})
      UNION ALL
      SELECT seq FROM (SELECT seq, fold(content) AS folded FROM entries_searchable WHERE seq IN entries_unindexed)
      WHERE ${words.map(() => "instr(folded, ?) > 0").join(" AND ")})`,
    params: [
      ...(long.length > 0 ? [long.map(quoted).join(" ")] : []),
      ...short.flatMap((word) => [word, `${word}\u{10ffff}`]),
      ...words,
    ],
  };
};

/** A lone ASCII character stands in nearly every entry, where looking is quicker than the index. */
const loneCondition = (character: string): Condition => {
  const pattern = `%${character.replace(/[%_\\]/, "\\$&")}%`;
  const like = (text: string): string => `${text} LIKE ? ESCAPE '\\'`;
  return {
    sql: `(${like("type")} OR ${like("url")} OR EXISTS (
      SELECT 1 FROM bodies
      WHERE entry = seq AND typeof(content) = 'text' AND ${like("substr(content, 1, 65536)")}))`,
    params: [pattern, pattern, pattern],
  };
};

const isLone = (word: string): boolean => /^[\u0021-\u007e]$/.test(word);

/**
 * Entries in which every word of a search occurs, in any case, in type, address, event or answer (64 kB of each
 * body). The caller's text reaches SQLite as values only.
 *
 * @returns conditions on `entries` that must all hold; none where there is no word
 */
export const textConditions = (text: string): Condition[] => {
  const words = wordsOf(text);
  const indexed = indexCondition(words.filter((word) => !isLone(word)));
  return [...(indexed ? [indexed] : []), ...words.filter(isLone).map(loneCondition)];
};

/**
 * Brings the index up to date, a few ended entries at a time, so that writes get in between.
 *
 * @param closing ends it, in a rest, too
 * @param isBusy whether entries were written since it was last asked
 */
export const indexTexts = async (
  database: Database,
  closing: AbortSignal,
  isBusy: () => Promise<boolean>,
): Promise<void> => {
  const waiting =
    "SELECT seq FROM entries_unindexed JOIN entries USING (seq) WHERE state = 'done' ORDER BY seq LIMIT ?";
  while (!closing.aborted) {
    const started = performance.now();
    const [, done] = await database.transaction([
      {
        sql: `INSERT INTO entries_text (rowid, content) SELECT seq, content FROM entries_searchable WHERE seq IN (${waiting})`,
        params: [indexedAtOnce],
      },
      { sql: `DELETE FROM entries_unindexed WHERE seq IN (${waiting})`, params: [indexedAtOnce] },
    ]);
    if (!done || done.changes < indexedAtOnce) return;
    if (await isBusy()) await restAfter(performance.now() - started, closing);
  }
};
