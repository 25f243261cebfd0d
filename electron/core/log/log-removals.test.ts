import { describe, expect, it, vi } from "vitest";
import { newEntry, newOutcome, openLog, openLogForEachTest, type OpenLog } from "./log-for-tests";

let opened: OpenLog;
openLogForEachTest((log) => (opened = log));

const write = async ({ log }: OpenLog, ...entries: ReturnType<typeof newEntry>[]): Promise<string[]> => {
  for (const entry of entries) {
    await log.begin(entry);
    await log.complete(entry.id, newOutcome());
  }
  return entries.map(({ id }) => id);
};
const typesOf = async ({ query }: OpenLog, filter = {}): Promise<string[]> =>
  (await query({ filter, limit: 100 })).rows.map(({ type }) => type).reverse();
const countOf = async ({ database }: OpenLog, table: string): Promise<unknown> =>
  (await database.query(`SELECT count(*) AS count FROM ${table}`))[0]?.["count"];

describe("entries that are removed", () => {
  it("are hidden at once from every question, and there again when it is undone", async () => {
    const [first = ""] = await write(opened, newEntry({ type: "A" }), newEntry({ type: "B" }));
    const removed = await opened.log.handlers["log.remove"]({ filter: { ids: [first] } });
    expect(removed).toMatchObject({ entries: 1 });
    expect(await typesOf(opened)).toEqual(["B"]);
    expect(await opened.query({ limit: 10 })).toMatchObject({ total: 1 });
    expect(await opened.query({ filter: { types: ["A"] }, limit: 10 })).toMatchObject({ rows: [], total: 0 });
    await expect(opened.log.detail(first)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await opened.log.handlers["log.since"]({ revision: 0, limit: 10 })).rows).toHaveLength(1);

    expect(await opened.log.handlers["log.restore"]({ removal: removed.removal })).toEqual({ entries: 1 });
    expect(await typesOf(opened)).toEqual(["A", "B"]);
    expect(await opened.query({ limit: 10 })).toMatchObject({ total: 2 });
  });

  it("are those of a filter, of a run, or of a search", async () => {
    const source = { kind: "scenario" as const, runId: "run-1" };
    const page = (name: string) => ({ type: "VIEW", page: `https://shop.example/${name}` });
    await write(
      opened,
      newEntry({ type: "A", source }),
      newEntry({ type: "B" }),
      newEntry({ type: "C", event: page("shoes") }),
      newEntry({ type: "D" }),
    );
    await opened.log.handlers["log.remove"]({ filter: { runs: ["run-1"] } });
    expect(await typesOf(opened)).toEqual(["B", "C", "D"]);
    await opened.log.handlers["log.remove"]({ filter: { text: "shoes" } });
    expect(await typesOf(opened)).toEqual(["B", "D"]);
    await opened.log.handlers["log.remove"]({ filter: { types: ["D"] } });
    expect(await typesOf(opened)).toEqual(["B"]);
  });

  it("do not take what still waits for its answer", async () => {
    const entry = newEntry();
    await opened.log.begin(entry);
    expect(await opened.log.handlers["log.remove"]({ filter: {} })).toMatchObject({ entries: 0 });
    expect((await opened.log.complete(entry.id, newOutcome()))?.state).toBe("done");
  });

  it("are told to whoever else has the log open, and so is their return", async () => {
    const other = await openLog(opened.file);
    const [id = ""] = await write(opened, newEntry(), newEntry());
    await vi.waitFor(() => expect(other.pushes.at(-1)).toMatchObject({ total: 2, removals: 0 }), 10_000);
    const { removal } = await opened.log.handlers["log.remove"]({ filter: { ids: [id] } });
    await vi.waitFor(() => expect(other.pushes.at(-1)).toMatchObject({ total: 1, removals: 1 }), 10_000);
    expect(await typesOf(other)).toHaveLength(1);
    // Whoever looks may bring them back, too.
    await other.log.handlers["log.restore"]({ removal });
    await vi.waitFor(() => expect(opened.pushes.at(-1)).toMatchObject({ total: 2 }), 10_000);
    await other.close();
  });

  it("are gone for good when the log that removed them closes, with their bodies and their words", async () => {
    const other = await openLog(opened.file);
    const [id = ""] = await write(other, newEntry({ type: "SECRETIVE" }));
    await write(other, newEntry());
    const { removal } = await other.log.handlers["log.remove"]({ filter: { ids: [id] } });
    await other.close();
    expect(await countOf(opened, "entries")).toBe(1);
    expect(await countOf(opened, "bodies")).toBe(2);
    expect(await countOf(opened, "entries_leaving")).toBe(0);
    expect(await countOf(opened, "log_removals")).toBe(0);
    expect(await opened.query({ filter: { text: "secretive" }, limit: 10 })).toMatchObject({ total: 0 });
    expect(await opened.query({ limit: 10 })).toMatchObject({ total: 1 });
    await expect(opened.log.handlers["log.restore"]({ removal })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});

describe("positions", () => {
  it("stay the same from the oldest entry on, near the beginning, near the end, and behind a filter", async () => {
    await opened.database.transaction([
      {
        sql: `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)
          INSERT INTO entries (revision, id, at, state, owner, kind, direction, environment, transport, type, summary,
            status_class, catalog, schema, ingestion, errors, warnings, source_json, url, request_json, timings_json, issues_json)
          SELECT i, 'id-' || i, '2026-01-01T00:00:00.000Z', 'done', '', 'event', 'sent', 'sandbox', 'spec',
            CASE i % 2 WHEN 0 THEN 'EVEN' ELSE 'ODD' END, '', '2xx', 'spec', 'valid', 'unknown', 0, 0,
            '{"kind":"cli"}', '', '{}', '{}', '[]' FROM n`,
      },
      { sql: "UPDATE log_counter SET revision = 6000, entries = 6000" },
    ]);
    const seqsAt = async (position: number, filter = {}) =>
      (await opened.query({ position, filter, limit: 3 })).rows.map(({ seq }) => seq);
    expect(await seqsAt(0)).toEqual([3, 2, 1]);
    expect(await seqsAt(5500)).toEqual([5503, 5502, 5501]);
    expect(await seqsAt(5999)).toEqual([6000]);
    expect(await seqsAt(7000)).toEqual([]);
    expect(await seqsAt(2999, { types: ["EVEN"] })).toEqual([6000]);
    await opened.log.handlers["log.remove"]({ filter: { ids: ["id-1"] } });
    expect(await seqsAt(0)).toEqual([4, 3, 2]);
    expect(await seqsAt(5500)).toEqual([5504, 5503, 5502]);
  });
});
