import type { GuestHistoryItem, GuestProfile } from "../model/guest-profile";
import { guestName, namedOf, shortRef } from "./names";
import { cartWords, itemName, moneyWords, sessionStateWords } from "./values";

type Teller = (before: GuestProfile | null, after: GuestProfile, who: string) => string | null;

/** A known guest goes by the first name, as people speak of each other. */
const whoIs = (profile: GuestProfile): string =>
  profile.firstName?.trim() ||
  (profile.guestType === "customer" ? guestName(namedOf(profile)) : "The visitor");

const place = (profile: GuestProfile): string =>
  [...profile.sessions].sort((a, b) => a.lastEventAt.localeCompare(b.lastEventAt)).at(-1)?.pointOfSale ??
  "the site";

const merged: Teller = (before, after, who) => {
  const come = after.mergedFrom.filter((ref) => !before?.mergedFrom.includes(ref));
  if (come.length === 0) return null;
  return `${who} was recognised on ${place(after)}, and two guests became one`;
};

const retired: Teller = (before, after) =>
  after.mergedInto !== null && before?.mergedInto !== after.mergedInto
    ? `This guest became guest ${shortRef(after.mergedInto)}`
    : null;

const ordered: Teller = (before, after, who) => {
  const order = after.orders.find(({ ref }) => !before?.orders.some((old) => old.ref === ref));
  if (!order) return null;
  return `${who} ordered for ${moneyWords(order.price, order.currencyCode)}`;
};

const becameKnown: Teller = (before, after, who) =>
  before !== null && before.guestType === "visitor" && after.guestType === "customer"
    ? `${who} is known now: the visitor became a customer`
    : null;

const closed: Teller = (before, after) => {
  const session = after.sessions.find((now) => {
    const was = before?.sessions.find(({ ref }) => ref === now.ref);
    return was?.status === "OPEN" && now.status === "CLOSED";
  });
  if (!session) return null;
  const cart = session.cartType === "ABANDONED" ? ", and the cart was abandoned" : "";
  return `The session on ${session.pointOfSale} was ${sessionStateWords(session)}${cart}`;
};

const filled: Teller = (before, after, who) => {
  if (!after.cart) return before?.cart ? `${who} has an empty cart` : null;
  const old = new Map(before?.cart?.items.map((item) => [item.id, item.quantity]));
  const item = after.cart.items.find(({ id, quantity }) => quantity > (old.get(id) ?? 0));
  if (item) return `${who} put ${itemName(item)} into the cart`;
  const value = cartWords(after.cart);
  return value === cartWords(before?.cart ?? null) ? null : `The cart is worth ${value} now`;
};

const arrived: Teller = (before, after) =>
  before === null
    ? `A new ${after.guestType === "customer" ? "customer" : "visitor"} came to ${place(after)}`
    : null;

const renamed: Teller = (before, after, who) => {
  if (before === null) return null;
  if (before.firstName === after.firstName && before.lastName === after.lastName) return null;
  const name = guestName(namedOf(after));
  return before.firstName || before.lastName ? `${who} is called ${name} now` : `The visitor is ${name}`;
};

const cameBack: Teller = (before, after, who) => {
  const session = after.sessions.find(({ ref }) => !before?.sessions.some((old) => old.ref === ref));
  return before !== null && session ? `${who} came to ${session.pointOfSale}` : null;
};

/** The strongest first: the first that has something to tell does. */
const tellers: readonly Teller[] = [
  merged,
  retired,
  ordered,
  becameKnown,
  closed,
  filled,
  renamed,
  arrived,
  cameBack,
];

const byType: Readonly<Record<string, (who: string, after: GuestProfile) => string>> = {
  VIEW: (who, after) => `${who} looked at a page of ${place(after)}`,
  SEARCH: (who, after) => `${who} searched on ${place(after)}`,
  CONFIRM: (who) => `${who} confirmed the cart`,
  CHECKOUT: (who) => `${who} checked out`,
  CLEAR_CART: (who) => `${who} cleared the cart`,
  IDENTITY: (who) => `${who} said who they are`,
  FORCE_CLOSE: (_who, after) => `The session on ${place(after)} was closed`,
};

/**
 * One sentence for a step of a history, without a full stop: what happened, as a person would tell it.
 *
 * @param before the profile before it; null where the guest is new
 */
export const headlineOf = (
  step: Pick<GuestHistoryItem, "type">,
  before: GuestProfile | null,
  after: GuestProfile,
): string => {
  const who = whoIs(after);
  for (const tell of tellers) {
    const sentence = tell(before, after, who);
    if (sentence !== null) return sentence;
  }
  if (step.type === null) return "Time passed";
  return byType[step.type]?.(who, after) ?? `${who} sent ${step.type}`;
};
