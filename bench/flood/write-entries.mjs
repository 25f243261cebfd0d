// @ts-check
// Writes entries into the log of a profile, as a run does, by the product's own log: `node write-entries.mjs PROFILE
// COUNT RATE`. A process of its own, because another one's writes are what a window hears of last.
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createServer } from "vite";
import { root } from "../../scripts/run-command.mjs";

const [profile = "", count = "0", rate = "0"] = process.argv.slice(2);
const total = Number(count);
const perSecond = Number(rate);
/** Milliseconds between two handfuls. */
const beat = 10;

const vite = await createServer({
  configFile: join(root, "vite.config.ts"),
  server: { middlewareMode: true, hmr: false, watch: null },
  optimizeDeps: { noDiscovery: true },
  logLevel: "error",
});
const load = (/** @type {string} */ path) => vite.ssrLoadModule(join(root, "electron", "core", path));
const { startDatabaseThread } = await load("database/database.ts");
const { openProfileDatabase } = await load("profile-database.ts");
const { createLog } = await load("log/log.ts");
const { createNotifications } = await load("notifications.ts");
const { createTransfers } = await load("transfers/transfers.ts");

const types = ["VIEW", "SEARCH", "ADD", "IDENTITY", "CHECKOUT"];
const answer = JSON.stringify({ ref: "5b0c3f0e", status: "OK", version: "1.2", client_key: "sandbox" });

const entryOf = (/** @type {number} */ number) => {
  const type = types[number % types.length] ?? "VIEW";
  const event = {
    ...{ type, channel: "WEB", pos: "bellhop", currency: "EUR", language: "EN" },
    ...{ browser_id: `b1c0ffee-0000-4000-8000-${String(number % 50).padStart(12, "0")}` },
    ...{ session_id: "5e550000-0000-4000-8000-000000000001", page: `https://shop.example/${number}` },
  };
  const text = JSON.stringify(event);
  return {
    ...{ id: crypto.randomUUID(), at: new Date().toISOString(), kind: "event", direction: "sent" },
    source: {
      kind: "scenario",
      scenario: "Flood",
      runId: `flood-${number % 4}`,
      iteration: 1,
      stepId: "view",
    },
    ...{ environment: "sandbox", transport: "spec", type, guestRef: null, event },
    request: {
      method: "POST",
      url: "http://127.0.0.1:4680/v1.2/event/create.json",
      headers: { "content-type": "application/json", authorization: "***(matches sandbox)" },
      body: { text, size: text.length, truncated: false },
    },
    verdict: { catalog: "spec", schema: "valid", issues: [], ingestion: "unknown" },
  };
};

const outcomeOf = (/** @type {number} */ number) => ({
  response: {
    status: number % 37 === 0 ? 404 : 201,
    statusText: "Created",
    headers: { "content-type": "application/json" },
    body: { text: answer, size: answer.length, truncated: false },
  },
  error: null,
  timings: { dns: null, connect: null, tls: null, firstByte: 2.1, total: 2.4 },
  ingestion: "accepted",
  issues: [],
});

const thread = startDatabaseThread();
const file = join(profile, "bellhop.db");
const database = await openProfileDatabase(thread, file);
const log = await createLog({
  ...{ database, journalFolder: join(profile, "log-journal") },
  ...{ notifications: createNotifications(), transfers: createTransfers(), openForSearches: () => database },
});

/** An event's three changes, as a run makes them: pending, answered, applied by the sandbox. */
const play = async (/** @type {number} */ number) => {
  const entry = entryOf(number);
  log.announce(entry);
  await pause(2);
  await log.complete(entry.id, outcomeOf(number));
  await log.settle(entry.id, "processed", [], `guest-${number % 50}`);
};

console.log("Ready to write");
/** Starts when it is told to, so that what comes before is over. */
await new Promise((resolve) => process.stdin.once("data", resolve));
process.stdin.unref();
const started = performance.now();
/** @type {Promise<void>[]} */
let played = [];
for (let written = 0; written < total;) {
  const due = Math.min(total, Math.floor(((performance.now() - started) / 1000) * perSecond));
  while (written < due) played.push(play(written++));
  if (played.length > 5_000) await Promise.all(played.splice(0, 2_500));
  await pause(beat);
}
await Promise.all(played);
played = [];
console.log(`Written in ${Math.round(performance.now() - started)} ms`);
await log.close();
await database.close();
await thread.close();
await vite.close();
