import { closeSync, mkdtempSync, openSync, statSync, writeSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startDatabaseThread } from "./database/database";
import { markForCheck } from "./database/open-or-recover";
import { openProfileDatabaseSafely, profileDatabaseFile } from "./database/profile-files";
import { openProfileDatabase } from "./profile-database";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bellhop-profile-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it("makes every feature's tables once, when a window and command lines start at the same moment", async () => {
  const threads = Array.from({ length: 3 }, () => startDatabaseThread());
  const databases = await Promise.all(
    threads.map((thread) => openProfileDatabase(thread, join(folder, "bellhop.db"))),
  );
  for (const database of databases) {
    const tables = await database.query("SELECT name FROM sqlite_schema WHERE type = 'table'");
    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["entries", "bodies", "drafts", "layout", "trusted_folders"]),
    );
    expect(await database.query("PRAGMA user_version")).toEqual([{ user_version: 2 }]);
  }
  await Promise.all(threads.map((thread) => thread.close()));
});

it("gives back the log, counted and to be indexed anew, where a part of its file is damaged", async () => {
  const file = profileDatabaseFile(folder);
  const first = startDatabaseThread();
  const before = await openProfileDatabase(first, file);
  const columns = await before.query("SELECT name, type FROM pragma_table_info('entries')");
  const names = columns.map(({ name }) => String(name));
  const valueFor = (name: string, type: string, number: number): string | number => {
    if (type !== "TEXT") return number;
    const text = `${name} ${number} ${"x".repeat(20)}`;
    if (name.endsWith("_json")) return JSON.stringify({ text });
    return name === "state" ? "done" : text;
  };
  await before.transaction([
    {
      sql: `INSERT INTO entries (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`,
      each: Array.from({ length: 600 }, (_, index) =>
        columns.map(({ name, type }) => valueFor(String(name), String(type), index + 1)),
      ),
    },
    { sql: "INSERT INTO drafts VALUES ('kept', 'Kept', 'VIEW', '\"{}\"', 1, 'now', 'now', 0)" },
  ]);
  await first.close();

  const middle = Math.floor(statSync(file).size / 4096 / 2) * 4096;
  const handle = openSync(file, "r+");
  writeSync(handle, Buffer.alloc(4096 * 4, 0x5a), 0, 4096 * 4, middle);
  closeSync(handle);
  await markForCheck(file);

  const second = startDatabaseThread();
  const told: string[] = [];
  const database = await openProfileDatabaseSafely({
    ...{ thread: second, profileFolder: folder },
    alone: (work) => work(),
    tell: ({ message }) => told.push(message),
  });
  const [counts] = await database.query(
    "SELECT (SELECT count(*) FROM entries) AS entries, (SELECT entries FROM log_counter) AS counted, (SELECT count(*) FROM entries_unindexed) AS unindexed, (SELECT count(*) FROM drafts) AS drafts",
  );
  const entries = Number(counts?.["entries"]);
  expect(entries).toBeGreaterThan(300);
  expect(counts).toEqual({ entries, counted: entries, unindexed: entries, drafts: 1 });
  expect(told.join()).toContain("took over");
  expect(await database.query("PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
  await second.close();
});
