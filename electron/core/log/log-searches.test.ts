import { expect, it } from "vitest";
import { openOnOwnThread } from "../database/open-on-own-thread";
import { newDatabaseFile, newEntry, newOutcome, openLog, removeDatabaseFile } from "./log-for-tests";

it("holds up neither sends nor other queries, however long it takes", async () => {
  const file = newDatabaseFile();
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  const { log, query, close } = await openLog(file, async () => {
    const database = await openOnOwnThread(file);
    return { ...database, read: (statements) => held.then(() => database.read(statements)) };
  });
  let found = false;
  const search = query({ filter: { text: "shop" }, limit: 10 }).then((answer) => {
    found = true;
    return answer;
  });
  const entry = newEntry();
  await log.begin(entry);
  await log.complete(entry.id, newOutcome());
  expect((await query({ limit: 10 })).total).toBe(1);
  expect(found).toBe(false);
  goOn();
  // What was written before it read is found.
  expect((await search).rows.map(({ id }) => id)).toEqual([entry.id]);
  await close();
  await removeDatabaseFile(file);
});

it("opens no second connection before the first search, and tries again where that failed", async () => {
  const file = newDatabaseFile();
  let tries = 0;
  const { log, query, close } = await openLog(file, () => {
    tries += 1;
    return tries === 1 ? Promise.reject(new Error("no thread")) : openOnOwnThread(file);
  });
  await log.begin(newEntry());
  await query({ filter: { types: ["VIEW"] }, limit: 10 });
  expect(tries).toBe(0);
  const search = () => query({ filter: { text: "shop" }, limit: 10 });
  await expect(search()).rejects.toThrow("no thread");
  expect((await search()).total).toBe(1);
  expect((await search()).total).toBe(1);
  expect(tries).toBe(2);
  await close();
  await removeDatabaseFile(file);
});
