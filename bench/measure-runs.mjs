// @ts-check
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { request } from "undici";
import { spreadOf } from "./figures.mjs";
import { startNode } from "./processes.mjs";
import { installPeers } from "./runs/install-peers.mjs";
import { runToEnd } from "./runs/measured-process.mjs";
import { createRunners } from "./runs/runners.mjs";

/**
 * @typedef {import("./figures.mjs").Figure} Figure
 * @typedef {import("./runs/runners.mjs").Runner} Runner
 * @typedef {import("./runs/measured-process.mjs").Ended} Ended
 * @typedef {ReturnType<typeof createRunners>} Runners
 */

const grouped = (/** @type {number} */ count) => count.toLocaleString("en-GB");

/** Runs a command, and makes sure that each of its events has arrived, and no more. */
const runCounted = async (
  /** @type {string} */ origin,
  /** @type {import("./runs/runners.mjs").Prepared} */ { command, cwd },
  /** @type {Record<string, string>} */ variables,
  /** @type {number} */ expected,
  /** @type {readonly number[] | undefined} */ codes = undefined,
) => {
  const count = async () => Number(await (await request(`${origin}/count`)).body.text());
  const before = await count();
  const ended = await runToEnd(command, { cwd, variables, ...(codes && { codes }) });
  const arrived = (await count()) - before;
  if (arrived !== expected) throw new Error(`${command.join(" ")} sent ${arrived} events, not ${expected}.`);
  return ended;
};

/** Each runner in turn, round for round, so that all have the same weather. */
const inRounds = async (
  /** @type {string} */ origin,
  /** @type {readonly Runner[]} */ runners,
  /** @type {number} */ steps,
  /** @type {number} */ times,
  /** @type {number} */ rounds,
) => {
  /** @type {Map<string, Ended[]>} */
  const ended = new Map(runners.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const runner of runners) {
      const prepared = await runner.prepare(steps, times);
      const { name, variables = {}, codes } = runner;
      ended.get(name)?.push(await runCounted(origin, prepared, variables, steps * times, codes));
    }
  }
  return ended;
};

/** Bellhop's value beside each other runner's. */
const besides = (
  /** @type {Map<string, Ended[]>} */ ended,
  /** @type {string} */ name,
  /** @type {string} */ unit,
  /** @type {(ended: Ended) => number} */ valueOf,
) => {
  const [[, ours] = ["", []], ...others] = [...ended];
  return others.map(([against, theirs]) => ({
    ...{ name, unit, against },
    ours: spreadOf(ours.map(valueOf)),
    theirs: spreadOf(theirs.map(valueOf)),
  }));
};

const peakOf = (/** @type {Ended} */ { peak }) => peak ?? 0;

/** The rate that Bellhop says of a run, without its start. */
const saidRate = (/** @type {Ended} */ { output }) => {
  const [, count = "", time = "", unit] =
    /Events\s+([\d,]+) events in ([\d.,]+) (ms|s|min)/.exec(output) ?? [];
  const seconds = Number(time.replaceAll(",", "")) * (unit === "ms" ? 0.001 : unit === "min" ? 60 : 1);
  return Number(count.replaceAll(",", "")) / seconds;
};

/** @param {Runners} runners @param {string} origin @param {string} folder @param {string} bin @param {number} rounds */
const atOnce = async (runners, origin, folder, bin, rounds) => {
  const { play, variables = {} } = runners.bellhop;
  const guests = 50;
  const each = 400;
  /** @type {[number[], number[]]} */
  const [ours, theirs] = [[], []];
  for (let round = 0; round < rounds; round++) {
    const load = ["-c", String(guests), "-d", "5", "-m", "POST", "-j", "-b", '{"type":"VIEW"}'];
    const blast = [join(bin, "autocannon"), ...load, `${origin}/v1.2/event/create.json`];
    const { output } = await runToEnd(blast, { cwd: folder });
    theirs.push(Number(/"requests":\{"average":([\d.]+)/.exec(output)?.[1]));
    const prepared = await play(1, each, ["--iterations", String(guests), "--concurrency", String(guests)]);
    ours.push(saidRate(await runCounted(origin, prepared, variables, guests * each)));
  }
  return {
    name: `events a second, ${guests} guests at once, every entry logged`,
    unit: "/s",
    ours: spreadOf(ours),
    against: "autocannon, nothing looked at or kept",
    theirs: spreadOf(theirs),
  };
};

/** @param {Runners} runners @param {string} origin @param {number} events */
const memory = async ({ bellhop }, origin, events) => {
  const { variables = {} } = bellhop;
  const short = await runCounted(origin, await bellhop.prepare(1, 1_000), variables, 1_000);
  const long = await runCounted(origin, await bellhop.prepare(1, events), variables, events);
  return {
    name: `peak memory, ${grouped(events)} events`,
    unit: "MB",
    ours: spreadOf([peakOf(long)]),
    against: "Bellhop at 1,000 events",
    theirs: spreadOf([peakOf(short)]),
  };
};

/**
 * Runs of scenarios beside what other runners do with the same journey on the same server. All of a process counts,
 * from its start to its end, but at concurrency 50, where autocannon says its own rate. Bellhop logs every entry; the
 * others keep what they keep.
 *
 * @param {{ rounds: number, sequential: readonly number[], slowest: number, longest: number }} size `sequential`:
 *   events of a run; `slowest`: events that newman and bru are asked for at most; `longest`: events of the memory's run
 * @returns {Promise<Figure[]>}
 */
export const measureRuns = async ({ rounds, sequential, slowest, longest }) => {
  const bin = await installPeers("peers");
  const folder = await mkdtemp(join(tmpdir(), "bellhop-bench-"));
  const server = await startNode(["bench/bare-server.mjs"], /at (http:\S+)/);
  const origin = server.word;
  const runners = createRunners({ folder, origin, bin });
  const { bellhop, httpyac, newman, bruno, bare } = runners;
  /** @type {Figure[]} */
  const figures = [];
  try {
    const cold = await inRounds(origin, [bellhop, httpyac, newman, bruno], 10, 1, rounds);
    figures.push(
      ...besides(cold, "a journey of 10 steps, from a cold start", "ms", (run) => run.milliseconds),
    );
    for (const count of sequential) {
      const peers = count <= slowest ? [newman, bruno] : [];
      const ended = await inRounds(origin, [bellhop, httpyac, bare, ...peers], 1, count, rounds);
      const name = `${grouped(count)} events one after the other, two expectations each`;
      figures.push(...besides(ended, name, "/s", (run) => (count / run.milliseconds) * 1000));
      ended.delete(bare.name);
      figures.push(...besides(ended, `peak memory, ${grouped(count)} events`, "MB", peakOf));
    }
    figures.push(await atOnce(runners, origin, folder, bin, rounds));
    figures.push(await memory(runners, origin, longest));
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return figures;
};
