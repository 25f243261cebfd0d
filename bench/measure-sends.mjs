// @ts-check
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "undici";
import { createCore } from "../dist/node/core.mjs";
import { spreadOf } from "./figures.mjs";

const answer = JSON.stringify({ ref: "5b0c3f0e", status: "OK", version: "1.2", client_key: "bench-key" });
const event = { page: "https://shop.example/" };
const guest = { browserId: "bench-browser", sessionId: "bench-session" };

/** How long each figure is measured, in milliseconds. */
const span = 4000;

const startServer = async () => {
  const server = createServer((request, response) => {
    request
      .resume()
      .on("end", () => response.writeHead(201, { "content-type": "application/json" }).end(answer));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return { origin: `http://127.0.0.1:${address.port}`, close: () => server.close() };
};

/**
 * Runs `once` again and again, so many at a time, and counts.
 *
 * @param {number} concurrency
 * @param {() => Promise<unknown>} once
 * @returns {Promise<number>} how often a second
 */
const rate = async (concurrency, once) => {
  for (let warm = 0; warm < 50; warm++) await once();
  const start = performance.now();
  let count = 0;
  const lane = async () => {
    while (performance.now() - start < span) {
      await once();
      count++;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return (count / (performance.now() - start)) * 1000;
};

/** @param {string} origin @param {string} folder */
const startCore = async (origin, folder) => {
  const core = await createCore({
    version: "bench",
    profileFolder: join(folder, "profile"),
    workspaceFolder: join(folder, "workspace"),
    capabilities: { nativeDialogs: false, windowEndsApp: false, nativeMenu: false },
    variables: { BELLHOP_CLIENT_KEY_BENCH: "bench-key-0001", BELLHOP_API_TOKEN_BENCH: "bench-token-0001" },
    fallbackCipher: () => Promise.resolve(null),
    sandbox: "on-demand",
    report: console.error,
  });
  const environment = {
    name: "bench",
    colour: "slate",
    baseUrl: origin,
    transport: "spec",
    catalog: "spec",
    channel: "WEB",
    pos: "bench",
    currency: "EUR",
    production: false,
    vars: {},
  };
  const saved = await core.call("environments.save", { environment });
  if (!saved.ok) throw new Error(saved.error.message);
  return core;
};

/**
 * Sends a second with every entry logged, against bare undici on the same server.
 *
 * @param {readonly number[]} concurrencies
 * @param {number} rounds
 * @returns {Promise<import("./figures.mjs").Figure[]>}
 */
export const measureSends = async (concurrencies, rounds) => {
  const server = await startServer();
  const folder = await mkdtemp(join(tmpdir(), "bellhop-bench-"));
  const core = await startCore(server.origin, folder);
  const send = async () => {
    const sent = await core.call("sender.send", {
      environment: "bench",
      messageType: "VIEW",
      event,
      guest,
      source: { kind: "cli" },
      allowInvalid: false,
    });
    if (!sent.ok) throw new Error(sent.error.message);
  };
  /** @type {import("./figures.mjs").Figure[]} */
  const figures = [];
  for (const concurrency of concurrencies) {
    const pool = new Pool(server.origin, { connections: concurrency });
    const bare = async () => {
      const body = JSON.stringify({ type: "VIEW", ...event, ...guest });
      const path = "/v1.2/event/create.json";
      const answered = await pool.request({ method: "POST", path, body });
      await answered.body.text();
    };
    /** @type {[number[], number[]]} */
    const [ours, theirs] = [[], []];
    for (let round = 0; round < rounds; round++) {
      theirs.push(await rate(concurrency, bare));
      ours.push(await rate(concurrency, send));
    }
    await pool.close();
    figures.push({
      name: `sends with every entry logged, ${concurrency} at a time`,
      unit: "/s",
      ours: spreadOf(ours),
      against: "bare undici",
      theirs: spreadOf(theirs),
    });
  }
  await core.close();
  server.close();
  await rm(folder, { recursive: true, force: true });
  return figures;
};
