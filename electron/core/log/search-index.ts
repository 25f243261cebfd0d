import type { Database, SqlValue } from "../database/database";

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

/**
 * Entries in which every word of a search occurs, in type, address, event or answer (64 kB of each body).
 * Words of three letters and more are asked of the index, shorter ones of its list of trigrams, which begin with
 * them; what is not indexed yet is looked through. The caller's text reaches SQLite as values only.
 *
 * @returns null where there is no word
 */
export const textCondition = (text: string): Condition | null => {
  const words = wordsOf(text);
  const long = words.filter((word) => [...word].length >= 3);
  const short = words.filter((word) => [...word].length < 3);
  if (words.length === 0) return null;
  const indexed = [
    ...(long.length > 0 ? ["SELECT rowid FROM entries_text WHERE entries_text MATCH ?"] : []),
    ...short.map(() => "SELECT doc FROM entries_trigrams WHERE term >= ? AND term < ?"),
  ];
  return {
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

/**
 * Brings the index up to date, a few ended entries at a time, so that writes get in between.
 *
 * @param goOn is asked before each step
 */
export const indexTexts = async (database: Database, goOn: () => boolean): Promise<void> => {
  const waiting =
    "SELECT seq FROM entries_unindexed JOIN entries USING (seq) WHERE state = 'done' ORDER BY seq LIMIT ?";
  while (goOn()) {
    const [, done] = await database.transaction([
      {
        sql: `INSERT INTO entries_text (rowid, content) SELECT seq, content FROM entries_searchable WHERE seq IN (${waiting})`,
        params: [indexedAtOnce],
      },
      { sql: `DELETE FROM entries_unindexed WHERE seq IN (${waiting})`, params: [indexedAtOnce] },
    ]);
    if (!done || done.changes < indexedAtOnce) return;
  }
};
