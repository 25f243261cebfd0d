// @ts-check
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { differences } from "./artillery/compare.mjs";
import { exportScript, playScenario, runArtillery } from "./artillery/engine.mjs";
import { copyJourneys, forgottenTemplates, journeys } from "./artillery/journeys.mjs";
import { forget, look } from "./artillery/seen.mjs";
import { spreadOf } from "./figures.mjs";
import { startNode } from "./processes.mjs";
import { installPeers } from "./runs/install-peers.mjs";

/**
 * @typedef {import("./figures.mjs").Figure} Figure
 * @typedef {import("./artillery/engine.mjs").Place} Place
 * @typedef {import("./artillery/journeys.mjs").Journey} Journey
 * @typedef {import("./artillery/seen.mjs").Seen} Seen
 */

/** What is wrong with how virtual users lived through a journey, in words. */
const flawsOf = (
  /** @type {Journey} */ { guests, each, think },
  /** @type {Awaited<ReturnType<typeof runArtillery>>} */ { code, report },
  /** @type {Seen} */ { summary },
) => {
  const { counters, summaries } = report;
  const wanted = Math.round(guests * each);
  const shortest = summaries["vusers.session_length"]?.min ?? 0;
  const flaws = [
    [code === 0, `Artillery ended with ${code}`],
    [
      counters["vusers.completed"] === guests,
      `${counters["vusers.completed"]} of ${guests} guests came to the end`,
    ],
    [!counters["vusers.failed"], `${counters["vusers.failed"]} guests failed`],
    [!counters["plugins.expect.failed"], `${counters["plugins.expect.failed"]} expectations failed`],
    // Each event and each new browser has at least its status expected.
    [
      (counters["plugins.expect.ok"] ?? 0) > wanted,
      `only ${counters["plugins.expect.ok"]} expectations were looked at`,
    ],
    [summary["total"] === wanted, `the sandbox has seen ${summary["total"]} events, not ${wanted}`],
    [
      summary["processed"] === wanted,
      `the sandbox has processed ${summary["processed"]} events, not ${wanted}`,
    ],
    [summary["rejected"] === 0, `the sandbox has refused ${summary["rejected"]} events`],
    [shortest >= think, `a guest was through in ${Math.round(shortest)} ms, and waits ${think} ms in it`],
  ];
  return flaws.flatMap(([holds, words]) => (holds === true ? [] : [String(words)]));
};

/** Lives through a journey both ways. @throws with each difference in words */
const compareEngines = async (/** @type {Place} */ place, /** @type {Journey} */ journey) => {
  const { script, said } = await exportScript(place, journey);
  await forget(place.origin);
  const ended = await runArtillery(place, script, journey.guests);
  const theirs = await look(place.origin);
  await forget(place.origin);
  const iterations = journey.rows ? [] : ["--iterations", String(journey.guests)];
  await playScenario(place, journey, [...iterations, "--concurrency", String(journey.concurrency)]);
  const flaws = [
    ...flawsOf(journey, ended, theirs),
    ...differences(await look(place.origin), theirs, journey.drawn),
    ...(await unsaid(script, said)),
  ];
  if (flaws.length > 0)
    throw new Error(
      `Exported, ${journey.file} is another journey:\n- ${flaws.slice(0, 20).join("\n- ")}\n${ended.output}`,
    );
  console.log(`${journey.file}: ${journey.guests} guests, ${theirs.events.length} events, the same by both.`);
};

/** What the script says of what it does not carry over, and the command did not. */
const unsaid = async (/** @type {string} */ script, /** @type {string} */ said) => {
  const text = await readFile(script, "utf8");
  const notes = [...text.matchAll(/^# - (.*)$/gm)].map(([, note = ""]) => note);
  return notes.filter((note) => !said.includes(note)).map((note) => `the command did not say: ${note}`);
};

/** An expectation that fails has to end the virtual user, and has to be seen. */
const provesFailures = async (/** @type {Place} */ place, /** @type {number} */ guests) => {
  const { script } = await exportScript(place, { file: "refused.scenario.yaml", environment: "sandbox" });
  await forget(place.origin);
  const { code, report } = await runArtillery(place, script, guests);
  const { summary } = await look(place.origin);
  const failed = report.counters["vusers.failed"];
  if (code === 21 && failed === guests && summary["total"] === 2 * guests) return;
  throw new Error(
    `Of ${guests} guests who are refused ${failed} failed, with ${summary["total"]} events; Artillery ended with ${code}.`,
  );
};

/** Events a second from the first to the last that the sandbox has seen. */
const rateOf = (/** @type {Seen} */ { events }) => {
  const times = events.map(({ createdAt }) => Date.parse(createdAt)).sort((one, other) => one - other);
  return (events.length / ((times.at(-1) ?? 0) - (times[0] ?? 0))) * 1_000;
};

/** @param {Place} place @param {number} guests @param {number} rounds @returns {Promise<Figure>} */
const measureRate = async (place, guests, rounds) => {
  const journey = { file: "browse.scenario.yaml", environment: "sandbox" };
  const { script } = await exportScript(place, journey);
  const options = ["--iterations", String(guests), "--concurrency", String(guests)];
  /** @type {[number[], number[]]} */
  const [ours, theirs] = [[], []];
  for (let round = 0; round < rounds; round++) {
    for (const [rates, play] of [
      [ours, () => playScenario(place, journey, options)],
      [theirs, () => runArtillery(place, script, guests)],
    ]) {
      await forget(place.origin);
      await play();
      const seen = await look(place.origin);
      if (seen.summary["total"] !== guests * 100)
        throw new Error(`${guests} long visits were ${seen.summary["total"]} events, not ${guests * 100}.`);
      rates.push(rateOf(seen));
    }
  }
  return {
    name: `events a second at the sandbox, ${guests} guests at once; Bellhop logs each`,
    unit: "/s",
    ours: spreadOf(ours),
    against: "Artillery with the exported script, on one core",
    theirs: spreadOf(theirs),
  };
};

/**
 * Runs exported scenarios with Artillery against the sandbox: they have to be the journeys that Bellhop plays itself,
 * event by event and guest by guest.
 *
 * @param {{ guests: number, rounds: number }} size of the rate's runs
 * @returns {Promise<Figure[]>}
 * @throws with what is different, in words
 */
export const measureArtillery = async ({ guests, rounds }) => {
  const bin = await installPeers("artillery");
  const forgotten = await forgottenTemplates();
  if (forgotten.length > 0)
    throw new Error(`bench/artillery/journeys.mjs does not know ${forgotten.join(", ")}.`);
  const folder = await mkdtemp(join(tmpdir(), "bellhop-bench-"));
  const config = join(folder, "sandbox.yaml");
  await writeFile(config, "quota: 8GB\n");
  const args = ["sandbox", "--port", "0", "--config", config, "--data", ":memory:"];
  const own = ["--profile", join(folder, "sandbox-profile")];
  const sandbox = await startNode(["dist/node/cli.mjs", ...own, ...args], /ready at (http:\S+)/);
  const place = { folder, origin: sandbox.word, bin };
  try {
    await copyJourneys(folder);
    for (const journey of journeys) await compareEngines(place, journey);
    await provesFailures(place, 5);
    return [await measureRate(place, guests, rounds)];
  } finally {
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  }
};
