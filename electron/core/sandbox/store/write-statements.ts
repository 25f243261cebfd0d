import type { Statement } from "../../database/database";
import {
  columnsOf,
  identifiersOf,
  keepable,
  keysBeyond,
  personalDataOf,
  type GuestKey,
} from "./guest-columns";
import type { GuestWrite, HistoryStep } from "./history-steps";

const insertGuest = `INSERT INTO guests (type, first_name, last_name, email, last_seen, merged_into, closes_at, sessions,
  orders, patch_steps, patch_weight, search, profile, ref) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

const updateGuest = `UPDATE guests SET type = ?, first_name = ?, last_name = ?, email = ?, last_seen = ?, merged_into = ?,
  closes_at = ?, sessions = ?, orders = ?, patch_steps = ?, patch_weight = ?, search = ?, profile = ? WHERE ref = ?`;

const insertStep = `INSERT INTO history (guest, event, at, why, certainty, source, changes, snapshot, seq)
  VALUES ((SELECT id FROM guests WHERE ref = ?), ?, ?, ?, ?, ?, ?, ?, ?)`;

const keyStatements = (
  table: { name: string; columns: string; matches: string },
  guestRef: string,
  had: readonly GuestKey[],
  has: readonly GuestKey[],
): Statement[] => [
  ...keysBeyond(had, has).map(({ name, value }) => ({
    sql: `DELETE FROM ${table.name} WHERE ${table.matches} AND guest_ref = ?`,
    params: [name, value, guestRef],
  })),
  ...keysBeyond(has, had).map(({ name, value }) => ({
    sql: `INSERT OR IGNORE INTO ${table.name} (${table.columns}, guest_ref) VALUES (?, ?, ?)`,
    params: [name, value, guestRef],
  })),
];

const identifierTable = { name: "identifiers", columns: "provider, id", matches: "provider = ? AND id = ?" };
const personalTable = { name: "personal_data", columns: "name, value", matches: "name = ? AND value = ?" };

/**
 * Writes a guest and all that leads to it.
 *
 * @param closesAt when the first of its open sessions closes, in epoch milliseconds
 * @param profile it as JSON
 */
export const guestStatements = (
  { before, after, patchSteps, patchWeight }: GuestWrite,
  profile: string,
  closesAt: number | null,
): Statement[] => {
  const { ref } = after;
  const columns = columnsOf(after);
  const { type, firstName, lastName, email, lastSeen, mergedInto, sessions, orders, search } = columns;
  const statements: Statement[] = [
    {
      sql: before ? updateGuest : insertGuest,
      params: [
        ...[type, firstName, lastName, email, lastSeen, mergedInto, closesAt, sessions, orders],
        ...[patchSteps, patchWeight, search, profile, ref],
      ],
    },
    ...keyStatements(identifierTable, ref, identifiersOf(before?.profile), identifiersOf(after)),
    ...keyStatements(personalTable, ref, personalDataOf(before?.profile), personalDataOf(after)),
  ];
  // What a retired guest still shows is the survivor's.
  if (after.guestType === "retired") return statements;
  const hadBrowsers = new Set(before?.profile.browsers.map((browser) => browser.ref));
  const hadOrders = new Set(before?.profile.orders.map((order) => order.ref));
  return [
    ...statements,
    ...after.browsers
      .filter((browser) => !hadBrowsers.has(browser.ref))
      .map((browser) => ({
        sql: "UPDATE browsers SET guest_ref = ? WHERE ref = ?",
        params: [ref, browser.ref],
      })),
    ...after.orders
      .filter((order) => !hadOrders.has(order.ref))
      .map((order) => ({
        sql: `INSERT INTO orders (ref, reference_id, guest_ref) VALUES (?, ?, ?)
          ON CONFLICT (ref) DO UPDATE SET guest_ref = excluded.guest_ref`,
        params: [order.ref, keepable(order.referenceId), ref],
      })),
  ];
};

/** @param seq its place among all steps; the next one where it is absent */
export const stepStatement = (step: HistoryStep, seq: number | null = null): Statement => ({
  sql: insertStep,
  params: [
    ...[step.guestRef, step.eventSeq, step.at, step.why, step.certainty, step.source],
    ...[step.changes, step.snapshot, seq],
  ],
});
