import type { GuestProfile, GuestRow, GuestType } from "../../../../shared/model/guest-profile";
import type { Database, SqlValue, Statement } from "../../database/database";
import { comparable } from "../semantics/field-mapping";
import { fold, keepable } from "./guest-columns";
import type { GuestCriteria, GuestSearch } from "./guest-reader";

const textOrNull = (value: SqlValue | undefined): string | null => (typeof value === "string" ? value : null);

/** Guests last seen first. */
export const listGuests = async (
  database: Database,
  { text, type }: GuestSearch,
  offset: number,
  limit: number,
): Promise<{ rows: GuestRow[]; total: number }> => {
  const conditions = ["1"];
  const params: SqlValue[] = [];
  if (type !== undefined) {
    conditions.push("type = ?");
    params.push(type);
  }
  const wanted = fold(keepable((text ?? "").trim()));
  if (wanted !== "") {
    conditions.push("instr(search, ?) > 0");
    params.push(wanted);
  }
  const where = conditions.join(" AND ");
  const [page, count] = await database.read([
    {
      sql: `SELECT ref, type, first_name, last_name, email, last_seen, merged_into FROM guests WHERE ${where}
        ORDER BY last_seen DESC, id DESC LIMIT ? OFFSET ?`,
      params: [...params, limit, offset],
    },
    { sql: `SELECT count(*) AS total FROM guests WHERE ${where}`, params },
  ]);
  const rows = (page?.rows ?? []).map((row) => ({
    ref: String(row["ref"]),
    guestType: String(row["type"]) as GuestType,
    firstName: textOrNull(row["first_name"]),
    lastName: textOrNull(row["last_name"]),
    email: textOrNull(row["email"]),
    lastSeen: new Date(Number(row["last_seen"])).toISOString(),
    mergedInto: textOrNull(row["merged_into"]),
  }));
  return { rows, total: Number(count?.rows[0]?.["total"]) };
};

const byData = "ref IN (SELECT guest_ref FROM personal_data WHERE name = ? AND value = ?)";

/** What criteria ask for, all of which must hold. */
const conditionsOf = (criteria: GuestCriteria): { sql: string; params: SqlValue[] }[] => {
  const conditions = (["email", "firstName", "lastName", "phoneNumber"] as const).flatMap((name) => {
    const value = name === "email" ? criteria.email && comparable(criteria.email) : criteria[name];
    return value === undefined ? [] : [{ sql: byData, params: [name, keepable(value)] }];
  });
  const { identifier, browserRef } = criteria;
  if (identifier) {
    conditions.push({
      sql: "ref IN (SELECT guest_ref FROM identifiers WHERE provider = ? AND id = ?)",
      params: [keepable(identifier.provider), keepable(identifier.id)],
    });
  }
  if (browserRef !== undefined) {
    conditions.push({
      sql: "ref IN (SELECT guest_ref FROM browsers WHERE ref = ?)",
      params: [keepable(browserRef)],
    });
  }
  return conditions;
};

/** Whole profiles by exact values, as the Guest REST API finds them. */
export const findGuests = async (
  database: Database,
  criteria: GuestCriteria,
  order: "oldest-first" | "newest-first",
  offset: number,
  limit: number,
): Promise<{ profiles: GuestProfile[]; total: number }> => {
  const conditions = [{ sql: "type <> 'retired'", params: [] }, ...conditionsOf(criteria)];
  const where = conditions.map(({ sql }) => sql).join(" AND ");
  const params = conditions.flatMap((condition) => condition.params);
  const direction = order === "oldest-first" ? "ASC" : "DESC";
  const statements: Statement[] = [
    {
      sql: `SELECT profile FROM guests WHERE ${where} ORDER BY id ${direction} LIMIT ? OFFSET ?`,
      params: [...params, limit, offset],
    },
    { sql: `SELECT count(*) AS total FROM guests WHERE ${where}`, params },
  ];
  const [page, count] = await database.read(statements);
  return {
    profiles: (page?.rows ?? []).map((row) => JSON.parse(String(row["profile"])) as GuestProfile),
    total: Number(count?.rows[0]?.["total"]),
  };
};
