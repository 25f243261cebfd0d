import { chmodSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { skipUnless } from "../../../scripts/skip-unless";
import { startDatabaseThread, type Database, type DatabaseThread } from "./database";
import { migrate } from "./migrate";

let folder: string;
let file: string;
let threads: DatabaseThread[];

const openThread = (): DatabaseThread => {
  const thread = startDatabaseThread();
  threads.push(thread);
  return thread;
};
const open = (name = file): Promise<Database> => openThread().open(name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bellhop-database-"));
  file = join(folder, "test.db");
  threads = [];
});

afterEach(async () => {
  for (const thread of threads) await thread.close();
  await rm(folder, { recursive: true, force: true });
});

const insert = (value: string | number) => ({ sql: "INSERT INTO words (word) VALUES (?)", params: [value] });
const schema = "CREATE TABLE words (word TEXT NOT NULL UNIQUE);";
const words = async (database: Database): Promise<unknown[]> =>
  (await database.query("SELECT word FROM words ORDER BY word")).map(({ word }) => word);

describe("a transaction", () => {
  it("runs a statement once for each row of values, and all of them or none", async () => {
    const database = await open();
    await database.exec(schema);
    const sql = "INSERT INTO words (word) VALUES (?) RETURNING word";
    const [none, three] = await database.transaction([
      { sql, each: [] },
      { sql, each: [["one"], ["two"], ["three"]] },
    ]);
    expect(none).toEqual({ rows: [], changes: 0 });
    expect(three).toEqual({ rows: [{ word: "one" }, { word: "two" }, { word: "three" }], changes: 3 });
    await expect(database.transaction([{ sql, each: [["four"], ["one"]] }])).rejects.toMatchObject({
      code: "DATABASE_FAILED",
    });
    expect(await words(database)).toEqual(["one", "three", "two"]);
  });

  it("gives the rows of each statement and how many changed", async () => {
    const database = await open();
    await database.exec(schema);
    const results = await database.transaction([
      insert("a"),
      { sql: "INSERT INTO words VALUES (?), (?) RETURNING word", params: ["b", "c"] },
      { sql: "UPDATE words SET word = word || '!'" },
    ]);
    expect(results).toEqual([
      { rows: [], changes: 1 },
      { rows: [{ word: "b" }, { word: "c" }], changes: 2 },
      { rows: [], changes: 3 },
    ]);
  });

  it("is all or nothing", async () => {
    const database = await open();
    await database.exec(schema);
    await expect(database.transaction([insert("a"), insert("a")])).rejects.toMatchObject({
      code: "DATABASE_FAILED",
    });
    expect(await words(database)).toEqual([]);
  });

  it("fails alone among those that are committed together", async () => {
    const database = await open();
    await database.exec(schema);
    const results = await Promise.allSettled(
      Array.from({ length: 200 }, (_, index) =>
        database.transaction([
          insert(`first ${index}`),
          insert(index % 10 === 3 ? "first 0" : `second ${index}`),
        ]),
      ),
    );
    const failed = results.flatMap(({ status }, index) => (status === "rejected" ? [index] : []));
    expect(failed).toEqual(Array.from({ length: 20 }, (_, index) => index * 10 + 3));
    expect(await words(database)).toHaveLength(360);
  });

  it("waits for a writer of another connection instead of failing", async () => {
    const both = [await open(), await open()];
    await both[0]?.exec(schema);
    await Promise.all(
      both.flatMap((database, writer) =>
        Array.from({ length: 100 }, (_, index) => database.transaction([insert(`${writer} ${index}`)])),
      ),
    );
    for (const database of both) expect(await words(database)).toHaveLength(200);
  });

  it("keeps a NUL visible instead of losing what follows it", async () => {
    const database = await open();
    await database.exec(schema);
    await database.transaction([insert("a\0b")]);
    expect(await words(database)).toEqual(["a\u{fffd}b"]);
  });
});

describe("reading", () => {
  it("gives several queries one moment and bytes as bytes", async () => {
    const database = await open();
    const [text, bytes] = await database.read([
      { sql: "SELECT ? AS value", params: ["ä"] },
      { sql: "SELECT ? AS value", params: [new Uint8Array([0, 255])] },
    ]);
    expect(text?.rows).toEqual([{ value: "ä" }]);
    expect(bytes?.rows).toEqual([{ value: new Uint8Array([0, 255]) }]);
  });

  it("compares texts in any case beyond ASCII", async () => {
    const database = await open();
    expect(await database.query("SELECT fold(?) AS folded", "ÉCOLE")).toEqual([{ folded: "école" }]);
  });
});

describe("a file", () => {
  it("is readable by this account only", async () => {
    const database = await open();
    await database.exec(schema);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(`${file}-wal`).mode & 0o777).toBe(0o600);
  });

  it("holds what was asked before the thread was closed", async () => {
    const thread = openThread();
    const database = await thread.open(file);
    const asked = database.exec(`${schema} INSERT INTO words VALUES ('kept')`);
    await thread.close();
    await asked;
    expect(await words(await open())).toEqual(["kept"]);
  });

  it("answers no more once it is closed", async () => {
    const thread = openThread();
    const database = await thread.open(file);
    await database.close();
    await expect(database.query("SELECT 1")).rejects.toMatchObject({ code: "DATABASE_FAILED" });
    await thread.close();
    await expect(database.query("SELECT 1")).rejects.toMatchObject({ code: "DATABASE_FAILED" });
    await thread.close();
  });

  it("that is something else is refused by name, left as it is, with the way out", async () => {
    writeFileSync(
      file,
      "This is a letter to a friend, and long enough to be more than a header of a file.".repeat(20),
    );
    const before = readFileSync(file);
    const error = await open().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "DATABASE_FAILED" });
    expect(String(error)).toContain(file);
    expect((error as { hint: string }).hint).toContain("keeps the damaged file aside");
    expect(readFileSync(file)).toEqual(before);
  });

  it("whose place is taken by a folder, or whose folder is missing, is refused by name", async () => {
    mkdirSync(file);
    for (const name of [file, join(folder, "missing", "test.db")]) {
      const error = await open(name).catch((reason: unknown) => reason);
      expect(error).toMatchObject({
        code: "DATABASE_FAILED",
        message: expect.stringContaining(name) as string,
      });
    }
  });

  it("that cannot be written is refused with what to check", async (context) => {
    skipUnless(context, process.getuid?.() !== 0, "root can write everywhere, so no file refuses it");
    writeFileSync(file, "");
    chmodSync(file, 0o400);
    await expect(open()).rejects.toMatchObject({ code: "DATABASE_FAILED" });
  });
});

describe("migrating", () => {
  const first = "CREATE TABLE runs (what TEXT); INSERT INTO runs VALUES ('first');";
  const second = "INSERT INTO runs VALUES ('second');";
  const runs = async (database: Database): Promise<unknown[]> =>
    (await database.query("SELECT what FROM runs")).map(({ what }) => what);

  it("runs each script once, however many start at once", async () => {
    const all = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const database = await open();
        await migrate(database, [first, second]);
        return database;
      }),
    );
    for (const database of all) expect(await runs(database)).toEqual(["first", "second"]);
  });

  it("runs only what is new", async () => {
    const database = await open();
    await migrate(database, [first]);
    await migrate(database, [first]);
    await migrate(database, [first, second]);
    expect(await runs(database)).toEqual(["first", "second"]);
  });

  it("leaves everything as it was when a script fails", async () => {
    const database = await open();
    await migrate(database, [first]);
    await expect(migrate(database, [first, `${second} NONSENSE;`])).rejects.toMatchObject({
      code: "DATABASE_FAILED",
    });
    expect(await runs(database)).toEqual(["first"]);
    await migrate(database, [first, second]);
    expect(await runs(database)).toEqual(["first", "second"]);
  });

  it("does not touch a file of a newer version", async () => {
    const database = await open();
    await migrate(database, [first, second]);
    await expect(migrate(database, [first])).rejects.toMatchObject({
      code: "DATABASE_FAILED",
      hint: expect.stringContaining("newer version") as string,
    });
  });
});

describe("a copy", () => {
  it("holds what the database held, can be read only by its owner, and overwrites nothing", async () => {
    const database = await open();
    await database.exec(schema);
    await database.transaction([insert("before")]);
    const copy = join(folder, "copy.db");
    await database.copyTo(copy);
    await database.transaction([insert("after")]);
    expect(await words(await open(copy))).toEqual(["before"]);
    if (process.platform !== "win32") expect(statSync(copy).mode & 0o777).toBe(0o600);
    await expect(database.copyTo(copy)).rejects.toThrow("copy.db");
  });

  it("can be made of a database in memory, and its tables read beside those of another", async () => {
    const database = await open(":memory:");
    await database.exec(schema);
    await database.transaction([insert("kept")]);
    const copy = join(folder, "copy.db");
    await database.copyTo(copy);
    await database.transaction([insert("new")]);
    await database.execWith(
      copy,
      "DELETE FROM main.words; INSERT INTO main.words SELECT * FROM other.words;",
    );
    expect(await words(database)).toEqual(["kept"]);
  });

  it("takes nothing over where the script fails, or the file is not there", async () => {
    const database = await open();
    await database.exec(schema);
    await database.transaction([insert("kept")]);
    const copy = join(folder, "copy.db");
    await database.copyTo(copy);
    const failing = "DELETE FROM main.words; INSERT INTO main.words SELECT * FROM other.nothing;";
    await expect(database.execWith(copy, failing)).rejects.toThrow("nothing");
    await expect(database.execWith(join(folder, "absent.db"), "SELECT 1")).rejects.toThrow("absent.db");
    expect(await words(database)).toEqual(["kept"]);
    await database.execWith(copy, "DELETE FROM main.words");
    expect(await words(database)).toEqual([]);
  });
});
