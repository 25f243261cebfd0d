import { escapeSegment, isJsonObject } from "../../../../shared/catalog/json-values";
import type { EventMark, GuestProfile } from "../../../../shared/model/guest-profile";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { Issue } from "../../../../shared/model/verdict";
import { issueOf, type Occasion } from "./ruling";
import { finite, kindOf, own, textOf } from "./values";
import { counted, shown } from "./words";
import type { Applied, EventToApply } from "./world";

/** Sitecore (send additional event data; both SDKs): attributes of one event's `ext`, counted after flattening. */
const mostAttributes = 50;
/** Sitecore (Guest REST API): pairs of one of a guest's data extensions. */
export const mostOfGuest = 100;
/** Leaves that are counted before an `ext` is just "too many"; a hostile one could have a million. */
const mostCounted = 1_000;

/** The documents say alphanumeric, and their own SDKs join the names of nested objects with `_`. */
const alphanumeric = /^[A-Za-z0-9]{1,100}$/;
const asSdksName = /^[A-Za-z0-9][A-Za-z0-9_]{0,99}$/;

type Attribute = string | number | boolean;
type AttributeType = Applied["extensionTypes"][number]["type"];

export interface Extension {
  attributes: ReadonlyMap<string, Attribute>;
  /** Why the event fails. */
  failed: Issue[];
  issues: Issue[];
  /** The types that this event fixes for its own type. */
  types: Applied["extensionTypes"];
}

const none: Extension = { attributes: new Map(), failed: [], issues: [], types: [] };

/** The names of an event's attributes, as far as the type of each has to be known. */
export const attributeNames = ({ payload }: EventToApply): string[] => {
  const ext = own(payload, "ext");
  if (!isJsonObject(ext)) return [];
  const names: string[] = [];
  for (const name in ext) {
    if (names.length === mostAttributes) break;
    if (Object.hasOwn(ext, name) && asSdksName.test(name) && typeOf(ext[name]) !== undefined)
      names.push(name);
  }
  return names;
};

/**
 * Reads an event's `ext` by what Sitecore documents: at most 50 attributes, text, number or true or false, and one type
 * for each attribute of an event type. What its servers do about more, or about another type, is not verified: here
 * the event fails, because nobody could use it. Names and values that cannot be kept are left out, and said.
 */
export const readExtension = (occasion: Occasion): Extension => {
  const ext = own(occasion.event.payload, "ext");
  if (ext === undefined || ext === null) return none;
  const warn = (code: string, path: string, message: string): Issue =>
    issueOf(occasion, { severity: "warning", code, path, message, certainty: "unverified" });
  if (!isJsonObject(ext))
    return {
      ...none,
      issues: [warn("wrong-type", "/ext", `/ext is ${kindOf(ext)} and not an object, so it was left out.`)],
    };
  const count = countLeaves(ext);
  if (count > mostAttributes) return { ...none, failed: [tooMany(occasion, count)] };
  const attributes = new Map<string, Attribute>();
  const failed: Issue[] = [];
  const issues: Issue[] = [];
  const types: Applied["extensionTypes"] = [];
  for (const [name, value] of Object.entries(ext)) {
    const path = `/ext/${escapeSegment(shown(name))}`;
    const attribute = attributeOf(value);
    if (value === null) continue;
    if (!asSdksName.test(name))
      issues.push(
        warn("attribute-name", path, `${path} was left out: names are made of letters and digits.`),
      );
    else if (attribute === undefined)
      issues.push(
        warn(
          "attribute-type",
          path,
          `${path} was left out: it is ${kindOf(value)}, and an attribute is a text, a number, or true or false.`,
        ),
      );
    else {
      if (!alphanumeric.test(name))
        issues.push(
          warn(
            "attribute-name",
            path,
            `${path} has a name that the documents do not allow: letters and digits only.`,
          ),
        );
      attributes.set(name, attribute);
      const type = typeOf(attribute) as AttributeType;
      const before = occasion.world.extensionType(occasion.mark.type, name);
      if (before === undefined) types.push({ eventType: occasion.mark.type, attribute: name, type });
      else if (before !== type) failed.push(otherType(occasion, path, before, type));
    }
  }
  return { attributes, failed, issues: issues.slice(0, 100), types };
};

const typeOf = (value: JsonValue | undefined): AttributeType | undefined =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? (typeof value as AttributeType)
    : undefined;

const attributeOf = (value: JsonValue): Attribute | undefined => {
  if (typeof value === "boolean") return value;
  return typeof value === "string" ? (textOf(value) ?? "") : finite(value);
};

/** As the SDKs count: what lies deeper counts each for itself, null does not count. */
const countLeaves = (ext: JsonObject): number => {
  let count = 0;
  const pending: JsonValue[] = [ext];
  for (let value = pending.pop(); value !== undefined && count < mostCounted; value = pending.pop()) {
    if (isJsonObject(value))
      for (const inner of Object.values(value).slice(0, mostCounted)) pending.push(inner);
    else if (value !== null) count++;
  }
  return count;
};

const tooMany = (occasion: Occasion, count: number): Issue =>
  issueOf(occasion, {
    severity: "error",
    code: "too-many-attributes",
    path: "/ext",
    message: `/ext has ${count >= mostCounted ? `${mostCounted} or more` : count} attributes; ${mostAttributes} are allowed.`,
    hint: "That the real CDP fails such an event is not verified; the limit is documented.",
    certainty: "unverified",
  });

const otherType = (occasion: Occasion, path: string, before: AttributeType, type: AttributeType): Issue =>
  issueOf(occasion, {
    severity: "error",
    code: "attribute-type-changed",
    path,
    message: `${path} is a ${type}, but it was a ${before} in ${shown(occasion.event.type)} before: an attribute keeps its type.`,
    hint: "That the real CDP fails such an event is not verified; the rule is documented.",
    certainty: "unverified",
  });

/**
 * Keeps the attributes of an IDENTITY as the guest's data extension `ext`.
 *
 * @returns the guest, what was set in words, and how many attributes found no room
 */
export const extendGuest = (
  guest: GuestProfile,
  { attributes }: Extension,
  mark: EventMark,
): { guest: GuestProfile; said: string[]; left: number } => {
  let left = 0;
  const ext: Record<string, Attribute> = { ...guest.extensions["ext"] };
  const setBy = { ...guest.setBy };
  let size = Object.keys(ext).length;
  let set = 0;
  for (const [name, value] of attributes) {
    if (!Object.hasOwn(ext, name) && ++size > mostOfGuest) {
      left++;
      continue;
    }
    if (ext[name] === value && Object.hasOwn(ext, name)) continue;
    ext[name] = value;
    setBy[`/extensions/ext/${name}`] = mark;
    set++;
  }
  if (set === 0) return { guest, said: [], left };
  const said = [`${counted(set, "attribute")} of its extension data`];
  return { guest: { ...guest, extensions: { ...guest.extensions, ext }, setBy }, said, left };
};
