import type { CheckedInputOf, OutputOf } from "../../../shared/contract/commands";
import type { Database } from "../database/database";
import { rowColumns, toEntryRow } from "../log/entry-record";

/** The call for a guest that a first send makes is not the draft's own. In these words the index serves it. */
const ofDraft = "source_json ->> '$.draft' = ? AND kind = 'event'";

/** The entries that were sent from a draft, newest first. They stay when the draft goes. */
export const readSentFrom = async (
  database: Database,
  { id, limit }: CheckedInputOf<"drafts.sent">,
): Promise<OutputOf<"drafts.sent">> => {
  const [rows, total] = await database.read([
    {
      sql: `SELECT ${rowColumns} FROM entries WHERE ${ofDraft} ORDER BY seq DESC LIMIT ?`,
      params: [id, limit],
    },
    { sql: `SELECT count(*) AS total FROM entries WHERE ${ofDraft}`, params: [id] },
  ]);
  return { rows: (rows?.rows ?? []).map(toEntryRow), total: Number(total?.rows[0]?.["total"] ?? 0) };
};
