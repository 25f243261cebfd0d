import type { CartItem, GuestProfile, GuestSession } from "../../../../shared/model/guest-profile";
import { isJsonObject } from "../../../../shared/catalog/json-values";
import type { JsonObject } from "../../../../shared/model/json";
import type { Issue } from "../../../../shared/model/verdict";
import { withSession } from "./open-sessions";
import { readPrice, spokenValue, valueOf, type Price } from "./prices";
import { issueOf, type Occasion, type Rule } from "./ruling";
import { sources } from "./sources";
import { finite, keyOf, kindOf, own, textOf } from "./values";
import { counted, quoted, short, shown } from "./words";

/** The guest with another cart in one of its sessions, which becomes the guest's own. */
export const withCart = (guest: GuestProfile, index: number, session: GuestSession): GuestProfile => {
  const sessions = withSession(guest.sessions, index, session);
  if (session.cart.length > 0) {
    const cart = { sessionRef: session.ref, items: session.cart, value: valueOf(session.cart) };
    return { ...guest, sessions, cart };
  }
  return { ...guest, sessions, cart: guest.cart?.sessionRef === session.ref ? null : guest.cart };
};

/**
 * ADD. AsyncAPI document: `product.sku`, without a quantity; that each ADD adds one, and that the last price holds for
 * all of them, is Bellhop's reading. Sitecore (ADD event): of an `item_id`, the latest quantity and price count.
 */
export const add: Rule = (guest, index, occasion) => {
  const { event } = occasion;
  const session = guest.sessions[index] as GuestSession;
  const product = own(event.payload, "product");
  const field = event.catalog === "spec" ? "sku" : "item_id";
  const certainty = event.catalog === "spec" ? "unverified" : "documented";
  const source = event.catalog === "spec" ? sources.bellhop : sources.add;
  const id = isJsonObject(product) ? keyOf(own(product, field)) : undefined;
  if (!isJsonObject(product) || id === undefined) {
    const message = `/product/${field} is missing, so nothing was put into the cart.`;
    const issues = [warn(occasion, "nothing-added", "/product", message)];
    const why = "Nothing was put into the cart: the event does not say which product.";
    return { guest, issues, why, certainty: "unverified", source };
  }
  const place = session.cart.findIndex((item) => item.id === id);
  const before = session.cart[place];
  const { item, issues } =
    event.catalog === "spec" ? oneMore(occasion, product, id, before) : replaced(occasion, product, id);
  const cart = session.cart.slice();
  cart[place === -1 ? cart.length : place] = item;
  const after = withCart(guest, index, { ...session, cart });
  return { guest: after, issues, why: added(session, item, before, cart), certainty, source };
};

const oneMore = (
  occasion: Occasion,
  product: JsonObject,
  id: string,
  before: CartItem | undefined,
): { item: CartItem; issues: Issue[] } => {
  const given = own(product, "price");
  const price = readPrice(given, own(occasion.event.payload, "currency"), occasion.rules);
  const kept = before !== undefined && (given === undefined || given === null);
  const item = {
    id,
    name: textOf(own(product, "name")) ?? before?.name ?? null,
    quantity: (before?.quantity ?? 0) + 1,
    price: kept ? before.price : price.amount,
    currency: kept ? before.currency : price.currency,
  };
  return { item, issues: kept ? [] : priceIssues(occasion, price) };
};

/** Above this a quantity is a mistake. */
const mostOfOne = 1e9;

const replaced = (
  occasion: Occasion,
  product: JsonObject,
  id: string,
): { item: CartItem; issues: Issue[] } => {
  const currency = own(product, "currency") ?? own(occasion.event.payload, "currency");
  const price = readPrice(own(product, "price"), currency, occasion.rules);
  const given = own(product, "quantity");
  const quantity = finite(given);
  const fits = quantity !== undefined && Math.abs(quantity) <= mostOfOne;
  const item: CartItem = {
    id,
    name: textOf(own(product, "name")) ?? null,
    quantity: fits ? quantity : 0,
    price: price.amount,
    currency: price.currency,
  };
  const issues = priceIssues(occasion, price);
  if (!fits) {
    item.flaw = given === undefined ? "the quantity is missing" : `the quantity is ${kindOf(given)}`;
    const message = `/product/quantity must be a number; ${item.flaw}, so a CHECKOUT of it will fail.`;
    issues.push(warn(occasion, "invalid-quantity", "/product/quantity", message));
  }
  return { item, issues };
};

const priceIssues = (occasion: Occasion, { flaw }: Price): Issue[] =>
  flaw === null
    ? []
    : [warn(occasion, "zero-revenue", "/product/price", `/product/price counts as 0: ${flaw}.`)];

const warn = (occasion: Occasion, code: string, path: string, message: string): Issue =>
  issueOf(occasion, {
    severity: "warning",
    code,
    path,
    message,
    // Seen with Sitecore's own shape; what becomes of the specification's is not known.
    certainty: occasion.event.catalog === "sitecore" ? "observed" : "unverified",
  });

const added = (
  session: GuestSession,
  item: CartItem,
  before: CartItem | undefined,
  cart: CartItem[],
): string => {
  const name = item.name === null ? shown(item.id) : `${quoted(item.name)} (${shown(item.id)})`;
  const what =
    before === undefined
      ? `${name} was put into the cart`
      : `${name} was in the cart already; there are now ${item.quantity}`;
  const holds = `${counted(cart.length, "product")} worth ${spokenValue(valueOf(cart))}`;
  return `${what}. The cart of session ${short(session.ref)} holds ${holds}.`;
};

/** CLEAR_CART. Sitecore: it drops the session's products. */
export const clearCart: Rule = (guest, index, _occasion) => {
  const session = withoutConfirmation(guest.sessions[index] as GuestSession);
  const what =
    session.cart.length === 0 ? "was empty already" : `lost ${counted(session.cart.length, "product")}`;
  return {
    guest: withCart(guest, index, { ...session, cart: [] }),
    issues: [],
    why: `The cart of session ${short(session.ref)} was cleared: it ${what}.`,
    certainty: "documented",
    source: sources.clearCart,
  };
};

/** A session as it is when nothing in it is confirmed any more. */
export const withoutConfirmation = (session: GuestSession): GuestSession => {
  const next = { ...session };
  delete next.confirmed;
  return next;
};
