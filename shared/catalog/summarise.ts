import type { StreamEvent } from "../model/event";
import type { JsonObject, JsonValue } from "../model/json";
import { isJsonObject } from "./json-values";

const longest = 120;

/**
 * What an event is about in a few words, for a row of the log: the page, the e-mail, the search term, the product,
 * the order, or the first telling values of any other. Works for the shapes of both catalogs and for garbage.
 *
 * @returns at most 120 characters on one line; empty where there is nothing to tell
 */
export const summarise = (event: StreamEvent | null): string => {
  if (event === null || !isJsonObject(event)) return "";
  const type = own(event, "type");
  const known = typeof type === "string" && Object.hasOwn(byType, type) ? byType[type]?.(event) : undefined;
  return oneLine(known || tellingValues(event) || pageOf(event));
};

const own = (object: JsonObject, name: string): JsonValue | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined;

/** A text or number as it is to be read; anything else is nothing. */
const word = (value: JsonValue | undefined): string => {
  if (typeof value === "string") return value.slice(0, 2 * longest).trim();
  return typeof value === "number" ? String(value) : "";
};

const first = (object: JsonObject, ...names: string[]): string => {
  for (const name of names) {
    const found = word(own(object, name));
    if (found !== "") return found;
  }
  return "";
};

const amount = (object: JsonObject, name: string): string => {
  const value = own(object, name);
  return typeof value === "number" && Math.abs(value) < 1e15 ? value.toFixed(2) : word(value);
};

const join = (...parts: string[]): string => parts.filter((part) => part !== "").join(", ");

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** An address without its scheme; a page's name in quotation marks. */
const pageOf = (event: JsonObject): string => {
  const page = first(event, "page");
  if (page === "") return "";
  return /^https?:\/\/./i.test(page) ? page.replace(/^https?:\/\//i, "") : `“${page}”`;
};

const identity = (event: JsonObject): string => {
  const identifiers = own(event, "identifiers");
  const [identifier] = Array.isArray(identifiers) ? identifiers : [];
  return (
    first(event, "email") ||
    (isJsonObject(identifier) ? `${first(identifier, "provider")} ${first(identifier, "id")}`.trim() : "") ||
    `${first(event, "firstname")} ${first(event, "lastname")}`.trim()
  );
};

const search = (event: JsonObject): string => {
  const term = first(event, "search_term", "product_name");
  const results = own(event, "num_results");
  const count = typeof results === "number" ? counted(results, "result") : "";
  return join(term === "" ? "" : `“${term}”`, count);
};

const product = (event: JsonObject): string => {
  const value = own(event, "product");
  if (!isJsonObject(value)) return "";
  return join(first(value, "sku", "item_id", "productId"), first(value, "name"), amount(value, "price"));
};

const order = (event: JsonObject): string => {
  const nested = own(event, "order");
  const value = isJsonObject(nested) ? nested : event;
  const items = own(value, isJsonObject(nested) ? "orderItems" : "items");
  return join(
    first(value, "reference_id", "referenceId"),
    amount(value, isJsonObject(nested) ? "price" : "total_price"),
    Array.isArray(items) ? counted(items.length, "item") : "",
  );
};

const byType: Readonly<Record<string, (event: JsonObject) => string>> = {
  VIEW: pageOf,
  IDENTITY: identity,
  SEARCH: search,
  ADD: product,
  ORDER_CHECKOUT: order,
};

/** What tells nothing of one event among others, or must not stand in a row. */
const silent: ReadonlySet<string> = new Set(
  (
    "type page channel pos currency language browser_id session_id client_key requested_at referrer " +
    "sc_search session_data _bx_version _bx_extended_message __proto__"
  ).split(" "),
);
const mostValues = 3;
const mostSteps = 50;

/** The first texts and numbers in the order in which they stand, `ext` first, however deep. */
const tellingValues = (event: JsonObject): string => {
  const found: string[] = [];
  const pending: JsonValue[] = [event];
  const ext = own(event, "ext");
  if (ext !== undefined) pending.push(ext);
  for (let step = 0; step < mostSteps && found.length < mostValues; step++) {
    const value = pending.pop();
    if (value === undefined) break;
    if (typeof value === "object" && value !== null) pending.push(...children(value, ext).reverse());
    else if (word(value) !== "") found.push(word(value));
  }
  return found.join(", ");
};

const children = (value: JsonValue[] | JsonObject, ext: JsonValue | undefined): JsonValue[] => {
  if (Array.isArray(value)) return value.slice(0, mostSteps);
  const inner: JsonValue[] = [];
  for (const name in value) {
    if (inner.length === mostSteps) break;
    const child = value[name];
    if (Object.hasOwn(value, name) && child !== undefined && child !== ext && !silent.has(name))
      inner.push(child);
  }
  return inner;
};

/** Other people's text must not break a row or turn its direction. */
const oneLine = (text: string): string => {
  const clean = text
    .replaceAll(/[\u0000-\u0020\u007f-\u009f\u00a0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g, " ")
    .trim();
  if (clean.length <= longest) return clean;
  const cut = clean.slice(0, longest - 1);
  // Not between the halves of a surrogate pair.
  return `${cut.replace(/[\uD800-\uDBFF]$/, "")}…`;
};
