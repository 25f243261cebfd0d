import type { Database, SqlValue, Statement } from "./database";

/** How much came over from a damaged file. */
export interface Salvage {
  /** Rows taken over. */
  rows: number;
  /** Whether some could not be read, or how many there were is not known. */
  incomplete: boolean;
}

/** Rows that are read at once; a body may have megabytes. */
const rowsAtOnce = 64;
/** Row numbers beyond which nothing is looked for behind a damaged place. */
const farthest = 2 ** 40;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

interface Table {
  name: string;
  columns: string[];
  hasRowNumbers: boolean;
}

/** The tables that hold something of their own: what belongs to an index or to SQLite itself is made anew. */
const tablesOf = async (database: Database): Promise<Map<string, Table>> => {
  const list = await database.query(
    "SELECT name, type, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'",
  );
  const order = await database.query("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid");
  const found = new Map(list.map(({ name, wr }) => [String(name), wr === 0]));
  const tables = new Map<string, Table>();
  // In the order of their making, so that a row's parent is there before it.
  for (const { name } of order) {
    const hasRowNumbers = found.get(String(name));
    if (hasRowNumbers === undefined) continue;
    const columns = await database.query("SELECT name FROM pragma_table_info(?)", String(name));
    tables.set(String(name), {
      name: String(name),
      columns: columns.map((column) => String(column["name"])),
      hasRowNumbers,
    });
  }
  return tables;
};

/** Puts rows into the new file; where one of them does not fit (its parent is lost), the others still come. */
const insert = async (database: Database, sql: string, rows: SqlValue[][]): Promise<number> => {
  const changed = async (statement: Statement): Promise<number> =>
    (await database.transaction([statement]))[0]?.changes ?? 0;
  try {
    return await changed({ sql, each: rows });
  } catch {
    let count = 0;
    for (const params of rows) count += await changed({ sql, params }).catch(() => 0);
    return count;
  }
};

type Take = (rows: SqlValue[][]) => Promise<void>;

/**
 * Reads a table by its row numbers. Behind a damaged place it goes on further and further away, until something can be
 * read again. @returns whether all was read
 */
const readByNumber = async (old: Database, table: Table, columns: string, take: Take): Promise<boolean> => {
  const name = quoted(table.name);
  let whole = true;
  let after = -1;
  let step = 1;
  let limit = rowsAtOnce;
  while (after + step < farthest) {
    const from = step === 1 ? after : after + step;
    try {
      const rows = await old.query(
        `SELECT rowid AS "the row's number", ${columns} FROM ${name} WHERE rowid > ? ORDER BY rowid LIMIT ?`,
        ...[from, limit],
      );
      const last = rows.at(-1);
      if (last === undefined) return whole;
      after = Number(last["the row's number"]);
      await take(rows.map((row) => table.columns.map((column) => row[column] ?? null)));
      step = 1;
      limit = rowsAtOnce;
    } catch {
      whole = false;
      // First row by row up to the damage, then over it.
      if (limit > 1) limit = 1;
      else step *= 2;
    }
  }
  return false;
};

/** Reads a table that has no row numbers, up to the first damaged place. @returns whether all was read */
const readInOrder = async (old: Database, table: Table, columns: string, take: Take): Promise<boolean> => {
  for (let offset = 0; ; offset += rowsAtOnce) {
    try {
      const rows = await old.query(
        `SELECT ${columns} FROM ${quoted(table.name)} LIMIT ? OFFSET ?`,
        ...[rowsAtOnce, offset],
      );
      if (rows.length > 0) await take(rows.map((row) => table.columns.map((column) => row[column] ?? null)));
      if (rows.length < rowsAtOnce) return true;
    } catch {
      return false;
    }
  }
};

/**
 * Takes over from a damaged file whatever can still be read: table by table, around what cannot.
 *
 * @param old the damaged file, open
 * @param fresh a new one with its schema
 * @param afterwards a script that makes anew what is counted or indexed
 */
export const salvage = async (old: Database, fresh: Database, afterwards: string): Promise<Salvage> => {
  const there = await tablesOf(old);
  let rows = 0;
  let whole = true;
  for (const [name, wanted] of await tablesOf(fresh)) {
    const known = there.get(name);
    if (!known) continue;
    const columns = wanted.columns.filter((column) => known.columns.includes(column));
    const list = columns.map(quoted).join(", ");
    const table = { name, columns, hasRowNumbers: known.hasRowNumbers };
    const sql = `INSERT OR IGNORE INTO ${quoted(name)} (${list}) VALUES (${columns.map(() => "?").join(", ")})`;
    const take: Take = async (values) => {
      const came = await insert(fresh, sql, values);
      rows += came;
    };
    const read = table.hasRowNumbers ? readByNumber : readInOrder;
    whole = (await read(old, table, list, take)) && whole;
  }
  await fresh.exec(afterwards);
  return { rows, incomplete: !whole };
};
