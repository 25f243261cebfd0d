import { afterEach, beforeEach, expect, it } from "vitest";
import {
  newDatabaseFile,
  newEntry,
  newOutcome,
  openLog,
  removeDatabaseFile,
  type OpenLog,
} from "./log-for-tests";

let file: string;
let opened: OpenLog;

beforeEach(async () => {
  file = newDatabaseFile();
  opened = await openLog(file);
});

afterEach(async () => {
  await opened.close();
  await removeDatabaseFile(file);
});

it("gives back an entry as it was written", async () => {
  const entry = newEntry();
  const pending = await opened.log.begin(entry);
  expect(pending).toMatchObject({ ...entry, seq: 1, revision: 1, state: "pending", response: null });
  expect(await opened.log.detail(entry.id)).toEqual(pending);
  const outcome = newOutcome({ guestRef: "g-1" });
  const done = await opened.log.complete(entry.id, outcome);
  expect(done).toMatchObject({ state: "done", revision: 2, guestRef: "g-1", response: outcome.response });
  expect(await opened.log.detail(entry.id)).toEqual(done);
});
