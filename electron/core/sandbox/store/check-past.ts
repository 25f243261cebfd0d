import * as v from "valibot";
import { applyChanges } from "../../../../shared/diff-profile";
import type { GuestProfile, PatchOperation } from "../../../../shared/model/guest-profile";
import { profileShape } from "./export-shape";

/** Lists that grow long, so that only the item that a step has touched is looked at. */
const longLists = new Set(["sessions", "browsers", "orders"]);

const check = (schema: v.GenericSchema, value: unknown): void => {
  const result = v.safeParse(schema, value);
  if (!result.success) throw new Error(result.issues[0].message);
};

const isMember = (name: string): name is keyof typeof profileShape.entries =>
  Object.hasOwn(profileShape.entries, name);

/** Whether what a step has touched is still what a profile may hold. */
const checkTouched = (profile: GuestProfile, path: string): void => {
  const [, name, index] = path.split("/");
  if (name === undefined) return check(profileShape, profile);
  const member = name.replaceAll("~1", "/").replaceAll("~0", "~");
  if (!isMember(member)) throw new Error(`a profile has no ${member.slice(0, 50)}`);
  const [schema, value]: [v.GenericSchema, unknown] = [profileShape.entries[member], profile[member]];
  const isItem = longLists.has(member) && /^\d{1,9}$/.test(index ?? "") && Array.isArray(value);
  if (!isItem) return check(schema, value);
  const item: unknown = value[Number(index)];
  // One that was taken out leaves no item, and what moved up into its place was looked at when it came.
  if (item === undefined) return;
  if (!("item" in schema)) throw new Error(`${member} has no items`);
  check(schema.item as v.GenericSchema, item);
};

/**
 * Applies a step that somebody else has written.
 *
 * @throws Error where it does not fit the profile, or leaves something that is no profile
 */
export const applyForeignStep = (
  before: GuestProfile | undefined,
  changes: readonly PatchOperation[],
): GuestProfile => {
  if (before === undefined && changes[0]?.path !== "")
    throw new Error("the first step must be the whole profile");
  const after = applyChanges(before, changes);
  for (const { path } of changes) checkTouched(after, path);
  return after;
};
