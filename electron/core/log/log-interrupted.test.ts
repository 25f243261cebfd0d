import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { newEntry, newOutcome, openLog, openLogForEachTest, type OpenLog } from "./log-for-tests";
import { ownerOf } from "./process-owner";

let opened: OpenLog;
openLogForEachTest((log) => (opened = log));

describe("what was pending when Bellhop ended", () => {
  const interrupted = {
    state: "done",
    error: {
      code: "INTERRUPTED",
      message: "Bellhop ended while this was under way; it may or may not have arrived.",
    },
    response: null,
  };

  it("is interrupted at the next start, and only that of the process that is gone", async () => {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    await once(child, "spawn");
    const [first, second, own] = [newEntry(), newEntry(), newEntry()];
    for (const { id, ...entry } of [first, own, second]) await opened.log.begin({ id, ...entry });
    await opened.database.transaction([
      {
        sql: "UPDATE entries SET owner = ? WHERE id IN (?, ?)",
        params: [ownerOf(child.pid ?? 0), first.id, second.id],
      },
    ]);
    // The other process, such as a command line beside the window, lives: nothing of it is touched.
    const beside = await openLog(opened.file);
    expect(await beside.log.detail(first.id)).toMatchObject({ state: "pending" });
    await beside.close();

    child.kill("SIGKILL");
    await once(child, "exit");
    const later = await openLog(opened.file);
    expect(await later.log.detail(first.id)).toMatchObject({ ...interrupted, revision: 4 });
    expect(await later.log.detail(second.id)).toMatchObject({ ...interrupted, revision: 5 });
    expect(await later.log.detail(own.id)).toMatchObject({ state: "pending" });
    // An answer that comes all the same is too late.
    expect(await later.log.complete(first.id, newOutcome())).toBeNull();
    expect((await later.query({ filter: { statuses: ["none"] }, limit: 10 })).total).toBe(2);
    await later.close();
  });

  it("is interrupted when its log closes", async () => {
    const entry = newEntry();
    const other = await openLog(opened.file);
    await other.log.begin(entry);
    await other.close();
    expect(await opened.log.detail(entry.id)).toMatchObject(interrupted);
  });
});
