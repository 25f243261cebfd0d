import type { GuestOrder, GuestProfile, GuestSession } from "../../../../shared/model/guest-profile";
import { withCart, withoutConfirmation } from "./cart";
import { addValue, spokenValue, type Price } from "./prices";
import { deriveRef } from "./refs";
import { issueOf, type Occasion, type Ruling } from "./ruling";
import { readTime, isoTime } from "./times";
import { textOf } from "./values";
import { quoted, short, shown } from "./words";
import type { JsonValue } from "../../../../shared/model/json";
import type { Certainty, Issue } from "../../../../shared/model/verdict";

/** An order as an event tells of it, in whatever shape. */
export interface OrderRequest {
  referenceId: string;
  orderedAt: JsonValue | undefined;
  status: string;
  price: Price;
  paymentType: string | null;
  items: Omit<GuestOrder["items"][number], "ref">[];
  issues: Issue[];
  /** Where the event has its price and its time, as JSON Pointers; empty where it has none of its own. */
  paths: { price: string; orderedAt: string };
}

/** CANCELED is the AsyncAPI document's; the other spelling is one that people write. */
const cancelled: ReadonlySet<string> = new Set(["CANCELED", "CANCELLED"]);

/** An issue for a reference that is used already, where the rules say that such an order fails. */
export const repeatedReference = (
  occasion: Occasion,
  referenceId: string,
  path: string,
): Issue | undefined => {
  if (occasion.rules.repeatedOrder !== "fail" || !occasion.world.hasOrder(referenceId)) return undefined;
  return issueOf(occasion, {
    severity: "error",
    code: "repeated-order",
    path,
    message: `${path} ${quoted(referenceId)} is the reference of an order that exists already.`,
    hint: "Use another reference, or let the sandbox accept repeated orders (repeatedOrder: accept).",
    certainty: "unverified",
  });
};

/**
 * Makes the order, empties the cart of its session and marks that session as converted (Sitecore, sessions data).
 * A cancelled order counts nothing.
 */
export const placeOrder = (
  guest: GuestProfile,
  index: number,
  occasion: Occasion,
  request: OrderRequest,
  known: { certainty: Certainty; source: string },
): Ruling => {
  const { event } = occasion;
  const session = guest.sessions[index] as GuestSession;
  const counts = !cancelled.has(request.status.toUpperCase());
  const orderedAt = timeOf(occasion, request);
  const order: GuestOrder = {
    ref: deriveRef(event.ref, "order"),
    referenceId: request.referenceId,
    orderedAt: orderedAt.iso,
    status: request.status,
    currencyCode: request.price.currency,
    price: request.price.amount,
    paymentType: request.paymentType,
    counts,
    items: request.items.map((item, place) => ({ ref: deriveRef(event.ref, `item:${place}`), ...item })),
    sessionRef: session.ref,
    eventRef: event.ref,
    pointOfSale: session.pointOfSale,
    channel: session.channel,
  };
  const emptied = counts
    ? { ...withoutConfirmation(session), cart: [], cartType: "CONVERTED" as const }
    : session;
  const after = withCart(guest, index, emptied);
  const { amount, currency, flaw } = request.price;
  const issues = [...request.issues, ...orderedAt.issues];
  if (flaw !== null) issues.push(zeroRevenue(occasion, request.paths.price, flaw));
  return {
    guest: {
      ...after,
      orders: [...guest.orders, order],
      lifetimeValue: counts ? addValue(guest.lifetimeValue, currency, amount) : guest.lifetimeValue,
    },
    issues,
    why: wordsFor(order, flaw, session),
    ...known,
  };
};

const timeOf = (occasion: Occasion, { orderedAt, paths }: OrderRequest): { iso: string; issues: Issue[] } => {
  if (orderedAt === undefined) return { iso: occasion.at, issues: [] };
  const text = textOf(orderedAt);
  const time = text === undefined ? undefined : readTime(text);
  if (time !== undefined) return { iso: isoTime(time), issues: [] };
  const issue = issueOf(occasion, {
    severity: "warning",
    code: "invalid-time",
    path: paths.orderedAt,
    message: `${paths.orderedAt} is no date and time of ISO 8601, so the event's own time stands for it.`,
    certainty: "unverified",
  });
  return { iso: occasion.at, issues: [issue] };
};

const zeroRevenue = (occasion: Occasion, path: string, flaw: string): Issue =>
  issueOf(occasion, {
    severity: "warning",
    code: "zero-revenue",
    path,
    message: `${path === "" ? "The order" : path} counts as 0: ${flaw}.`,
    hint: "Write the price as a number, and a currency code of ISO 4217.",
    certainty: "observed",
  });

const wordsFor = (order: GuestOrder, flaw: string | null, session: GuestSession): string => {
  const name = `Order ${shown(order.referenceId)}`;
  if (!order.counts) return `${name} was noted as ${shown(order.status)}: it counts nothing.`;
  const worth =
    flaw === null
      ? `for ${spokenValue(addValue({}, order.currencyCode, order.price))}`
      : `without revenue (${flaw})`;
  const cart = session.cart.length > 0 ? "turned its cart into an order" : "ended in an order";
  return `${name} was placed ${worth}. Session ${short(session.ref)} ${cart}, so it is converted.`;
};
