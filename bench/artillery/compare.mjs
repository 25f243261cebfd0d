// @ts-check
// Whether two ways of playing a journey have left the same behind, but for what is drawn anew each time.

/**
 * @typedef {import("./seen.mjs").Seen} Seen
 * @typedef {import("./seen.mjs").SeenEvent} SeenEvent
 * @typedef {import("./seen.mjs").SeenGuest} SeenGuest
 */

const drawn = [
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g,
  /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g,
  /\b[AL]-\d{6}\b/g,
  /\+\d{11,12}\b/g,
];

/** With its fields in one order, and one word for everything that a generator has drawn. */
const plain = (/** @type {unknown} */ value, /** @type {readonly RegExp[]} */ others) => {
  const sorted = (/** @type {string} */ _key, /** @type {unknown} */ inner) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner;
  return [...drawn, ...others].reduce(
    (text, pattern) => text.replace(pattern, "(drawn)"),
    JSON.stringify(value, sorted),
  );
};

/** Each event with its place in its browser's history; sessions and browsers are counted instead of named. */
const eventsInWords = (
  /** @type {readonly SeenEvent[]} */ events,
  /** @type {readonly RegExp[]} */ others,
) => {
  /** @type {Map<string, { count: number, sessions: unknown[] }>} */
  const browsers = new Map();
  return events.map(({ type, status, channel, pointOfSale, browserRef, arbitraryData }) => {
    const { session_id: session, ...data } = arbitraryData;
    const browser = browsers.get(browserRef) ?? { count: 0, sessions: [] };
    browsers.set(browserRef, browser);
    browser.count += 1;
    if (!browser.sessions.includes(session)) browser.sessions.push(session);
    const visit = browser.sessions.indexOf(session) + 1;
    return `event ${browser.count} of a browser, session ${visit}: ${plain({ type, status, channel, pointOfSale, data }, others)}`;
  });
};

const guestInWords = (/** @type {SeenGuest} */ guest, /** @type {readonly RegExp[]} */ others) => {
  const { guestType, firstName, lastName, emails, browsers, orders, extensions, mergedInto } = guest;
  const known = { guestType, firstName, lastName, emails, extensions, retired: mergedInto !== null };
  const counted = { browsers: browsers.length, orders: orders.map(({ price }) => price) };
  return `guest: ${plain({ ...known, ...counted }, others)}`;
};

/** @param {readonly string[]} ours @param {readonly string[]} theirs */
const difference = (ours, theirs) => {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const line of theirs) counts.set(line, (counts.get(line) ?? 0) + 1);
  for (const line of ours) counts.set(line, (counts.get(line) ?? 0) - 1);
  return [...counts].flatMap(([line, count]) =>
    count === 0 ? [] : [`${Math.abs(count)} too ${count > 0 ? "many" : "few"}: ${line}`],
  );
};

/**
 * @param {Seen} ours what Bellhop's own run left
 * @param {Seen} theirs what the exported script left
 * @param {readonly RegExp[]} others what else is drawn in this journey
 * @returns {string[]} each difference in words
 */
export const differences = (ours, theirs, others) => {
  const words = (/** @type {Seen} */ { events, guests }) => [
    ...eventsInWords(events, others),
    ...guests.map((guest) => guestInWords(guest, others)),
  ];
  return difference(words(ours), words(theirs));
};
