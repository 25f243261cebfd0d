import {
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
  closeSync,
} from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startDatabaseThread, type Database, type DatabaseThread, type DatabaseTrouble } from "./database";
import { migrate } from "./migrate";
import { markForCheck, openOrRecover, recoveryWords, type Recovery } from "./open-or-recover";

let folder: string;
let file: string;
let threads: DatabaseThread[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bellhop-recovery-"));
  file = join(folder, "test.db");
  threads = [];
});
afterEach(async () => {
  for (const thread of threads) await thread.close();
  await rm(folder, { recursive: true, force: true });
});

const start = (options?: Parameters<typeof startDatabaseThread>[0]): DatabaseThread => {
  const thread = startDatabaseThread(options);
  threads.push(thread);
  return thread;
};

const schema = `
CREATE TABLE words (number INTEGER PRIMARY KEY, word TEXT NOT NULL);
CREATE TABLE letters (word INTEGER NOT NULL REFERENCES words (number), letter TEXT NOT NULL);
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE counter (words INTEGER NOT NULL);
INSERT INTO counter VALUES (0);
`;
const afterwards = "UPDATE counter SET words = (SELECT count(*) FROM words);";

const recover = async (recovered: (recovery: Recovery) => void = () => undefined): Promise<Database> => {
  const thread = start();
  return openOrRecover({
    ...{ thread, file, afterwards, recovered },
    alone: (work) => work(),
    async open() {
      const database = await thread.open(file);
      await migrate(database, [schema]);
      return database;
    },
  });
};

const rows = 2_000;

/** A database of some hundred pages, closed, with everything in the one file. */
const fill = async (): Promise<void> => {
  const database = await recover();
  const each = Array.from({ length: rows }, (_, index) => [index + 1, `word ${index} ${"x".repeat(200)}`]);
  await database.transaction([
    { sql: "INSERT INTO words VALUES (?, ?)", each },
    { sql: "INSERT INTO letters SELECT number, substr(word, 1, 1) FROM words" },
    { sql: "INSERT INTO facts VALUES ('colour', 'brass')" },
    { sql: "UPDATE counter SET words = ?", params: [rows] },
  ]);
  await threads.pop()?.close();
};

/** Writes nonsense over pages of the file. A page has 4096 bytes. */
const damage = (firstPage: number, pages: number): void => {
  const handle = openSync(file, "r+");
  writeSync(handle, Buffer.alloc(4096 * pages, 0xa5), 0, 4096 * pages, 4096 * firstPage);
  closeSync(handle);
};

const count = async (database: Database, sql: string): Promise<unknown> =>
  Object.values((await database.query(sql))[0] ?? {})[0];

describe("a damaged database", () => {
  it("that is no database at all is kept aside as it was, and a new one is begun and told", async () => {
    const letter = "A letter to a friend, longer than the header of a database. ".repeat(40);
    writeFileSync(file, letter);
    const told: Recovery[] = [];
    const database = await recover((recovery) => told.push(recovery));
    expect(await count(database, "SELECT count(*) FROM words")).toBe(0);
    expect(told).toHaveLength(1);
    const [recovery] = told;
    expect(readFileSync(recovery?.aside ?? "", "utf8")).toBe(letter);
    const { message, hint } = recoveryWords(file, recovery as Recovery);
    expect(message).toContain("test.db was damaged and could not be read");
    expect(hint).toContain("test.db.damaged-");
    if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("gives back what lies before and behind the damage, with its counts made anew", async () => {
    await fill();
    damage(60, 5);
    await markForCheck(file);
    const told: Recovery[] = [];
    const database = await recover((recovery) => told.push(recovery));
    const words = Number(await count(database, "SELECT count(*) FROM words"));
    expect(words).toBeGreaterThan(rows * 0.8);
    expect(words).toBeLessThan(rows);
    expect(await count(database, "SELECT word FROM words WHERE number = 1")).toContain("word 0 ");
    expect(await count(database, `SELECT word FROM words WHERE number = ${rows}`)).toContain(
      `word ${rows - 1} `,
    );
    expect(await count(database, "SELECT words FROM counter")).toBe(words);
    expect(await count(database, "SELECT value FROM facts")).toBe("brass");
    // What belonged to a lost row is left out, and the rest of its table is there.
    expect(await count(database, "SELECT count(*) FROM letters")).toBe(words);
    expect(await database.query("PRAGMA foreign_key_check")).toEqual([]);
    expect(told[0]?.salvage?.incomplete).toBe(true);
    expect(recoveryWords(file, told[0] as Recovery).message).toContain("some are lost");
  });

  it("is told when a damaged page is met later, and recovered at the next start", async () => {
    await fill();
    damage(60, 5);
    const troubles: DatabaseTrouble[] = [];
    const thread = start({ told: (trouble) => troubles.push(trouble) });
    const database = await thread.open(file);
    for (let time = 0; time < 2; time += 1)
      await expect(database.query("SELECT sum(length(word)) FROM words")).rejects.toMatchObject({
        code: "DATABASE_FAILED",
        hint: expect.stringContaining("Restart Bellhop") as string,
      });
    expect(troubles).toMatchObject([{ kind: "damage", file }]);
    expect(await count(database, "SELECT word FROM words WHERE number = 1")).toContain("word 0 ");
    await thread.close();
    await markForCheck(file);
    const told: Recovery[] = [];
    await recover((recovery) => told.push(recovery));
    expect(told).toHaveLength(1);
    expect(readdirSync(folder)).not.toContain("test.db.check");
  });

  it("that was only suspected is left as it is", async () => {
    await fill();
    await markForCheck(file);
    const told: Recovery[] = [];
    const database = await recover((recovery) => told.push(recovery));
    expect(told).toEqual([]);
    expect(await count(database, "SELECT count(*) FROM words")).toBe(rows);
    expect(readdirSync(folder)).not.toContain("test.db.check");
  });
});

describe("a thread that dies", () => {
  /** More than the heap of the thread can hold. */
  const tooMuch = (database: Database): Promise<unknown> =>
    database.transaction([{ sql: "SELECT ?", each: Array.from({ length: 300_000 }, (_, index) => [index]) }]);

  it("fails what it was at, is started again with its files, and says so", async () => {
    const troubles: DatabaseTrouble[] = [];
    const thread = start({ heapMegabytes: 8, told: (trouble) => troubles.push(trouble) });
    const database = await thread.open(file);
    const forgotten = await thread.open(":memory:");
    await database.exec("CREATE TABLE kept (word TEXT); INSERT INTO kept VALUES ('still here')");
    await expect(tooMuch(database)).rejects.toMatchObject({
      code: "DATABASE_FAILED",
      message: expect.stringContaining("its thread has ended") as string,
      hint: expect.stringContaining("Look in the log") as string,
    });
    expect(await database.query("SELECT word FROM kept")).toEqual([{ word: "still here" }]);
    await database.transaction([{ sql: "INSERT INTO kept VALUES ('and goes on')" }]);
    await expect(forgotten.query("SELECT 1")).rejects.toThrow("it was in memory");
    expect(troubles).toMatchObject([{ kind: "thread", back: true }]);
    await database.close();
    await thread.close();
  });

  it("again and again is given up, and says so", async () => {
    const troubles: DatabaseTrouble[] = [];
    const thread = start({ heapMegabytes: 8, told: (trouble) => troubles.push(trouble) });
    const database = await thread.open(file);
    for (let time = 0; time < 4; time += 1) await expect(tooMuch(database)).rejects.toThrow("thread");
    expect(troubles.map((trouble) => trouble.kind === "thread" && trouble.back)).toEqual([
      true,
      true,
      true,
      false,
    ]);
    await expect(database.query("SELECT 1")).rejects.toMatchObject({ code: "DATABASE_FAILED" });
  });
});
