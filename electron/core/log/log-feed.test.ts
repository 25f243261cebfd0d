import { describe, expect, it, vi } from "vitest";
import { newEntry, newOutcome, openLog, openLogForEachTest, type OpenLog } from "./log-for-tests";

let opened: OpenLog;
openLogForEachTest((log) => (opened = log));

describe("revisions", () => {
  it("rise by one with each change, whatever writes at once, and since gives each row's newest state", async () => {
    const second = await openLog(opened.file);
    const send = async ({ log }: OpenLog): Promise<void> => {
      const entry = newEntry();
      await log.begin(entry);
      await log.complete(entry.id, newOutcome());
    };
    await Promise.all(Array.from({ length: 60 }, (_, index) => send(index % 2 ? opened : second)));
    const { rows, revision, complete } = await opened.log.handlers["log.since"]({ revision: 0, limit: 1000 });
    expect(revision).toBe(120);
    expect(complete).toBe(true);
    expect(rows).toHaveLength(60);
    expect(rows.every(({ state }) => state === "done")).toBe(true);
    const revisions = rows.map((row) => row.revision);
    expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
    expect(new Set(rows.map(({ seq }) => seq)).size).toBe(60);
    await second.close();
  });

  it("let a reader catch up in pages", async () => {
    for (let index = 0; index < 5; index += 1) await opened.log.begin(newEntry());
    const since = opened.log.handlers["log.since"];
    const first = await since({ revision: 1, limit: 3 });
    expect(first).toMatchObject({ revision: 5, complete: false });
    expect(first.rows.map(({ revision }) => revision)).toEqual([2, 3, 4]);
    expect(await since({ revision: 4, limit: 3 })).toMatchObject({ rows: [{ revision: 5 }], complete: true });
    expect(await since({ revision: 5, limit: 3 })).toEqual({ rows: [], revision: 5, complete: true });
  });
});

describe("pushes", () => {
  it("carry changed rows in few messages, and each row's newest state", async () => {
    const entries = Array.from({ length: 30 }, () => newEntry());
    await Promise.all(entries.map((entry) => opened.log.begin(entry)));
    await Promise.all(entries.map(({ id }) => opened.log.complete(id, newOutcome())));
    await vi.waitFor(() => expect(opened.pushes.at(-1)?.revision).toBe(60), 10_000);
    expect(opened.pushes.length).toBeLessThan(30);
    const newest = new Map(opened.pushes.flatMap(({ rows }) => rows).map((row) => [row.id, row.state]));
    expect([...newest.values()]).toEqual(entries.map(() => "done"));
  });

  it("hold 500 rows at most and then say that there is more", async () => {
    await Promise.all(Array.from({ length: 600 }, () => opened.log.begin(newEntry())));
    await vi.waitFor(() => expect(opened.pushes.at(-1)?.revision).toBe(600), 10_000);
    expect(Math.max(...opened.pushes.map(({ rows }) => rows.length))).toBeLessThanOrEqual(500);
    // What a reader does: upsert, and where its newest row is behind, ask for the rest.
    const seen = new Map<string, number>();
    let known = 0;
    for (const { rows, revision } of opened.pushes) {
      const rest =
        rows.at(-1)?.revision === revision
          ? []
          : (await opened.log.handlers["log.since"]({ revision: known, limit: 5000 })).rows;
      for (const row of [...rows, ...rest]) seen.set(row.id, (known = Math.max(known, row.revision)));
    }
    expect(seen.size).toBe(600);
  });

  it("tell what another connection wrote, as another process does", async () => {
    const other = await openLog(opened.file);
    const entry = newEntry();
    await other.log.begin(entry);
    await vi.waitFor(
      () => expect(opened.pushes.at(-1)?.rows.at(-1)).toMatchObject({ id: entry.id, state: "pending" }),
      10_000,
    );
    await other.log.complete(entry.id, newOutcome());
    await vi.waitFor(
      () => expect(opened.pushes.at(-1)?.rows.at(-1)).toMatchObject({ id: entry.id, state: "done" }),
      10_000,
    );
    await other.close();
  });

  it("do not begin with what was in the log before", async () => {
    await opened.log.begin(newEntry());
    const later = await openLog(opened.file);
    const entry = newEntry();
    await later.log.begin(entry);
    await vi.waitFor(() => expect(later.pushes.length).toBeGreaterThan(0), 10_000);
    expect(later.pushes.flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual([entry.id]);
    await later.close();
  });

  it("come out when the log closes, before their 50 ms are over", async () => {
    const other = await openLog(opened.file);
    await other.log.begin(newEntry());
    await other.close();
    expect(other.pushes.at(-1)?.rows).toMatchObject([{ state: "done", error: "INTERRUPTED" }]);
  });
});
