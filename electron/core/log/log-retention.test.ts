import { statSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openOnOwnThread } from "../database/open-on-own-thread";
import {
  newDatabaseFile,
  newEntry,
  newOutcome,
  openLog,
  removeDatabaseFile,
  type OpenLog,
} from "./log-for-tests";

const day = 86_400_000;
let opened: OpenLog;
let kept = { keepDays: 0, keepMegabytes: 0 };

beforeEach(async () => {
  kept = { keepDays: 0, keepMegabytes: 0 };
  const file = newDatabaseFile();
  opened = await openLog(
    file,
    () => openOnOwnThread(file),
    () => kept,
  );
});
afterEach(async () => {
  await opened.close();
  await removeDatabaseFile(opened.file);
});

const write = async (daysAgo: number, bytes = 10): Promise<void> => {
  const at = new Date(Date.now() - daysAgo * day).toISOString();
  const entry = newEntry({ at, event: { type: "VIEW", page: "x".repeat(bytes) } });
  await opened.log.begin(entry);
  await opened.log.complete(entry.id, newOutcome());
};
const usage = (keepDays: number, keepMegabytes: number) =>
  opened.log.handlers["log.usage"]({ keepDays, keepMegabytes });

describe("the size of the log", () => {
  it("is told with what a retention would delete, and nothing is deleted by asking", async () => {
    for (const daysAgo of [40, 31, 29, 1]) await write(daysAgo);
    const { entries, bytes, oldest, excess } = await usage(30, 0);
    expect({ entries, excess: excess.entries }).toEqual({ entries: 4, excess: 2 });
    expect(bytes).toBeGreaterThan(4096);
    expect(Date.parse(oldest ?? "")).toBeLessThan(Date.now() - 39 * day);
    expect(Date.parse(excess.newest ?? "")).toBeLessThan(Date.now() - 30 * day);
    expect(await usage(0, 0)).toMatchObject({ entries: 4, excess: { entries: 0, newest: null } });
    expect(await usage(0, 1_000_000)).toMatchObject({ excess: { entries: 0 } });
    expect((await opened.query({ limit: 10 })).total).toBe(4);
  });
});

describe("a retention", () => {
  it("of days deletes what is older, and says so to the window", async () => {
    for (const daysAgo of [40, 31, 29, 1]) await write(daysAgo);
    kept = { keepDays: 30, keepMegabytes: 0 };
    await opened.tidy();
    expect((await opened.query({ limit: 10 })).total).toBe(2);
    expect(await opened.database.query("SELECT count(*) AS count FROM entries")).toEqual([{ count: 2 }]);
    await vi.waitFor(() => expect(opened.pushes.at(-1)).toMatchObject({ total: 2, removals: 1 }), 10_000);
  });

  it("of megabytes deletes the oldest, and gives their room back to the system", async () => {
    for (let count = 0; count < 60; count += 1) await write(0, 100_000);
    await opened.database.query("PRAGMA wal_checkpoint(TRUNCATE)");
    const before = statSync(opened.file).size;
    kept = { keepDays: 0, keepMegabytes: 3 };
    const { excess } = await usage(0, 3);
    expect(excess.entries).toBeGreaterThan(20);
    await opened.tidy();
    const { total, rows } = await opened.query({ limit: 100 });
    expect(total).toBeLessThan(45);
    expect(total).toBeGreaterThan(5);
    expect(rows[0]?.seq).toBe(60);
    // The index of texts grows beside it.
    await vi.waitFor(async () => {
      await opened.tidy();
      expect((await usage(0, 3)).bytes).toBeLessThan(3_100_000);
    }, 10_000);
    await opened.database.query("PRAGMA wal_checkpoint(TRUNCATE)");
    expect(statSync(opened.file).size).toBeLessThan(before / 1.5);
  });
});
