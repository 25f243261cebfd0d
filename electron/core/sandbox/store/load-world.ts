import type { GuestProfile } from "../../../../shared/model/guest-profile";
import type { Database, Row, Statement } from "../../database/database";
import type { LookUps } from "../semantics/world";
import { keepable } from "./guest-columns";
import type { GuestCache, KnownGuest } from "./known-guest";

/** What the database knows of what was looked up, all of one moment. */
export interface LoadedWorld {
  guests: ReadonlyMap<string, KnownGuest>;
  /** Browser -> guest. */
  browsers: ReadonlyMap<string, string>;
  /** Key of an identifier -> guests that have it, the oldest first. */
  identifiers: ReadonlyMap<string, readonly string[]>;
  /** Guests that have personal data that was looked up, the oldest first. */
  candidates: readonly string[];
  orderReferences: ReadonlySet<string>;
  extensionTypes: ReadonlyMap<string, "string" | "number" | "boolean">;
}

/** The key of two names in one map. */
export const pairKey = (first: string, second: string): string => JSON.stringify([first, second]);

const json = (value: unknown): string => JSON.stringify(value);

/** `CROSS JOIN` keeps the order of the loops: from what is looked up to its row, by index. */
const statementsFor = (lookUps: LookUps): Statement[] => [
  { sql: "SELECT version FROM world" },
  {
    sql: `SELECT browsers.ref, browsers.guest_ref FROM json_each(?) wanted
      CROSS JOIN browsers ON browsers.ref = wanted.value`,
    params: [json(lookUps.browserRefs)],
  },
  {
    sql: `SELECT identifiers.provider, identifiers.id, identifiers.guest_ref FROM json_each(?) wanted
      CROSS JOIN identifiers ON identifiers.provider = wanted.value ->> 0 AND identifiers.id = wanted.value ->> 1
      CROSS JOIN guests ON guests.ref = identifiers.guest_ref
      ORDER BY guests.id`,
    params: [json(lookUps.identifiers.map(({ provider, id }) => [keepable(provider), keepable(id)]))],
  },
  {
    sql: `SELECT DISTINCT guests.id, guests.ref FROM json_each(?) wanted
      CROSS JOIN personal_data ON personal_data.name = wanted.value ->> 0
        AND personal_data.value = wanted.value ->> 1
      CROSS JOIN guests ON guests.ref = personal_data.guest_ref
      ORDER BY guests.id`,
    params: [json(rarestData(lookUps))],
  },
  {
    sql: `SELECT DISTINCT orders.reference_id FROM json_each(?) wanted
      CROSS JOIN orders ON orders.reference_id = wanted.value`,
    params: [json(lookUps.orderReferences.map(keepable))],
  },
  {
    sql: `SELECT extension_types.event_type, extension_types.attribute, extension_types.type FROM json_each(?) wanted
      CROSS JOIN extension_types ON extension_types.event_type = wanted.value ->> 0
        AND extension_types.attribute = wanted.value ->> 1`,
    params: [
      json(lookUps.extensions.map(({ eventType, attribute }) => [keepable(eventType), keepable(attribute)])),
    ],
  },
];

/** Of data that must all be equal one is enough to find who comes into question; the fewest people share an e-mail. */
const rarity = ["email", "phoneNumber", "dateOfBirth", "lastName", "firstName"];

const rarestData = (lookUps: LookUps): [string, string][] =>
  lookUps.personalData.flatMap((data) => {
    const name = rarity.find((candidate) => Object.hasOwn(data, candidate));
    const value = name === undefined ? undefined : data[name];
    return name === undefined || value === undefined ? [] : [[name, keepable(value)]];
  });

const text = (row: Row, name: string): string => String(row[name]);

const toKnownGuest = (row: Row): KnownGuest => {
  const profile = text(row, "profile");
  return {
    // The column holds what this program wrote, so its JSON needs no check.
    profile: JSON.parse(profile) as GuestProfile,
    size: profile.length,
    patchSteps: Number(row["patch_steps"]),
    patchWeight: Number(row["patch_weight"]),
  };
};

/** The database was changed by another process between two looks. */
export class WorldChanged extends Error {}

/**
 * Reads guests by their references, from the cache where that has them.
 *
 * @throws WorldChanged where the database is not at `version`
 */
export const loadGuests = async (
  database: Database,
  cache: GuestCache,
  version: number,
  refs: Iterable<string>,
): Promise<Map<string, KnownGuest>> => {
  const guests = new Map<string, KnownGuest>();
  const missing: string[] = [];
  for (const ref of new Set(refs)) {
    const known = cache.get(ref);
    if (known) guests.set(ref, known);
    else missing.push(ref);
  }
  if (missing.length === 0) return guests;
  const [now, found] = await database.read([
    { sql: "SELECT version FROM world" },
    {
      sql: `SELECT guests.ref, guests.patch_steps, guests.patch_weight, guests.profile FROM json_each(?) wanted
        CROSS JOIN guests ON guests.ref = wanted.value`,
      params: [json(missing)],
    },
  ]);
  if (Number(now?.rows[0]?.["version"]) !== version) throw new WorldChanged();
  for (const row of found?.rows ?? []) {
    const guest = toKnownGuest(row);
    guests.set(text(row, "ref"), guest);
    cache.put(text(row, "ref"), guest);
  }
  return guests;
};

/**
 * Fetches what events look up, in a few queries whatever their number.
 *
 * @param version what the cache and the events at hand were read at
 * @throws WorldChanged where the database is not at that version any more
 */
export const loadWorld = async (
  database: Database,
  cache: GuestCache,
  version: number,
  lookUps: LookUps,
): Promise<LoadedWorld> => {
  const results = await database.read(statementsFor(lookUps));
  const [now, browserRows, identifierRows, candidateRows, orderRows, extensionRows] = results.map(
    ({ rows }) => rows,
  );
  if (Number(now?.[0]?.["version"]) !== version) throw new WorldChanged();

  const browsers = new Map((browserRows ?? []).map((row) => [text(row, "ref"), text(row, "guest_ref")]));
  const identifiers = new Map<string, string[]>();
  for (const row of identifierRows ?? []) {
    const key = pairKey(text(row, "provider"), text(row, "id"));
    const owners = identifiers.get(key) ?? [];
    identifiers.set(key, owners);
    owners.push(text(row, "guest_ref"));
  }
  const candidates = (candidateRows ?? []).map((row) => text(row, "ref"));
  const refs = [...browsers.values(), ...[...identifiers.values()].flat(), ...candidates];
  return {
    guests: await loadGuests(database, cache, version, refs),
    browsers,
    identifiers,
    candidates,
    orderReferences: new Set((orderRows ?? []).map((row) => text(row, "reference_id"))),
    extensionTypes: new Map(
      (extensionRows ?? []).map((row) => [
        pairKey(text(row, "event_type"), text(row, "attribute")),
        text(row, "type") as "string" | "number" | "boolean",
      ]),
    ),
  };
};
