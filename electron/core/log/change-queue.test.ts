import { describe, expect, it } from "vitest";
import { newEntry, newOutcome, openLog, openLogForEachTest, type OpenLog } from "./log-for-tests";

let opened: OpenLog;
openLogForEachTest((log) => (opened = log));

const all = () => opened.database.query("SELECT id, seq, revision, state FROM entries ORDER BY seq");

describe("changes that are committed together", () => {
  it("keep their order, and each has a revision of its own", async () => {
    const entries = Array.from({ length: 700 }, () => newEntry());
    const begun = await Promise.all(entries.map((entry) => opened.log.begin(entry)));
    expect(begun.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1));
    const done = await Promise.all(entries.map(({ id }) => opened.log.complete(id, newOutcome())));
    expect(done.map((entry) => entry?.revision)).toEqual(entries.map((_, index) => 701 + index));
    const rows = await all();
    expect(rows.map(({ id }) => id)).toEqual(entries.map(({ id }) => id));
    expect(rows.map(({ revision }) => revision)).toEqual(done.map((entry) => entry?.revision));
    expect((await opened.query({ limit: 1 })).total).toBe(700);
  });

  it("do not take each other with them where one cannot be made", async () => {
    const [known, ...entries] = Array.from({ length: 6 }, () => newEntry());
    if (known === undefined) throw new Error("There are six.");
    const beside = await openLog(opened.file);
    await beside.log.begin(known);
    // The other process has this id, so only the database knows that it is taken.
    const results = await Promise.allSettled(
      [entries[0], entries[1], known, ...entries.slice(2)].flatMap((entry) =>
        entry === undefined ? [] : [opened.log.begin(entry)],
      ),
    );
    expect(results.map(({ status }) => status)).toEqual([
      ...["fulfilled", "fulfilled", "rejected", "fulfilled", "fulfilled", "fulfilled"],
    ]);
    expect(results[2]).toMatchObject({ reason: { code: "CONFLICT" } });
    expect(await all()).toHaveLength(6);
    await beside.close();
  });

  it("of two processes lose nothing, and no revision is given twice", async () => {
    const beside = await openLog(opened.file);
    const write = async ({ log }: OpenLog): Promise<void> => {
      for (let turn = 0; turn < 10; turn += 1) {
        const entries = Array.from({ length: 20 }, () => newEntry());
        await Promise.all(
          entries.map(async (entry) => {
            await log.begin(entry);
            await log.complete(entry.id, newOutcome());
            await log.settle(entry.id, "processed", [], "guest-1");
          }),
        );
      }
    };
    await Promise.all([write(opened), write(beside)]);
    const rows = await all();
    expect(rows).toHaveLength(400);
    expect(new Set(rows.map(({ revision }) => revision)).size).toBe(400);
    expect(rows.every(({ state }) => state === "done")).toBe(true);
    expect((await opened.query({ filter: { verdicts: ["processed"] }, limit: 1 })).total).toBe(400);
    await beside.close();
  });

  it("that wait when the log closes are written first", async () => {
    const other = await openLog(opened.file);
    const entry = newEntry();
    await other.log.begin(entry);
    const completing = other.log.complete(entry.id, newOutcome());
    await other.close();
    expect((await completing)?.state).toBe("done");
    expect(await opened.log.detail(entry.id)).toMatchObject({ state: "done", error: null });
  });
});
