import { compareTenantGuests } from "../../../shared/compare-tenant-guests";
import { attributes } from "../../../shared/guest-words/attributes";
import { isLine, lineOf, type ChangeLine } from "../../../shared/guest-words/change-line";
import { comparePerson } from "../../../shared/guest-words/compare-person";
import type { JsonValue } from "../../../shared/model/json";
import type { TenantGuest } from "../../../shared/model/tenant-guest";

/** Fields of the answer that `attributes` tells already, by the names that the API has for them. */
const told = new Set<string>([...attributes.map(({ key }) => key), "email", "phone", "ref", "href"]);
/** Says that something changed, and not what. */
const quiet = new Set(["modifiedAt", "lastSeen"]);

/** `modifiedAt` as people read it: `Modified at`. */
const fieldName = (field: string): string => {
  const words = field.replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const words = (value: JsonValue | undefined): string | null => {
  if (value === undefined || value === null) return null;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};

const member = (guest: TenantGuest, field: string): string | null =>
  words(Object.hasOwn(guest.raw, field) ? guest.raw[field] : undefined);

/** What differs between two answers of a tenant, in words: the attributes, and what else the tenant says. */
export const tenantChanges = (before: TenantGuest, after: TenantGuest): ChangeLine[] => {
  const fields = compareTenantGuests(before, after).map(({ path }) =>
    (path.split("/")[1] ?? "").replaceAll("~1", "/").replaceAll("~0", "~"),
  );
  const others = [...new Set(fields)]
    .filter((field) => !told.has(field))
    .map((field) =>
      lineOf(`raw/${field}`, fieldName(field), member(before, field), member(after, field), quiet.has(field)),
    );
  return [...comparePerson(before, after), ...others.filter(isLine)];
};
