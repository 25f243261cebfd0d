// @ts-check
// `npm run bench [-- part…]`: figures beside the bare limit or a peer from the same run, written to bench/results/.
import { installMissing } from "../scripts/prepare-packages.mjs";
import { buildStale } from "../scripts/prepare-build.mjs";

await installMissing();
await buildStale();

const { toTable, writeResults } = await import("./figures.mjs");
const { measureFlood } = await import("./measure-flood.mjs");
const { measureSends } = await import("./measure-sends.mjs");
const { measureRuns } = await import("./measure-runs.mjs");
const { measureStart } = await import("./measure-start.mjs");
const { measureThroughput, measureMemory, measureProfile } = await import("./measure-sandbox.mjs");

/** @type {Record<string, () => Promise<import("./figures.mjs").Figure[]>>} */
const parts = {
  sends: async () => [...(await measureSends([1, 10], 3)), ...(await measureStart(5))],
  runs: () => measureRuns({ rounds: 3, sequential: [1_000, 10_000], slowest: 1_000, longest: 100_000 }),
  flood: async () => [
    ...(await measureFlood({ rate: 2_000, seconds: 10, before: 1_000 })),
    ...(await measureFlood({ rate: 2_000, seconds: 10, before: 100_000 })),
  ],
  sandbox: async () => [
    ...(await measureThroughput(5, 20_000)),
    ...(await measureProfile(10_000)),
    ...(await measureMemory(10_000, 1_000_000)),
  ],
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(", ")}. Parts: ${Object.keys(parts).join(", ")}.`);
  process.exit(2);
}
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`Measuring ${name}. This takes minutes; leave the machine alone.`);
  const figures = await measure();
  console.log(`\n${toTable(figures)}\n`);
  await writeResults(name, figures);
}
