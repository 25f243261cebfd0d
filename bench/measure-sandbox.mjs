// @ts-check
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "undici";
import { spreadOf } from "./figures.mjs";
import { startNode } from "./processes.mjs";

/** @typedef {import("./figures.mjs").Figure} Figure */

const headers = {
  "content-type": "application/json",
  authorization: `Basic ${Buffer.from("sandbox:sandbox").toString("base64")}`,
};
const connections = 50;
const megabyte = 1024 ** 2;

/** @param {string} folder */
const startSandbox = async (folder) => {
  const config = join(folder, "sandbox.yaml");
  await writeFile(config, "quota: 64GB\n");
  const args = ["sandbox", "--port", "0", "--config", config, "--data", join(folder, "sandbox.db")];
  return startNode(["dist/node/cli.mjs", ...args], /ready at (http:\S+)/);
};

/** @param {Pool} pool @param {string} path */
const read = async (pool, path) => {
  const { statusCode, body } = await pool.request({ method: "GET", path });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`GET ${path}: ${statusCode} ${text}`);
  return text;
};

/** @param {Pool} pool @param {number} count @returns {Promise<string[]>} */
const makeBrowsers = async (pool, count) => {
  /** @type {string[]} */
  const browsers = [];
  await inLanes(count, async () => {
    const made = JSON.parse(await read(pool, "/v1.2/browser/create.json?client_key=sandbox"));
    browsers.push(made.ref);
  });
  return browsers;
};

/** @param {number} count @param {(index: number) => Promise<unknown>} once */
const inLanes = async (count, once) => {
  let next = 0;
  const lane = async () => {
    while (next < count) await once(next++);
  };
  await Promise.all(Array.from({ length: connections }, lane));
};

/** A page view, now and then a sign-up, a product or an order: what a site sends. */
const eventOf = (/** @type {string} */ browser, /** @type {number} */ index) => {
  const visit = Math.floor(index / 50_000);
  const event = {
    browser_id: browser,
    session_id: `${browser}-${visit}`,
    channel: "WEB",
    pos: "bellhop",
    currency: "EUR",
    language: "EN",
  };
  if (index % 20 === 7)
    return { ...event, type: "IDENTITY", email: `${browser.slice(0, 8)}@shop.example`, firstname: "Ada" };
  if (index % 20 === 11)
    return { ...event, type: "ADD", product: { sku: "TEE-001", name: "Tee", price: 19.9 } };
  if (index % 20 === 13) return { ...event, type: "SEARCH", search_term: "shoes" };
  return { ...event, type: "VIEW", page: `https://shop.example/${index % 100}` };
};

/** @param {Pool} pool @param {readonly string[]} browsers @param {number} count @param {number} from */
const post = (pool, browsers, count, from = 0) =>
  inLanes(count, async (index) => {
    const body = JSON.stringify(eventOf(browsers[index % browsers.length] ?? "", from + index));
    const answer = await pool.request({ method: "POST", path: "/v1.2/event/create.json", headers, body });
    await answer.body.dump();
    if (answer.statusCode !== 201) throw new Error(`An event was answered with ${answer.statusCode}.`);
  });

const settled = async (/** @type {Pool} */ pool) => {
  for (;;) {
    const summary = JSON.parse(await read(pool, "/_sandbox/summary?settle=60s"));
    if (summary.pending === 0) return summary;
  }
};

const perSecond = async (/** @type {number} */ count, /** @type {() => Promise<unknown>} */ work) => {
  const start = performance.now();
  await work();
  return (count / (performance.now() - start)) * 1000;
};

const milliseconds = async (/** @type {() => Promise<unknown>} */ work) => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

/**
 * Events a second: answered, and answered and processed, against a server that only answers. In turn, so that both
 * have the same weather.
 *
 * @param {number} rounds @param {number} count
 * @returns {Promise<Figure[]>}
 */
export const measureThroughput = async (rounds, count) => {
  const folder = await mkdtemp(join(tmpdir(), "bellhop-bench-"));
  const sandbox = await startSandbox(folder);
  const bare = await startNode(["bench/bare-server.mjs"], /at (http:\S+)/);
  const pool = new Pool(sandbox.word, { connections });
  const barePool = new Pool(bare.word, { connections });
  const browsers = await makeBrowsers(pool, 500);
  await post(pool, browsers, 2_000);
  await post(barePool, browsers, 2_000);
  /** @type {number[][]} */
  const [answered, processed, limit] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    await settled(pool);
    const start = performance.now();
    answered?.push(await perSecond(count, () => post(pool, browsers, count)));
    await settled(pool);
    processed?.push((count / (performance.now() - start)) * 1000);
    limit?.push(await perSecond(count, () => post(barePool, browsers, count)));
  }
  await Promise.all([pool.close(), barePool.close()]);
  await Promise.all([sandbox.stop(), bare.stop()]);
  await rm(folder, { recursive: true, force: true });
  const against = "bare node:http, answered";
  const theirs = spreadOf(limit ?? []);
  return [
    {
      name: `events answered, ${connections} connections`,
      unit: "/s",
      ours: spreadOf(answered ?? []),
      against,
      theirs,
    },
    {
      name: `events answered and processed, ${connections} connections`,
      unit: "/s",
      ours: spreadOf(processed ?? []),
      against,
      theirs,
    },
  ];
};

/**
 * Memory of the process that runs the sandbox, and what its guests cost.
 *
 * @param {number} guests @param {number} events
 * @returns {Promise<Figure[]>}
 */
export const measureMemory = async (guests, events) => {
  const folder = await mkdtemp(join(tmpdir(), "bellhop-bench-"));
  const sandbox = await startSandbox(folder);
  const pool = new Pool(sandbox.word, { connections });
  const browsers = await makeBrowsers(pool, guests);
  const tenth = Math.round(events / 10);
  await post(pool, browsers, tenth);
  await settled(pool);
  const early = sandbox.memory();
  /** @type {number[]} */
  const seen = [];
  for (let from = tenth; from < events; from += tenth) {
    await post(pool, browsers, tenth, from);
    await settled(pool);
    seen.push((sandbox.memory() ?? 0) / megabyte);
  }
  await pool.close();
  await sandbox.stop();
  await rm(folder, { recursive: true, force: true });
  if (early === null) return [];
  return [
    {
      name: `memory with ${guests.toLocaleString("en-GB")} guests, up to ${events.toLocaleString("en-GB")} events`,
      unit: "MB",
      ours: spreadOf(seen),
      against: `the same process at ${tenth.toLocaleString("en-GB")} events`,
      theirs: spreadOf([early / megabyte]),
    },
  ];
};

/**
 * One guest with many events: opened, scrubbed to places all over its history, and its history read by the page.
 *
 * @param {number} events
 * @returns {Promise<Figure[]>}
 */
export const measureProfile = async (events) => {
  const folder = await mkdtemp(join(tmpdir(), "bellhop-bench-"));
  const sandbox = await startSandbox(folder);
  const pool = new Pool(sandbox.word, { connections });
  const browsers = await makeBrowsers(pool, 1);
  for (let from = 0; from < events; from += 1_000)
    await post(pool, browsers, Math.min(1_000, events - from), from);
  await settled(pool);
  const { items } = JSON.parse(await read(pool, "/_sandbox/guests?limit=1"));
  const path = `/_sandbox/guests/${items[0].ref}`;
  const history = JSON.parse(await read(pool, `${path}/history?limit=1000`));
  const places = Array.from(
    { length: 50 },
    (_, place) => Math.floor((place * history.total) / 50) + history.items[0].seq,
  );
  const timed = async (/** @type {readonly string[]} */ paths) => {
    const times = [];
    for (const one of paths) times.push(await milliseconds(() => read(pool, one)));
    return spreadOf(times);
  };
  const repeated = Array.from({ length: 50 }, () => path);
  await timed(repeated);
  const limit = await timed(Array.from({ length: 50 }, () => "/_sandbox/summary"));
  const against = "the same process's summary";
  const name = `a guest with ${events.toLocaleString("en-GB")} events`;
  const figures = [
    { name: `${name}: opened`, unit: "ms", ours: await timed(repeated), against, theirs: limit },
    {
      name: `${name}: scrubbed to 50 places`,
      unit: "ms",
      ours: await timed(places.map((seq) => `${path}?at=${seq}`)),
      against,
      theirs: limit,
    },
    {
      name: `${name}: 1,000 steps of its history`,
      unit: "ms",
      ours: await timed(
        Array.from({ length: 10 }, (_, page) => `${path}/history?limit=1000&after=${places[page * 5] ?? 0}`),
      ),
      against,
      theirs: limit,
    },
  ];
  await pool.close();
  await sandbox.stop();
  await rm(folder, { recursive: true, force: true });
  return figures;
};
