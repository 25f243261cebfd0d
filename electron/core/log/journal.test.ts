import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { createJournal } from "./journal";
import { newEntry, newOutcome, openLog, openLogForEachTest, type OpenLog } from "./log-for-tests";
import type { NewEntry } from "./log-service";
import { ownerOf } from "./process-owner";

let opened: OpenLog;
openLogForEachTest((log) => (opened = log));

const folder = (): string => join(dirname(opened.file), "log-journal");
const files = (): string[] => readdirSync(folder()).map((name) => join(folder(), name));
const journalled = (): string =>
  files()
    .map((file) => readFileSync(file, "utf8"))
    .join("");

/** As a process writes it that is killed then. */
const leaveJournal = async (lines: readonly string[], owner?: string): Promise<void> => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  await once(child, "spawn");
  const head = JSON.stringify({ owner: owner ?? ownerOf(child.pid ?? 0) });
  child.kill("SIGKILL");
  await once(child, "exit");
  createJournal(folder()).write(newEntry());
  const [file = ""] = files();
  writeFileSync(file, [head, ...lines].join("\n"));
};

const asLines = (entries: readonly NewEntry[]): string[] => [
  ...entries.map((entry) => JSON.stringify(entry)),
  "",
];

describe("an entry that is announced", () => {
  it("is in the journal at once, and in the database with its outcome", async () => {
    const entry = newEntry();
    opened.log.announce(entry);
    expect(journalled()).toContain(JSON.stringify(entry));
    const outcome = newOutcome();
    const done = await opened.log.complete(entry.id, outcome);
    // One change, because the answer came first.
    expect(done).toMatchObject({ state: "done", revision: 1, seq: 1, response: outcome.response });
    expect(await opened.log.detail(entry.id)).toEqual(done);
    expect((await opened.query({ limit: 10 })).rows).toHaveLength(1);
  });

  it("is in the database as pending where its answer takes longer", async () => {
    const [slow, other] = [newEntry(), newEntry()];
    opened.log.announce(slow);
    await opened.log.begin(other);
    expect(await opened.log.detail(slow.id)).toMatchObject({ state: "pending", seq: 1 });
    const done = await opened.log.complete(slow.id, newOutcome());
    expect(done).toMatchObject({ state: "done", seq: 1, revision: 3 });
    expect(await opened.log.detail(slow.id)).toEqual(done);
  });

  it("keeps the order in which entries were announced, however many there are", async () => {
    const entries = Array.from({ length: 700 }, () => newEntry());
    for (const entry of entries) opened.log.announce(entry);
    const done = await Promise.all(entries.map(({ id }) => opened.log.complete(id, newOutcome())));
    expect(done.map((entry) => entry?.seq)).toEqual(entries.map((_, index) => index + 1));
  });

  it("is interrupted when its log closes first", async () => {
    const entry = newEntry();
    const other = await openLog(opened.file);
    other.log.announce(entry);
    await other.close();
    expect(await opened.log.detail(entry.id)).toMatchObject({
      state: "done",
      error: { code: "INTERRUPTED" },
    });
  });

  it("leaves no file when its log closes", async () => {
    const other = await openLog(opened.file);
    other.log.announce(newEntry());
    expect(files()).toHaveLength(1);
    await other.close();
    expect(files()).toEqual([]);
  });
});

describe("a journal", () => {
  it("takes turns with a second file, so that neither grows for long", () => {
    const journal = createJournal(folder());
    const large = newEntry({ event: { type: "VIEW", page: "x".repeat(100_000) } });
    for (let written = 0; written < 60; written += 1) journal.write(large)();
    expect(files()).toHaveLength(2);
    for (const file of files()) expect(statSync(file).size).toBeLessThan(2 << 20);
    journal.close();
    expect(files()).toEqual([]);
  });

  it("keeps what the database has not got, when it is closed, too", () => {
    const journal = createJournal(folder());
    const [needed, taken] = [newEntry(), newEntry()];
    journal.write(needed);
    journal.write(taken)();
    journal.close();
    expect(journalled()).toContain(needed.id);
  });

  it("says why an entry could not be written", () => {
    const journal = createJournal(join(opened.file, "below-a-file"));
    expect(() => journal.write(newEntry())).toThrow(/^The log's journal could not be written: ENOTDIR/);
  });

  it("may be read by its owner only", () => {
    createJournal(folder()).write(newEntry());
    const [file = ""] = files();
    expect(statSync(file).mode & 0o077).toBe(0);
  });
});

describe("the journal of a process that is gone", () => {
  const interrupted = { state: "done", response: null, error: { code: "INTERRUPTED" } };

  it("is brought in at the next start, but for what the database has and what had not left", async () => {
    const [known, ...lost] = [newEntry(), newEntry(), newEntry()];
    await opened.log.begin(known as NewEntry);
    await opened.log.complete(known?.id ?? "", newOutcome());
    await leaveJournal([...asLines([known as NewEntry, ...lost]).slice(0, -1), '{"id":"half a li']);
    const later = await openLog(opened.file);
    for (const { id, request } of lost) {
      expect(await later.log.detail(id)).toMatchObject({ ...interrupted, id, request });
    }
    expect(await later.log.detail(known?.id ?? "")).toMatchObject({ state: "done", error: null });
    expect((await later.query({ limit: 10 })).total).toBe(3);
    expect(files()).toEqual([]);
    await later.close();
  });

  it("is brought in once where two processes find it", async () => {
    const lost = Array.from({ length: 20 }, () => newEntry());
    await leaveJournal(asLines(lost));
    const [one, other] = await Promise.all([openLog(opened.file), openLog(opened.file)]);
    expect((await one.query({ limit: 1 })).total).toBe(20);
    await Promise.all([one.close(), other.close()]);
  });

  it("is left alone while the process lives", async () => {
    await leaveJournal(asLines([newEntry()]), ownerOf(process.ppid));
    const later = await openLog(opened.file);
    expect((await later.query({ limit: 1 })).total).toBe(0);
    expect(files()).toHaveLength(1);
    await later.close();
  });

  it("does not keep a log from opening where it holds something else", async () => {
    await leaveJournal(['"text"', "null", "[1]", '{"id":1}', ""]);
    const later = await openLog(opened.file);
    expect((await later.query({ limit: 1 })).total).toBe(0);
    await later.close();
  });
});
