import { isDeepStrictEqual } from "node:util";
import * as v from "valibot";
import { AppError } from "../../../../shared/contract/errors";
import type { GuestProfile } from "../../../../shared/model/guest-profile";
import type { Database, Statement } from "../../database/database";
import { deepest, isTooDeep } from "../stream/read-event";
import { applyForeignStep } from "./check-past";
import {
  browserShape,
  eventShape,
  extensionTypeShape,
  headerShape,
  profileShape,
  stepShape,
} from "./export-shape";
import { createHistoryWeight } from "./history-steps";
import { JsonStreamError, readJsonStream, type JsonPart } from "./json-stream";
import { searchableLength } from "./stored-event";
import { guestStatements, stepStatement } from "./write-statements";

interface ImportOptions {
  /**
   * Opens an empty state that is thrown away where the import fails. Asked for once a thousand parts are good, or all:
   * what is no export shows that at its start, and is then refused without a database.
   */
  open(): Promise<Database>;
  closesAt(guest: GuestProfile): number | null;
  /** Bytes that it may have at most. */
  quota: number;
}

const refused = (reason: string): AppError =>
  new AppError({
    code: "INVALID_INPUT",
    message: `This is not an export of a sandbox that can be used: ${reason}.`,
    hint: "Choose a file that Bellhop has exported, unchanged. The state is as it was.",
  });

/** Statements of one transaction. */
const batchSize = 1_000;

/** Levels of an item around the payload of an event. */
const levelsAround = 5;

const placeOf = ({ member, index }: JsonPart): string =>
  index === null ? member.slice(0, 50) : `${member.slice(0, 50)}[${index}]`;

const parse = <T extends v.GenericSchema>(part: JsonPart, shape: T): v.InferOutput<T> => {
  if (isTooDeep(part.text, deepest + levelsAround)) throw refused(`${placeOf(part)} is nested too deeply`);
  let value: unknown;
  try {
    value = JSON.parse(part.text);
  } catch {
    throw refused(`${placeOf(part)} is not JSON`);
  }
  const result = v.safeParse(shape, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = (issue.path ?? []).map((item) => String(item.key)).join("/");
  throw refused(
    `${placeOf(part)}${path === "" ? "" : `, at ${path.slice(0, 200)}`}: ${issue.message.slice(0, 300)}`,
  );
};

const insertEvent = `INSERT INTO events (seq, ref, status, transport, type, browser_ref, guest_ref, session_ref,
  created_at, accepted_at, modified_at, issues, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

const eventStatement = (part: JsonPart): Statement => {
  const event = parse(part, eventShape);
  const { seq, ref, status, transport, browserRef, guestRef, sessionRef, payload } = event;
  const { type, browser_id: browserId } = payload;
  if (typeof type !== "string" || type === "") throw refused(`${placeOf(part)} has no type in its payload`);
  if (browserId !== browserRef)
    throw refused(`${placeOf(part)} is not of the browser that its payload names`);
  return {
    sql: insertEvent,
    params: [
      ...[seq, ref, status, transport, type.slice(0, searchableLength), browserRef, guestRef, sessionRef],
      ...[event.createdAt, event.acceptedAt, event.modifiedAt],
      ...[JSON.stringify(event.issues), JSON.stringify(payload)],
    ],
  };
};

/** What must hold between the parts; each query gives a row where it does not. */
const crossChecks: readonly [string, string][] = [
  [
    "a browser belongs to nobody",
    "SELECT 1 FROM browsers LEFT JOIN guests ON guests.ref = browsers.guest_ref WHERE guests.ref IS NULL",
  ],
  [
    "a guest has a browser that belongs to another one",
    `SELECT 1 FROM guests CROSS JOIN json_each(guests.profile, '$.browsers') owned
     LEFT JOIN browsers ON browsers.ref = owned.value ->> 'ref'
     WHERE guests.type <> 'retired' AND browsers.guest_ref IS NOT guests.ref`,
  ],
  [
    "an event is of a browser that is not there",
    "SELECT 1 FROM events LEFT JOIN browsers ON browsers.ref = events.browser_ref WHERE browsers.ref IS NULL",
  ],
  [
    "an event belongs to a guest who is not there",
    "SELECT 1 FROM events LEFT JOIN guests ON guests.ref = events.guest_ref WHERE guests.ref IS NULL",
  ],
  [
    "a guest became one who is not there",
    `SELECT 1 FROM guests LEFT JOIN guests AS survivor ON survivor.ref = guests.merged_into
     WHERE (guests.merged_into IS NOT NULL OR guests.type = 'retired') AND survivor.ref IS NULL`,
  ],
  [
    "a guest became one who never leads to a living guest",
    `WITH RECURSIVE settled (ref) AS (
       SELECT ref FROM guests WHERE merged_into IS NULL
       UNION ALL SELECT guests.ref FROM settled JOIN guests ON guests.merged_into = settled.ref)
     SELECT 1 FROM guests WHERE ref NOT IN (SELECT ref FROM settled)`,
  ],
  [
    "a guest became another one and lives all the same",
    "SELECT 1 FROM guests WHERE merged_into IS NOT NULL AND type <> 'retired'",
  ],
  [
    "a guest has no history",
    "SELECT 1 FROM guests WHERE NOT EXISTS (SELECT 1 FROM history WHERE history.guest = guests.id)",
  ],
  [
    "a step of history is of an event that is not there",
    `SELECT 1 FROM history LEFT JOIN events ON events.seq = history.event
     WHERE history.event IS NOT NULL AND events.seq IS NULL`,
  ],
  [
    "an event that is to be applied has left a step of history already",
    "SELECT 1 FROM events JOIN history ON history.event = events.seq WHERE events.status = 'PENDING'",
  ],
];

/**
 * Reads an export into an empty state and believes nothing of it: each part must have its form, the parts must fit each
 * other, and each guest's history, played through, must lead to the guest.
 *
 * @throws AppError INVALID_INPUT with the place and the reason
 */
export const importState = async (
  text: AsyncIterable<string>,
  { open, closesAt, quota }: ImportOptions,
): Promise<void> => {
  let batch: Statement[] = [];
  const members = new Set<string>();
  const header = new Map<string, unknown>();

  const flush = async (): Promise<void> => {
    const statements = batch;
    batch = [];
    if (statements.length === 0) return;
    const database = await open();
    await database.transaction(statements).catch((error: unknown) => {
      const isTwice = error instanceof AppError && /constraint/i.test(error.message);
      throw isTwice ? refused("a reference or a number is there twice, or belongs to nobody") : error;
    });
    const [size] = await database.query(
      "SELECT pages.page_count * size.page_size AS bytes FROM pragma_page_count pages, pragma_page_size size",
    );
    if (Number(size?.["bytes"]) > quota) throw refused("it is larger than the sandbox's quota");
  };
  const add = async (...statements: Statement[]): Promise<void> => {
    batch.push(...statements);
    if (batch.length >= batchSize) await flush();
  };

  const past = createPast(open, add, flush);
  const readers: Readonly<Record<string, (part: JsonPart) => Promise<void>>> = {
    async browsers(part) {
      const browser = parse(part, browserShape);
      await add({
        sql: "INSERT INTO browsers (ref, guest_ref, first_guest_ref, created_at) VALUES (?, ?, ?, ?)",
        params: [browser.ref, browser.guestRef, browser.firstGuestRef, browser.createdAt],
      });
    },
    async extensionTypes(part) {
      const { eventType, attribute, type } = parse(part, extensionTypeShape);
      await add({
        sql: "INSERT INTO extension_types (event_type, attribute, type) VALUES (?, ?, ?)",
        params: [eventType, attribute, type],
      });
    },
    events: async (part) => add(eventStatement(part)),
    async guests(part) {
      const after = parse(part, profileShape);
      const profile = JSON.stringify(after);
      const write = { before: undefined, after, size: profile.length, patchSteps: 0, patchWeight: 0 };
      await add(...guestStatements(write, profile, closesAt(after)));
    },
    history: (part) => past.add(part),
  };

  const readPart = async (part: JsonPart): Promise<void> => {
    const { member, index } = part;
    if (index === null || index === 0) {
      if (members.has(member)) throw refused(`it has ${member.slice(0, 50)} twice`);
      members.add(member);
    }
    const read = Object.hasOwn(readers, member) ? readers[member] : undefined;
    if (read && index !== null) return read(part);
    if (!Object.hasOwn(headerShape, member) || index !== null) return;
    header.set(member, parse(part, v.unknown()));
    const { version } = Object.fromEntries(header);
    if (typeof version === "number" && version > 1) throw refused("a newer version of Bellhop wrote it");
  };

  try {
    for await (const part of readJsonStream(text)) await readPart(part);
  } catch (error) {
    throw error instanceof JsonStreamError ? refused(error.message) : error;
  }
  const found = v.safeParse(v.object(headerShape), Object.fromEntries(header));
  if (!found.success) throw refused("its header is missing or wrong");
  await past.end();
  await flush();

  const database = await open();
  for (const [problem, sql] of crossChecks) {
    if ((await database.query(`${sql} LIMIT 1`)).length > 0) throw refused(problem);
  }
  await database.transaction([
    { sql: "UPDATE world SET clock_offset = ?", params: [found.output.clockOffset] },
    { sql: "UPDATE counters SET value = ? WHERE name = 'rejected'", params: [found.output.rejected] },
  ]);
};

/** Plays histories through, one guest after the other. */
const createPast = (
  open: () => Promise<Database>,
  add: (...statements: Statement[]) => Promise<void>,
  flush: () => Promise<void>,
) => {
  let at: {
    ref: string;
    last: number;
    profile: GuestProfile;
    weight: ReturnType<typeof createHistoryWeight>;
  } | null = null;

  /** The guest's own profile must be what its last step has made of it. */
  const end = async (): Promise<void> => {
    if (!at) return;
    await flush();
    const { ref, profile, weight } = at;
    at = null;
    const [row] = await (await open()).query("SELECT profile FROM guests WHERE ref = ?", ref);
    const kept: unknown = row ? JSON.parse(String(row["profile"])) : undefined;
    if (!isDeepStrictEqual(kept, profile))
      throw refused(`the history of guest ${ref} does not lead to that guest`);
    const { patchSteps, patchWeight } = weight.state();
    await add({
      sql: "UPDATE guests SET patch_steps = ?, patch_weight = ? WHERE ref = ?",
      params: [patchSteps, patchWeight, ref],
    });
  };

  return {
    end,
    async add(part: JsonPart): Promise<void> {
      const { seq, guestRef, event, changes, ...rest } = parse(part, stepShape);
      if (at?.ref !== guestRef) await end();
      if (at && seq <= at.last) throw refused(`${placeOf(part)} is not behind the step before it`);
      let profile: GuestProfile;
      try {
        profile = applyForeignStep(at?.profile, changes);
      } catch (error) {
        throw refused(
          `${placeOf(part)}: ${error instanceof Error ? error.message.slice(0, 300) : "unusable"}`,
        );
      }
      if (profile.ref !== guestRef) throw refused(`${placeOf(part)} makes another guest of this one`);
      const weight = at?.weight ?? createHistoryWeight();
      const text = JSON.stringify(changes);
      const snapshot = weight.take(text.length, at === null, () => JSON.stringify(profile));
      at = { ref: guestRef, last: seq, profile, weight };
      await add(stepStatement({ ...rest, guestRef, eventSeq: event, changes: text, snapshot }, seq));
    },
  };
};
