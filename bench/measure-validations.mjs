// @ts-check
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildParts } from "./build-parts.mjs";
import { inTurn, spreadNamed, steadyRateOf } from "./rates.mjs";

/**
 * @typedef {import("./figures.mjs").Figure} Figure
 * @typedef {Record<string, unknown> & { type?: unknown }} Event
 * @typedef {{ name: string, schema: object, examples: Event[], validate: (event: unknown) => boolean }} Message
 */

/** How long each value is measured, in milliseconds. */
const span = 250;
/** How long each is run before, so that what is measured is compiled. */
const warmUp = 100;

/** The same events, each with one mistake: what a person types has one most of the time. */
const withMistake = (/** @type {Event} */ event) => ({ ...event, channel: 42 });

/** Does it to each event, and says to how many. */
const each =
  (/** @type {readonly Event[]} */ events, /** @type {(event: Event) => unknown} */ check) => () => {
    for (const event of events) check(event);
    return events.length;
  };

/**
 * Validations a second against bare AJV with the same schema and events: what the compiled validators do, and what a
 * whole verdict costs, which has the rules, the sentences and the ways out as well.
 *
 * @param {number} rounds
 * @returns {Promise<Figure[]>}
 */
export const measureValidations = async (rounds) => {
  const folder = await buildParts("validations", {
    catalog: "shared/catalog/catalog.ts",
    document: "shared/catalog/spec.asyncapi.yaml",
  });
  const load = (/** @type {string} */ name) => import(pathToFileURL(join(folder, `${name}.mjs`)).href);
  const { judge } = await load("catalog");
  const { messages } = /** @type {{ messages: Message[] }} */ (await load("document"));
  const ajv = new Ajv({ allErrors: true, messages: false, strict: false });
  /** @type {(ajv: Ajv) => unknown} */ (/** @type {unknown} */ (formats.default ?? formats))(ajv);

  const validators = new Map(
    messages.map(({ name, schema, validate }) => [name, { ours: validate, bare: ajv.compile(schema) }]),
  );
  const examples = messages.flatMap((message) => message.examples.slice(0, 1));
  const typeOf = (/** @type {Event} */ event) =>
    messages.find((message) => message.examples.includes(event))?.name ?? "";
  const kinds = [
    {
      name: "the mix of all types, valid",
      events: examples.map((event) => ({ type: typeOf(event), event })),
    },
    {
      name: "the mix of all types, one mistake each",
      events: examples.map((event) => ({ type: typeOf(event), event: withMistake(event) })),
    },
    ...examples.map((event) => ({
      name: `${typeOf(event)}, valid`,
      events: [{ type: typeOf(event), event }],
    })),
  ];

  /** @type {Figure[]} */
  const figures = [];
  for (const { name, events } of kinds) {
    const known = new Map(events.map(({ type, event }) => [event, validators.get(type)]));
    const list = [...known.keys()];
    for (const [event, both] of known) {
      if (both?.ours(event) !== both?.bare(event)) throw new Error(`${name}: bare AJV says something else.`);
    }
    const once = {
      bare: (/** @type {Event} */ event) => known.get(event)?.bare(event),
      compiled: (/** @type {Event} */ event) => known.get(event)?.ours(event),
      verdicts: (/** @type {Event} */ event) => judge(event, "spec"),
    };
    for (const check of Object.values(once)) steadyRateOf(warmUp, each(list, check));
    const spreads = await inTurn(rounds, {
      bare: () => steadyRateOf(span, each(list, once.bare)),
      compiled: () => steadyRateOf(span, each(list, once.compiled)),
      verdicts: () => steadyRateOf(span, each(list, once.verdicts)),
    });
    const theirs = spreadNamed(spreads, "bare");
    const beside = { unit: "/s", against: "bare AJV", theirs };
    figures.push({ name: `schema alone, ${name}`, ours: spreadNamed(spreads, "compiled"), ...beside });
    figures.push({ name: `whole verdicts, ${name}`, ours: spreadNamed(spreads, "verdicts"), ...beside });
  }
  return figures;
};
