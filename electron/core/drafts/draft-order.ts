import type { Database, Statement } from "../database/database";

/** Where a new draft stands, as SQL: on top. */
export const onTop = "(SELECT coalesce(min(place), 1) - 1 FROM drafts)";

/** Makes room between all of them: places become 2, 4, 6 in their order. */
const spread: Statement = {
  sql: `
    UPDATE drafts SET place = 2 * ranked.number
    FROM (SELECT id, row_number() OVER (ORDER BY place, rowid DESC) AS number FROM drafts) AS ranked
    WHERE ranked.id = drafts.id`,
};

const place = (id: string, before: string | null): Statement =>
  before === null
    ? { sql: "UPDATE drafts SET place = (SELECT max(place) + 1 FROM drafts) WHERE id = ?", params: [id] }
    : {
        sql: `
          UPDATE drafts SET place = (SELECT place - 1 FROM drafts WHERE id = ?)
          WHERE id = ? AND EXISTS (SELECT 1 FROM drafts WHERE id = ?)`,
        params: [before, id, before],
      };

/**
 * Puts a draft before another one, or at the end. Where that other one is gone, it stays where it is: another window
 * has removed it meanwhile.
 */
export const moving = (id: string, before: string | null): Statement[] =>
  id === before ? [] : [spread, place(id, before)];

/** The ids of all drafts, the one on top first. */
export const readOrder = async (database: Database): Promise<string[]> =>
  (await database.query("SELECT id FROM drafts ORDER BY place, rowid DESC")).map(({ id }) => String(id));
