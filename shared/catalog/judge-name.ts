import type { CatalogName, Issue } from "../model/verdict";
import { isReservedName, reservedNames, reservedPrefix } from "./reserved-names";
import { nearestOf } from "./nearest-name";

/** The types that the specification describes; each other name is an event's own. */
const described: ReadonlySet<string> = new Set(["VIEW", "IDENTITY", "ORDER_CHECKOUT", "ADD", "SEARCH"]);

const nearestDescribed = nearestOf(described);

/** Reserved names that Sitecore's own programs send, so that its catalog takes them. TRACKING is not for others. */
const sitecoreSends = (name: string): boolean =>
  (reservedNames.has(name) && name !== "TRACKING") || name.startsWith(`${reservedPrefix}SEARCH_`);

/**
 * What is to be said of an event's `type` as a name: whether it is reserved (interface: the list and the prefix
 * `SC_`, compared in upper case), the literal `CUSTOM`, or near to a type that was probably meant.
 */
export const judgeName = (type: string, catalog: CatalogName): Issue | undefined => {
  if (described.has(type) || (catalog === "sitecore" && sitecoreSends(type))) return undefined;
  if (type === "CUSTOM") {
    return {
      severity: "warning",
      code: "literal-custom",
      path: "/type",
      message: "/type CUSTOM says nothing: an event of your own has its name as type.",
      hint: "Write a name such as shop:WISHLIST_ADD.",
      catalog,
      certainty: "documented",
    };
  }
  if (isReservedName(type)) return reserved(type, catalog);
  const near = nearestDescribed(type);
  if (near === undefined) return undefined;
  return {
    severity: "info",
    code: "unusual-name",
    path: "/type",
    message: `/type ${type} makes it an event of your own. Did you mean ${near}?`,
    catalog,
  };
};

const reserved = (type: string, catalog: CatalogName): Issue => {
  const upper = type.toUpperCase();
  const issue = {
    severity: "error",
    code: "reserved-name",
    path: "/type",
    catalog,
    certainty: "documented",
  } as const;
  if (upper !== type && (described.has(upper) || (catalog === "sitecore" && sitecoreSends(upper)))) {
    return { ...issue, message: `/type must be ${upper}: types are written in capitals.` };
  }
  if (upper.startsWith(reservedPrefix)) {
    return {
      ...issue,
      message: `/type must not start with ${reservedPrefix}: such names are Sitecore's own.`,
      hint: "Give the event another name.",
    };
  }
  return {
    ...issue,
    message: `/type ${upper} is reserved: it is a type of Sitecore's that this catalog does not describe.`,
    hint: "Give an event of your own another name.",
  };
};
