// @ts-check
// `npm run bench [-- part…]`: figures beside the bare limit or a peer from the same run, written to bench/results/ and
// compared with the results that are committed. `--print-only` writes nothing; `--compare` measures nothing.
import { loadavg } from "node:os";
import { installMissing } from "../scripts/prepare-packages.mjs";
import { buildStale } from "../scripts/prepare-build.mjs";

await installMissing();

const { machine, toTable, writeResults } = await import("./figures.mjs");
const { printComparison, writtenResults } = await import("./compare.mjs");
const { measureArtillery } = await import("./measure-artillery.mjs");
const { measureEntries } = await import("./measure-entries.mjs");
const { measureFlood } = await import("./measure-flood.mjs");
const { measureMemory } = await import("./measure-memory.mjs");
const { measureRuns } = await import("./measure-runs.mjs");
const { measureSends } = await import("./measure-sends.mjs");
const { measureStart } = await import("./measure-start.mjs");
const { measureValidations } = await import("./measure-validations.mjs");
const { measureWindow } = await import("./measure-window.mjs");
const {
  measureThroughput,
  measureMemory: measureSandboxMemory,
  measureProfile,
} = await import("./measure-sandbox.mjs");

/** @type {Record<string, () => Promise<import("./figures.mjs").Figure[]>>} */
const parts = {
  validations: () => measureValidations(5),
  sends: () => measureSends([1, 10, 50], 3),
  entries: () => measureEntries(10_000, 3),
  start: () => measureStart(5),
  window: () => measureWindow(5),
  memory: () => measureMemory(100_000, 3),
  runs: () => measureRuns({ rounds: 3, sequential: [1_000, 10_000], slowest: 1_000, longest: 100_000 }),
  flood: async () => [
    ...(await measureFlood({ rate: 2_000, seconds: 10, before: 1_000 })),
    ...(await measureFlood({ rate: 2_000, seconds: 10, before: 100_000 })),
  ],
  sandbox: async () => [
    ...(await measureThroughput(5, 20_000)),
    ...(await measureProfile(10_000)),
    ...(await measureSandboxMemory(10_000, 1_000_000)),
  ],
  artillery: () => measureArtillery({ guests: 50, rounds: 3 }),
};

/** From this many processes that want to run on, somebody else's work is in the figures. */
const busy = 2;

const options = new Set(process.argv.slice(2).filter((word) => word.startsWith("--")));
const wanted = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const strangeOptions = [...options].filter((name) => !["--print-only", "--compare"].includes(name));
const strangeParts = wanted.filter((name) => !(name in parts));
if (strangeOptions.length + strangeParts.length > 0) {
  if (strangeOptions.length > 0)
    console.error(`There is no option ${strangeOptions.join(", ")}. Options: --print-only, --compare.`);
  if (strangeParts.length > 0)
    console.error(`There is no part ${strangeParts.join(", ")}. Parts: ${Object.keys(parts).join(", ")}.`);
  process.exit(2);
}

/** @returns {Promise<string[]>} what got worse, in sentences */
const measurePart = async (/** @type {string} */ name) => {
  const load = Math.round((loadavg()[0] ?? 0) * 100) / 100;
  console.log(`Measuring ${name}. This takes a minute or two; leave the machine alone.`);
  if (load > busy) console.log(`It is busy (load ${load}), so what follows says little.`);
  const start = performance.now();
  const figures = (await parts[name]?.()) ?? [];
  console.log(`\n${toTable(figures)}\n\nMeasured in ${Math.round((performance.now() - start) / 1_000)} s.\n`);
  if (!options.has("--print-only")) await writeResults(name, figures, load);
  return printComparison(name, { machine, figures });
};

/** @returns {Promise<string[]>} what got worse, in sentences */
const comparePart = async (/** @type {string} */ name) => {
  const written = await writtenResults(name);
  return written ? printComparison(name, written) : [];
};

if (!options.has("--compare")) await buildStale();
const worse = [];
for (const name of wanted.length > 0 ? wanted : Object.keys(parts))
  worse.push(...(await (options.has("--compare") ? comparePart(name) : measurePart(name))));
if (worse.length > 0) console.log(`Worse by more than its spread:\n- ${worse.join("\n- ")}`);
else console.log("No figure got worse by more than its spread.");
