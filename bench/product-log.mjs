// @ts-check
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildParts } from "./build-parts.mjs";

const types = ["VIEW", "SEARCH", "ADD", "IDENTITY", "CHECKOUT"];
const answer = JSON.stringify({ ref: "5b0c3f0e", status: "OK", version: "1.2", client_key: "bench" });

/** An entry as a run writes it. */
const entryOf = (/** @type {number} */ number) => {
  const type = types[number % types.length] ?? "VIEW";
  const event = {
    ...{ type, channel: "WEB", pos: "bench", currency: "EUR", language: "EN" },
    ...{ browser_id: `b1c0ffee-0000-4000-8000-${String(number % 50).padStart(12, "0")}` },
    ...{ session_id: "5e550000-0000-4000-8000-000000000001", page: `https://shop.example/${number}` },
  };
  const text = JSON.stringify(event);
  const source = { kind: "scenario", scenario: "Bench", runId: "bench", iteration: 1, stepId: "view" };
  return {
    ...{ id: crypto.randomUUID(), at: new Date().toISOString(), kind: "event", direction: "sent", source },
    ...{ environment: "bench", transport: "spec", type, guestRef: null, event },
    request: {
      method: "POST",
      url: "http://127.0.0.1:4680/v1.2/event/create.json",
      headers: { "content-type": "application/json", authorization: "***" },
      body: { text, size: text.length, truncated: false },
    },
    verdict: { catalog: "spec", schema: "valid", issues: [], ingestion: "unknown" },
  };
};

const outcome = {
  response: {
    ...{ status: 201, statusText: "Created", headers: { "content-type": "application/json" } },
    body: { text: answer, size: answer.length, truncated: false },
  },
  timings: { dns: null, connect: 0.4, tls: null, firstByte: 2.1, total: 2.6 },
  ...{ error: null, ingestion: "accepted", issues: [] },
};

/**
 * Opens the log of a profile, as the core does: its own thread, its own schema, its own commits.
 *
 * @param {string} profile the folder; made where it is missing
 */
export const openProductLog = async (profile) => {
  const folder = await buildParts("log", {
    database: "electron/core/database/database.ts",
    "database-worker": "electron/core/database/database-worker.mjs",
    "own-thread": "electron/core/database/open-on-own-thread.ts",
    "profile-database": "electron/core/profile-database.ts",
    log: "electron/core/log/log.ts",
    notifications: "electron/core/notifications.ts",
    transfers: "electron/core/transfers/transfers.ts",
  });
  const load = (/** @type {string} */ name) => import(pathToFileURL(join(folder, `${name}.mjs`)).href);
  const { startDatabaseThread } = await load("database");
  const { openOnOwnThread } = await load("own-thread");
  const { openProfileDatabase } = await load("profile-database");
  const { createLog } = await load("log");
  const { createNotifications } = await load("notifications");
  const { createTransfers } = await load("transfers");
  await mkdir(profile, { recursive: true });
  const thread = startDatabaseThread();
  const file = join(profile, "bellhop.db");
  const database = await openProfileDatabase(thread, file);
  const transfers = createTransfers();
  const log = await createLog({
    ...{ database, transfers, journalFolder: join(profile, "log-journal") },
    notifications: createNotifications(console.error),
    openForSearches: () => openOnOwnThread(file),
  });
  let number = 0;
  /** One entry: pending before it leaves, with its outcome after. */
  const ways = {
    /** As a window sends: on disk before a byte leaves. */
    async single() {
      const entry = entryOf(number++);
      await log.begin(entry);
      await log.complete(entry.id, outcome);
    },
    /** As a run sends: in the journal before a byte leaves. */
    async inRun() {
      const entry = entryOf(number++);
      log.announce(entry);
      await log.complete(entry.id, outcome);
    },
  };
  const write = async (
    /** @type {keyof typeof ways} */ way,
    /** @type {number} */ count,
    /** @type {number} */ concurrency,
  ) => {
    let left = count;
    const lane = async () => {
      while (left-- > 0) await ways[way]();
    };
    await Promise.all(Array.from({ length: concurrency }, lane));
  };
  return {
    file,
    database,
    write,
    close: async () => {
      await log.close();
      await transfers.close();
      await thread.close();
    },
  };
};
