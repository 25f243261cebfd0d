// @ts-check
import { spreadOf } from "./figures.mjs";

/** @typedef {import("./figures.mjs").Figure} Figure */

/**
 * Runs `once` again and again for a time, so many at once, and counts.
 *
 * @param {number} concurrency
 * @param {number} milliseconds
 * @param {() => Promise<unknown>} once
 * @returns {Promise<number>} how often a second
 */
export const rateOf = async (concurrency, milliseconds, once) => {
  const start = performance.now();
  let count = 0;
  const lane = async () => {
    while (performance.now() - start < milliseconds) {
      await once();
      count++;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return (count / (performance.now() - start)) * 1_000;
};

/**
 * Runs synchronous work again and again for a time.
 *
 * @param {number} milliseconds
 * @param {() => number} once says how much it did
 * @returns {number} how much a second
 */
export const steadyRateOf = (milliseconds, once) => {
  const start = performance.now();
  let count = 0;
  let now = start;
  while (now - start < milliseconds) {
    count += once();
    now = performance.now();
  }
  return (count / (now - start)) * 1_000;
};

/**
 * Measures in turn, round for round, so that all have the same weather.
 *
 * @param {number} rounds
 * @param {Record<string, () => number | Promise<number>>} contestants
 * @returns {Promise<Record<string, import("./figures.mjs").Spread>>}
 */
export const inTurn = async (rounds, contestants) => {
  /** @type {Record<string, number[]>} */
  const values = {};
  for (let round = 0; round < rounds; round++)
    for (const [name, measure] of Object.entries(contestants)) (values[name] ??= []).push(await measure());
  return Object.fromEntries(Object.entries(values).map(([name, all]) => [name, spreadOf(all)]));
};

/** @param {Record<string, import("./figures.mjs").Spread>} spreads @param {string} name @returns {import("./figures.mjs").Spread} */
export const spreadNamed = (spreads, name) => {
  const spread = spreads[name];
  if (!spread) throw new Error(`Nothing was measured of ${name}.`);
  return spread;
};
