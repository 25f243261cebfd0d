import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import type { Notification } from "../../../shared/contract/messages";
import type { PayloadOf } from "../../../shared/contract/notifications";
import { startDatabaseThread } from "../database/database";
import { migrate } from "../database/migrate";
import { openOnOwnThread } from "../database/open-on-own-thread";
import { createNotifications } from "../notifications";
import { createTransfers } from "../transfers/transfers";
import { createLog } from "./log";
import { logRemovalsSchema } from "./log-removals-schema";
import { logSchema } from "./log-schema";
import type { NewEntry, Outcome } from "./log-service";

/** A temporary folder with a file name for a database in it. */
export const newDatabaseFile = (): string => join(mkdtempSync(join(tmpdir(), "bellhop-log-")), "log.db");

/** A log on a database and thread of its own, with what it pushed. */
export const openLog = async (
  file: string,
  openForSearches = () => openOnOwnThread(file),
  keep = () => ({ keepDays: 0, keepMegabytes: 0 }),
) => {
  const thread = startDatabaseThread();
  const database = await thread.open(file);
  await migrate(database, [logSchema, logRemovalsSchema]);
  const notifications = createNotifications((problem) => {
    throw new Error(problem);
  });
  const pushes: PayloadOf<"log.appended">[] = [];
  notifications.listen((said: Notification) => {
    if (said.notification === "log.appended") pushes.push(said.payload as (typeof pushes)[number]);
  });
  const transfers = createTransfers();
  const journalFolder = join(file, "..", "log-journal");
  const log = await createLog({ database, journalFolder, notifications, transfers, openForSearches, keep });
  return {
    file,
    log,
    database,
    transfers,
    pushes,
    query: log.handlers["log.query"],
    tidy: log.tidy,
    async close() {
      await log.close();
      await transfers.close();
      await thread.close();
    },
  };
};

export type OpenLog = Awaited<ReturnType<typeof openLog>>;

/** Removes the temporary folder of {@link newDatabaseFile}. */
export const removeDatabaseFile = (file: string): Promise<void> =>
  rm(join(file, ".."), { recursive: true, force: true });

/** Gives each test of a file a new log, closed and removed after it. */
export const openLogForEachTest = (give: (opened: OpenLog) => void): void => {
  let opened: OpenLog;
  beforeEach(async () => {
    opened = await openLog(newDatabaseFile());
    give(opened);
  });
  afterEach(async () => {
    await opened.close();
    await removeDatabaseFile(opened.file);
  });
};

/** A VIEW to the sandbox, but for what is given. */
export const newEntry = (changes: Partial<NewEntry> = {}): NewEntry => {
  const event = changes.event === undefined ? { type: "VIEW", page: "https://shop.example/" } : changes.event;
  const text = JSON.stringify(event);
  return {
    id: randomUUID(),
    at: "2026-11-23T10:15:30.123Z",
    kind: "event",
    direction: "sent",
    source: { kind: "composer" },
    environment: "sandbox",
    transport: "spec",
    type: "VIEW",
    guestRef: null,
    event,
    request: {
      method: "POST",
      url: "http://127.0.0.1:4680/v1.2/event/create.json",
      headers: { "content-type": "application/json" },
      body: { text, size: Buffer.byteLength(text), truncated: false },
    },
    verdict: { catalog: "spec", schema: "valid", issues: [], ingestion: "unknown" },
    ...changes,
  };
};

/** 201 with a small JSON body, but for what is given. */
export const newOutcome = (changes: Partial<Outcome> = {}): Outcome => ({
  response: {
    status: 201,
    statusText: "Created",
    headers: { "content-type": "application/json" },
    body: { text: '{"status":"OK","ref":"r-1"}', size: 27, truncated: false },
  },
  error: null,
  timings: { dns: null, connect: 0.4, tls: null, firstByte: 2.1, total: 2.6 },
  ingestion: "accepted",
  issues: [],
  ...changes,
});
