// @ts-check
import { copyFile, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../scripts/run-command.mjs";

/**
 * @typedef {object} Journey
 * @property {string} file
 * @property {string} environment
 * @property {number} guests how many live through it
 * @property {number} each events of a guest's, on an average
 * @property {number} think milliseconds that a guest waits in it
 * @property {boolean} rows whether each guest is a row of a data file
 * @property {number} concurrency of Bellhop's own run: 1 where the journey moves the sandbox's clock on
 * @property {RegExp[]} drawn what a generator draws in it, beside what every generator is known to draw
 */

const templates = join(root, "electron", "core", "scenarios", "create", "templates");
const own = join(root, "bench", "artillery", "journeys");

/** Of Bellhop's gallery: `$email` and `$pick` are drawn anew. */
const fromGallery = (
  /** @type {string} */ name,
  /** @type {number} */ each,
  /** @type {Partial<Journey>} */ special = {},
) => ({
  file: `${name}.scenario.yaml`,
  environment: "sandbox",
  guests: 10,
  concurrency: 10,
  ...{ each, think: 0, rows: false },
  drawn: [/[\w.+-]+@example\.com/g],
  ...special,
});

const names = /"(Ada|Grace|Alan|Mary)"/g;
const terms = /linen shirt|rain coat|straw hat/g;
const email = /[\w.+-]+@example\.com/g;

/** @type {Journey[]} */
export const journeys = [
  fromGallery("first-purchase", 5),
  fromGallery("anonymous-browse", 3, { think: 600 }),
  fromGallery("sign-up", 2, { drawn: [email, names] }),
  fromGallery("add-to-cart-and-abandon", 3, { concurrency: 1 }),
  fromGallery("returning-customer", 4),
  fromGallery("search-and-refine", 4, { think: 300, drawn: [terms] }),
  fromGallery("custom-event", 3),
  fromGallery("kiosk-to-email-to-web", 7, { environment: "sandbox-engage", concurrency: 1 }),
  fromGallery("list", 7, { guests: 6, concurrency: 6, think: 1_250, rows: true, drawn: [] }),
];

/** @param {string} folder where the scenarios are to lie, as in a workspace */
export const copyJourneys = async (folder) => {
  await mkdir(folder, { recursive: true });
  for (const from of [templates, own]) {
    for (const name of await readdir(from)) await copyFile(join(from, name), join(folder, name));
  }
};

/** The gallery's templates that no journey here is made of. */
export const forgottenTemplates = async () => {
  const known = new Set(journeys.map(({ file }) => file));
  return (await readdir(templates)).filter((name) => !known.has(name));
};
