import type { JsonValue } from "./model/json";
import type { ChangedField, TenantGuest } from "./model/tenant-guest";

type Found = JsonValue | undefined;
type Container = JsonValue[] | { [key: string]: JsonValue };

const isContainer = (value: Found): value is Container => typeof value === "object" && value !== null;

const sameKind = (one: Found, other: Found): boolean =>
  isContainer(one) && isContainer(other) && Array.isArray(one) === Array.isArray(other);

/** The own member of a list or an object: a tenant may call a field `constructor`. */
const member = (container: Container, key: string): Found =>
  Object.hasOwn(container, key) ? (container as Record<string, JsonValue>)[key] : undefined;

const pointer = (path: string, key: string): string =>
  `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;

const compare = (path: string, before: Found, after: Found): ChangedField[] => {
  if (before === after) return [];
  if (sameKind(before, after)) {
    const [old, now] = [before as Container, after as Container];
    const keys = new Set([...Object.keys(old), ...Object.keys(now)]);
    return [...keys].flatMap((key) => compare(pointer(path, key), member(old, key), member(now, key)));
  }
  return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
};

/**
 * What differs between two states of a tenant's guest, in all that the tenant says of it. Lists are compared place by
 * place.
 *
 * @param before null where there was no guest yet: then everything is new
 * @param after null where there is none any more
 */
export const compareTenantGuests = (
  before: Pick<TenantGuest, "raw"> | null,
  after: Pick<TenantGuest, "raw"> | null,
): ChangedField[] => compare("", before?.raw ?? {}, after?.raw ?? {});
