import { AppError } from "../../../../shared/contract/errors";
import type { Entry } from "../../../../shared/model/entry";
import type { Environment } from "../../../../shared/model/environment";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import { printPair } from "../edit/print-value";
import { sharedValues, withNames } from "./shared-values";

/** An entry that an event was sent or captured with. */
type Sent = Entry & { event: JsonObject };

/** What an environment gives to every event. */
type Inherited = Pick<Environment, "channel" | "pos" | "currency" | "language">;

const inheritedNames = ["channel", "pos", "currency", "language"] as const;

/** Who sends is the run's own; when, is another time; a key never stands in a file. */
const own = ["type", "browser_id", "session_id", "client_key", "requested_at"];

/** Milliseconds: what is shorter is no pause of a person, and nobody waits longer in a test. */
const pauses = { shortest: 300, longest: 10_000 };

const isSent = (entry: Entry): entry is Sent => entry.kind === "event" && entry.event !== null;

const nothingToSave = (): AppError =>
  new AppError({
    code: "INVALID_INPUT",
    message: "None of these entries carries an event.",
    hint: "Select entries of events: browser calls and reads of guests are made by a run itself.",
    field: "/from/ids",
  });

/** What redaction has left of a secret is no value. */
const isMasked = (value: JsonValue): boolean => typeof value === "string" && value.startsWith("***");

const unmasked = (value: JsonValue): JsonValue => {
  if (Array.isArray(value)) return value.filter((item) => !isMasked(item)).map(unmasked);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (isMasked(inner) ? [] : [[key, unmasked(inner)]])),
  );
};

const written = ({ event }: Sent, inherited: Inherited): JsonObject => {
  const kept = Object.entries(event).filter(
    ([key, value]) =>
      !own.includes(key) && inherited[key as (typeof inheritedNames)[number]] !== value && !isMasked(value),
  );
  return unmasked(Object.fromEntries(kept)) as JsonObject;
};

/** In half seconds, as people think. */
const pauseOf = (before: Sent | undefined, { at }: Sent): string | null => {
  const passed = before === undefined ? 0 : Date.parse(at) - Date.parse(before.at);
  if (!(passed >= pauses.shortest)) return null;
  const rounded = Math.min(pauses.longest, Math.max(500, Math.round(passed / 500) * 500));
  return rounded % 1000 === 0 ? `${rounded / 1000}s` : `${rounded}ms`;
};

/** The browser of each event, where there are several, and a new session where a browser began one. */
const createTurns = (entries: readonly Sent[]) => {
  const ids = [...new Set(entries.map(({ event }) => String(event["browser_id"])))];
  const sessions = new Map<string, JsonValue | undefined>();
  let current: string | null = null;
  return ({ event }: Sent): JsonObject[] => {
    const id = String(event["browser_id"]);
    const steps: JsonObject[] = [];
    if (ids.length > 1 && id !== current) steps.push({ browser: `browser-${ids.indexOf(id) + 1}` });
    current = id;
    const session = event["session_id"];
    if (sessions.has(id) && sessions.get(id) !== session) steps.push({ session: "new" });
    sessions.set(id, session);
    return steps;
  };
};

const sendStep = ({ type, event, response }: Sent, fields: JsonValue): JsonObject => {
  const status = response?.status ?? 0;
  return {
    send: typeof event["type"] === "string" && event["type"] !== "" ? event["type"] : type,
    ...(Object.keys(fields as JsonObject).length > 0 && { event: fields }),
    ...(status >= 200 && status < 300 && { expect: { status } }),
  };
};

/** What every event says that its environment does not: said once. */
const defaultsOf = (events: readonly JsonObject[]): JsonObject =>
  Object.fromEntries(
    inheritedNames.flatMap((name) => {
      const value = events[0]?.[name];
      const isShared = typeof value === "string" && events.every((event) => event[name] === value);
      return isShared ? [[name, value]] : [];
    }),
  );

/** Where events of Sitecore's own form can be played again; what is said of no other is left open. */
const environmentsOf = (entries: readonly Sent[]): string[] | null => {
  const [first] = entries;
  if (first === undefined || first.transport === "spec") return null;
  if (!entries.every(({ environment }) => environment === first.environment)) return null;
  return [first.environment === "sandbox" ? "sandbox-engage" : first.environment];
};

const style = { indent: 2, dash: 2 };

/**
 * A scenario that sends again what was sent, on browsers of its own.
 *
 * @param entries of the log, redacted as they are there
 * @param inheritedOf what an environment gives to every event
 * @throws AppError INVALID_INPUT where none carries an event
 */
export const scenarioOfEntries = (
  name: string,
  entries: readonly Entry[],
  inheritedOf: (environment: string) => Inherited,
): string => {
  const sent = entries.filter(isSent).sort((a, b) => a.seq - b.seq);
  const [first] = sent;
  if (first === undefined) throw nothingToSave();
  const events = sent.map((entry) => written(entry, inheritedOf(entry.environment)));
  const defaults = defaultsOf(events);
  const fields = events.map((event) =>
    Object.fromEntries(Object.entries(event).filter(([key]) => !Object.hasOwn(defaults, key))),
  );
  const names = sharedValues(fields);
  const turn = createTurns(sent);
  const steps = sent.flatMap((entry, index) => {
    const pause = pauseOf(sent[index - 1], entry);
    return [
      ...(pause === null ? [] : [{ wait: pause }]),
      ...turn(entry),
      sendStep(entry, withNames(fields[index] ?? {}, names)),
    ];
  });
  const vars = Object.fromEntries([...names].map(([text, variable]) => [variable, text]));
  const environments = environmentsOf(sent);
  const head: [string, JsonValue][] = [
    ["bellhop", 1],
    ["name", name],
    ...(environments === null ? [] : [["environments", environments] as [string, JsonValue]]),
    ...(names.size === 0 ? [] : [["vars", vars] as [string, JsonValue]]),
    ...(Object.keys(defaults).length === 0 ? [] : [["defaults", defaults] as [string, JsonValue]]),
    ["steps", steps],
  ];
  const lines = head.flatMap(([key, value]) => printPair(key, value, 0, style));
  const made = `# Made from ${sent.length} ${sent.length === 1 ? "entry" : "entries"} of the log, of ${first.at.slice(0, 10)}. Pauses are rounded.`;
  return `${[made, ...lines].join("\n")}\n`;
};
