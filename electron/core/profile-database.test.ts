import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startDatabaseThread } from "./database/database";
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
