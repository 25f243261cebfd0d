// @ts-check
// What a sandbox has seen, so that two ways of playing the same journey can be compared.
import { request } from "undici";

/**
 * @typedef {{ type: string, status: string, channel: string, pointOfSale: string, browserRef: string, guestRef: string, createdAt: string, arbitraryData: Record<string, unknown> }} SeenEvent
 * @typedef {{ guestType: string, firstName: string | null, lastName: string | null, emails: string[], browsers: unknown[], orders: { price: number }[], extensions: unknown, mergedInto: string | null }} SeenGuest
 * @typedef {{ summary: Record<string, number>, events: SeenEvent[], guests: SeenGuest[] }} Seen
 */

/** @param {string} url @param {"GET" | "POST"} [method] */
const ask = async (url, method = "GET") => {
  const { statusCode, body } = await request(url, { method });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`${method} ${url}: ${statusCode} ${text}`);
  return JSON.parse(text);
};

/** @param {string} origin */
export const forget = (origin) => ask(`${origin}/_sandbox/reset`, "POST");

/**
 * Everything that a sandbox has seen since it was emptied, once it has processed it.
 *
 * @param {string} origin
 * @returns {Promise<Seen>}
 */
export const look = async (origin) => {
  const summary = await ask(`${origin}/_sandbox/summary?settle=60s`);
  /** @type {SeenEvent[]} */
  const events = [];
  for (let after = "start"; after !== "";) {
    const place = after === "start" ? "" : `&after=${after}`;
    const { items, next } = await ask(`${origin}/_sandbox/events?limit=1000${place}`);
    events.push(...items);
    after = items.length > 0 && next ? String(next) : "";
  }
  const { items } = await ask(`${origin}/_sandbox/guests?limit=1000`);
  const guests = await Promise.all(
    items.map((/** @type {{ ref: string }} */ { ref }) => ask(`${origin}/_sandbox/guests/${ref}`)),
  );
  return { summary, events, guests };
};
