// @ts-check
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool, request } from "undici";
import { benchCredential, openChannel, startHost, writeWorkspace } from "./host-channel.mjs";
import { startNode } from "./processes.mjs";
import { inTurn, rateOf, spreadNamed } from "./rates.mjs";
import { installPeers } from "./runs/install-peers.mjs";
import { runToEnd } from "./runs/measured-process.mjs";

/**
 * @typedef {import("./figures.mjs").Figure} Figure
 * @typedef {import("./host-channel.mjs").Channel} Channel
 * @typedef {{ origin: string, folder: string, bin: string, core: any, channel: Channel }} Place
 */

/** How long each value is measured, in milliseconds. */
const span = 1_500;
const path = "/v1.2/event/create.json";
const event = { page: "https://shop.example/" };
const guest = { browserId: "b1c0ffee-0000-4000-8000-000000000001", sessionId: "bench-session" };
const whole = JSON.stringify({
  ...{ type: "VIEW", channel: "WEB", pos: "bench", currency: "EUR", language: "EN", ...event },
  ...{ browser_id: guest.browserId, session_id: guest.sessionId },
});
const input = {
  ...{ environment: "bench", messageType: "VIEW", event, guest },
  ...{ source: { kind: "composer" }, allowInvalid: false },
};
const headers = {
  "content-type": "application/json",
  authorization: `Basic ${Buffer.from(Object.values(benchCredential).join(":")).toString("base64")}`,
};

/** The core without a host, as the command line has it. */
const startCore = async (/** @type {string} */ folder) => {
  const { createCore } = await import("../dist/node/core.mjs");
  return createCore({
    version: "bench",
    profileFolder: join(folder, "core-profile"),
    workspaceFolder: join(folder, "workspace"),
    capabilities: { nativeDialogs: false, windowEndsApp: false, nativeMenu: false },
    variables: benchCredential,
    fallbackCipher: () => Promise.resolve(null),
    sandbox: "on-demand",
    report: console.error,
  });
};

/** A send that its environment has refused would be quick, too. */
const mustBeSent = (/** @type {any} */ entry) => {
  if (entry.response?.status !== 201) throw new Error(`Not sent: ${JSON.stringify(entry.error)}`);
};

/** @param {Place} place @param {number} concurrency */
const throughCore = ({ core }, concurrency) =>
  rateOf(concurrency, span, async () => {
    const sent = await core.call("sender.send", input);
    if (!sent.ok) throw new Error(sent.error.message);
    mustBeSent(sent.value.entry);
  });

/** @param {Place} place @param {number} concurrency */
const throughHost = ({ channel }, concurrency) =>
  rateOf(concurrency, span, async () => mustBeSent((await channel.call("sender.send", input)).entry));

/** Plays a scenario in the host, and waits until it has ended. @param {Place} place @param {number} concurrency */
const asRun = async ({ channel, folder, origin }, concurrency) => {
  const each = Math.ceil(1_000 / concurrency);
  const file = `views-${each}.scenario.yaml`;
  const steps = `  - repeat: ${each}\n    steps:\n      - send: VIEW\n        event: { page: "${event.page}" }\n`;
  await writeFile(join(folder, "workspace", file), `bellhop: 1\nname: Bench\nsteps:\n${steps}`);
  /** @type {Promise<any>} */
  const ended = new Promise((resolve) =>
    channel.on("runs.progressed", ({ run }) => run.endedAt !== null && resolve(run)),
  );
  const options = { iterations: concurrency, concurrency, rate: 100_000 };
  const before = Number(await (await request(`${origin}/count`)).body.text());
  const started = await channel.call("runs.start", { path: file, environment: "bench", options });
  if (!started.run) throw new Error(`The run was refused: ${JSON.stringify(started.refused)}`);
  const run = await ended;
  const arrived = Number(await (await request(`${origin}/count`)).body.text()) - before;
  if (run.state !== "passed" || arrived !== each * concurrency)
    throw new Error(`The run has ${run.state} with ${arrived} events: ${JSON.stringify(run.error)}`);
  return (arrived / (Date.parse(run.endedAt) - Date.parse(run.startedAt))) * 1_000;
};

/** @param {Place} place @param {number} concurrency */
const bareUndici = async ({ origin }, concurrency) => {
  const pool = new Pool(origin, { connections: concurrency });
  const rate = await rateOf(concurrency, span, async () => {
    const answered = await pool.request({ method: "POST", path, body: whole, headers });
    await answered.body.text();
  });
  await pool.close();
  return rate;
};

/** @param {Place} place @param {number} concurrency */
const autocannon = async ({ bin, folder, origin }, concurrency) => {
  const named = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
  const load = ["-c", String(concurrency), "-d", "2", "-m", "POST", "-j", "-b", whole, ...named];
  const { output } = await runToEnd([join(bin, "autocannon"), ...load, `${origin}${path}`], { cwd: folder });
  return Number(/"requests":\{"average":([\d.]+)/.exec(output)?.[1]);
};

/** @param {Place} place @param {number} concurrency @param {number} rounds @returns {Promise<Figure[]>} */
const measureAt = async (place, concurrency, rounds) => {
  const spreads = await inTurn(rounds, {
    "bare undici": () => bareUndici(place, concurrency),
    "autocannon, nothing looked at": () => autocannon(place, concurrency),
    "a call of the core": () => throughCore(place, concurrency),
    "the window's way, through the host": () => throughHost(place, concurrency),
    "a run": () => asRun(place, concurrency),
  });
  const peers = ["bare undici", "autocannon, nothing looked at"];
  return ["a call of the core", "the window's way, through the host", "a run"].flatMap((way) =>
    peers.map((against) => ({
      name: `sends with every entry logged, ${concurrency} at a time: ${way}`,
      ...{ unit: "/s", ours: spreadNamed(spreads, way), against, theirs: spreadNamed(spreads, against) },
    })),
  );
};

/**
 * Sends a second with every entry logged, in the ways that Bellhop has, against what only sends: all to one server,
 * which does nothing but answer.
 *
 * @param {readonly number[]} concurrencies
 * @param {number} rounds
 * @returns {Promise<Figure[]>}
 */
export const measureSends = async (concurrencies, rounds) => {
  const bin = await installPeers("peers");
  const folder = await mkdtemp(join(tmpdir(), "bellhop-bench-"));
  const server = await startNode(["bench/bare-server.mjs"], /at (http:\S+)/);
  const workspace = join(folder, "workspace");
  await writeWorkspace(workspace, server.word);
  const host = await startHost({ profile: join(folder, "profile"), workspace });
  const channel = await openChannel(host.word);
  const core = await startCore(folder);
  const place = { origin: server.word, folder, bin, core, channel };
  /** @type {Figure[]} */
  const figures = [];
  try {
    // What is measured first must not pay for what all share.
    await throughCore(place, 10);
    await throughHost(place, 10);
    for (const concurrency of concurrencies) figures.push(...(await measureAt(place, concurrency, rounds)));
  } finally {
    await core.close();
    channel.close();
    await Promise.all([host.stop(), server.stop()]);
    await rm(folder, { recursive: true, force: true });
  }
  return figures;
};
