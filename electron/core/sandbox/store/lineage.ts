import type { Database } from "../../database/database";

/** A guest, and those that became it over however many merges. */
export interface Lineage {
  id: number;
  ref: string;
}

/** @returns the guest itself first; empty where nobody has the reference */
export const lineageOf = async (database: Database, ref: string): Promise<Lineage[]> => {
  // UNION, not UNION ALL: a circle, which nothing makes, would not go on for ever.
  const rows = await database.query(
    `WITH RECURSIVE family (id, ref) AS (
       SELECT id, ref FROM guests WHERE ref = ?
       UNION SELECT guests.id, guests.ref FROM family JOIN guests ON guests.merged_into = family.ref)
     SELECT id, ref FROM family ORDER BY ref <> ?, id`,
    ...[ref, ref],
  );
  return rows.map((row) => ({ id: Number(row["id"]), ref: String(row["ref"]) }));
};

/** For `IN (SELECT value FROM json_each(?))`. */
export const idsOf = (lineage: readonly Lineage[]): string => JSON.stringify(lineage.map(({ id }) => id));
