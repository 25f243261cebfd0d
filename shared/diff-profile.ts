import { applyOperation, compare } from "fast-json-patch";
import { escapeSegment } from "./catalog/json-values";
import type { GuestProfile, PatchOperation } from "./model/guest-profile";
import type { JsonValue } from "./model/json";

/**
 * What changed between two states of a guest, as JSON Patch (RFC 6902). Applied to `before` it gives `after`.
 * Parts that both states share by reference cost nothing, so the list of a thousand old sessions is not compared.
 *
 * @param before absent where the guest is new: then the one operation adds the whole profile at the root
 */
export const diffProfiles = (before: GuestProfile | undefined, after: GuestProfile): PatchOperation[] => {
  if (before === undefined) return [{ op: "add", path: "", value: asJson(after) }];
  return before === after ? [] : diffMembers(asJson(before), asJson(after), "");
};

/**
 * The profile after some changes; neither `before` nor the changes' own values are altered, and what did not change
 * is shared with `before`.
 *
 * @param before absent where the changes begin with the guest's first state
 * @throws Error where the changes do not fit the profile
 */
export const applyChanges = (
  before: GuestProfile | undefined,
  changes: readonly PatchOperation[],
): GuestProfile => {
  const root: { profile: unknown } = { profile: before };
  const own = new Set<unknown>([root]);
  for (const change of changes) {
    const operation = { ...change, path: `/profile${change.path}` };
    ownTheWay(root, operation.path, own);
    applyOperation<unknown>(root, operation, false, true, true);
  }
  return root.profile as GuestProfile;
};

type Members = { [key: string]: JsonValue };

/** A profile is JSON through and through; its interface only has no index signature. */
const asJson = (profile: GuestProfile): Members => profile as unknown as Members;

const isContainer = (value: unknown): value is JsonValue[] | Members =>
  typeof value === "object" && value !== null;

/** The profile's own members, whose lists can be long: those are walked by reference before anything is compared. */
const diffMembers = (before: Members, after: Members, path: string): PatchOperation[] => {
  const operations: PatchOperation[] = [];
  for (const key of Object.keys(before))
    if (!Object.hasOwn(after, key)) operations.push({ op: "remove", path: `${path}/${escapeSegment(key)}` });
  for (const [key, value] of Object.entries(after)) {
    const at = `${path}/${escapeSegment(key)}`;
    if (Object.hasOwn(before, key)) diffValue(operations, before[key] as JsonValue, value, at);
    else operations.push({ op: "add", path: at, value });
  }
  return operations;
};

const diffValue = (operations: PatchOperation[], before: JsonValue, after: JsonValue, path: string): void => {
  if (before === after) return;
  if (Array.isArray(before) && Array.isArray(after)) diffLists(operations, before, after, path);
  else if (isContainer(before) && isContainer(after) && !Array.isArray(before) && !Array.isArray(after)) {
    for (const operation of compare(before, after) as PatchOperation[])
      operations.push({ ...operation, path: path + operation.path });
  } else operations.push({ op: "replace", path, value: after });
};

const diffLists = (
  operations: PatchOperation[],
  before: JsonValue[],
  after: JsonValue[],
  path: string,
): void => {
  if (after.length === 0) {
    if (before.length > 0) operations.push({ op: "replace", path, value: [] });
    return;
  }
  const shared = Math.min(before.length, after.length);
  for (let index = 0; index < shared; index++) {
    const [one, other] = [before[index] as JsonValue, after[index] as JsonValue];
    if (one !== other) diffValue(operations, one, other, `${path}/${index}`);
  }
  for (let index = before.length - 1; index >= shared; index--)
    operations.push({ op: "remove", path: `${path}/${index}` });
  for (let index = shared; index < after.length; index++)
    operations.push({ op: "add", path: `${path}/${index}`, value: after[index] as JsonValue });
};

/** Copies each container on the way to a place, unless it is a copy already. */
const ownTheWay = (root: { profile: unknown }, path: string, own: Set<unknown>): void => {
  let container = root as unknown as Members;
  for (const escaped of path.split("/").slice(1, -1)) {
    const segment = escaped.replaceAll("~1", "/").replaceAll("~0", "~");
    const inner = Object.hasOwn(container, segment) ? container[segment] : undefined;
    if (!isContainer(inner)) return;
    if (!own.has(inner)) {
      const copy = Array.isArray(inner) ? [...inner] : { ...inner };
      own.add(copy);
      container[segment] = copy;
    }
    container = container[segment] as Members;
  }
};
