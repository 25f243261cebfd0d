import type { Environment } from "./model/environment";
import type { BuiltEvent, FieldOrigin, StreamEvent } from "./model/event";
import { idToCome } from "./model/guest";
import type { JsonObject, JsonValue } from "./model/json";
import type { CatalogName } from "./model/verdict";

/** What an event is built from. Later layers win: environment, defaults, browser, the event as written. */
export interface BuildInput {
  environment: Pick<Environment, "channel" | "pos" | "currency" | "language">;
  catalog: CatalogName;
  /** The message type it is composed as, or the name of an event of one's own; gives `type` where it is absent. */
  messageType?: string | undefined;
  /** A scenario's defaults. */
  defaults?: JsonObject | undefined;
  /** The fields of the scenario's current browser. */
  browserFields?: JsonObject | undefined;
  /** As written. A top-level null leaves that field out. */
  event: StreamEvent;
  /** The guest context; what is empty fills nothing. */
  guest: { browserId: string; sessionId: string };
}

/** A field that need not be written. */
export interface InheritedField {
  name: string;
  /** What stands in the event where it is not written. */
  value: JsonValue;
  origin: Exclude<FieldOrigin, "event">;
  /** Whether the event as written has another value, or leaves it out by null. */
  state: "inherited" | "overridden" | "left out";
}

interface Field {
  value: JsonValue;
  origin: FieldOrigin;
}

/**
 * Builds the event as it goes on the wire (interface "How an event is built"); the one function for composer, `send`
 * and `run`. `type` comes first, then the event's own fields in their order, then what it inherits. Pure: the input
 * stays as it is, and values are shared, not copied.
 */
export const buildEvent = (input: BuildInput): BuiltEvent => {
  const supplied = suppliedFields(input);
  const written = Object.entries(input.event);
  const names = new Set(["type", ...written.map(([name]) => name), ...supplied.keys()]);
  const fields = new Map<string, Field>();
  const own = new Map(written);
  for (const name of names) {
    const value = own.get(name);
    const field: Field | undefined = value === undefined ? supplied.get(name) : { value, origin: "event" };
    // A null in any layer is a wish to leave the field out, so nothing fills it either.
    if (field !== undefined && field.value !== null) fields.set(name, field);
  }
  // `fromEntries` defines properties, so that a field named __proto__ is a field and nothing more.
  const event = Object.fromEntries([...fields].map(([name, { value }]) => [name, value]));
  const origins: Record<string, FieldOrigin> = Object.create(null) as Record<string, FieldOrigin>;
  for (const [name, { origin }] of fields) origins[name] = origin;
  return { event, origins };
};

/**
 * What an event inherits, in the order of a list: what is supplied, from where, and whether the event as written
 * overrides it. `type` is not among it.
 */
export const inheritedFields = (input: BuildInput): InheritedField[] => {
  const inherited: InheritedField[] = [];
  for (const [name, { value, origin }] of suppliedFields(input)) {
    if (name === "type" || value === null || origin === "event") continue;
    const written = Object.hasOwn(input.event, name) ? input.event[name] : undefined;
    const state = written === undefined ? "inherited" : written === null ? "left out" : "overridden";
    inherited.push({ name, value, origin, state });
  }
  return inherited;
};

/** The names of the fields that environment and guest context supply to every event. */
export const suppliedNames = (
  environment: BuildInput["environment"] & { catalog: CatalogName },
): string[] => [
  ...suppliedFields({
    environment,
    catalog: environment.catalog,
    event: {},
    guest: { browserId: idToCome, sessionId: idToCome },
  }).keys(),
];

/** All layers under the event, and what fills in where they and the event say nothing. */
const suppliedFields = (input: BuildInput): Map<string, Field> => {
  const fields = new Map<string, Field>();
  const { channel, pos, currency, language } = input.environment;
  for (const [name, value] of Object.entries({ channel, pos, currency, language })) {
    if (value !== undefined && value !== "") fields.set(name, { value, origin: "environment" });
  }
  addLayer(fields, input.defaults, "defaults");
  addLayer(fields, input.browserFields, "browser");
  fill(fields, "type", input.messageType === "CUSTOM" ? "" : (input.messageType ?? ""), "message type");
  fill(fields, "browser_id", input.guest.browserId, "guest");
  if (input.catalog === "spec") fill(fields, "session_id", input.guest.sessionId, "guest");
  return fields;
};

const addLayer = (fields: Map<string, Field>, layer: JsonObject | undefined, origin: FieldOrigin): void => {
  for (const [name, value] of Object.entries(layer ?? {})) fields.set(name, { value, origin });
};

const fill = (fields: Map<string, Field>, name: string, value: string, origin: FieldOrigin): void => {
  if (value !== "" && !fields.has(name)) fields.set(name, { value, origin });
};
