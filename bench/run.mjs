// @ts-check
// Ratios against the bare limit in the same run; absolute figures are this machine's own.
import { installMissing } from "../scripts/prepare-packages.mjs";
import { buildStale } from "../scripts/prepare-build.mjs";

await installMissing();
await buildStale();

const { measureSends } = await import("./measure-sends.mjs");
const { measureStart } = await import("./measure-start.mjs");

console.log("Sends a second with every entry logged, against bare undici on the same server");
for (const row of await measureSends([1, 10])) {
  const { concurrency, bare, bellhop } = row;
  const share = (bellhop / bare).toFixed(2);
  console.log(
    `  ${String(concurrency).padStart(2)} at a time: ${bellhop.toFixed(0)} of ${bare.toFixed(0)} (${share})`,
  );
}

console.log("From process start to the address, against a bare Node process");
const { bellhop, bare } = await measureStart(5);
console.log(
  `  median ${bellhop.toFixed(0)} ms of ${bare.toFixed(0)} ms (${(bellhop / bare).toFixed(1)} times)`,
);
