import type { CartItem, GuestProfile } from "../model/guest-profile";
import { isLine, lineOf, type ChangeLine } from "./change-line";
import { cartItemWords, cartWords, itemName, moneyWords, orderWords } from "./values";

const byId = (items: readonly CartItem[]): Map<string, CartItem> =>
  new Map(items.map((item) => [item.id, item]));

/** What came into the cart, what left it, and its value. A cart that is gone is told in one line. */
export const compareCart = (before: GuestProfile | null, after: GuestProfile): ChangeLine[] => {
  const value = lineOf("cart", "Cart", cartWords(before?.cart ?? null), cartWords(after.cart));
  if (after.cart === null) return [value].filter(isLine);
  const old = byId(before?.cart?.items ?? []);
  const now = byId(after.cart.items);
  const ids = [...new Set([...old.keys(), ...now.keys()])];
  const items = ids.map((id) => {
    const [was, is] = [old.get(id), now.get(id)];
    const label = `In the cart: ${itemName((is ?? was) as CartItem)}`;
    return lineOf(`cart/${id}`, label, was ? cartItemWords(was) : null, is ? cartItemWords(is) : null);
  });
  return [...items, value].filter(isLine);
};

/** Orders that were made or whose state changed, and what they are worth in all. */
export const compareOrders = (before: GuestProfile | null, after: GuestProfile): ChangeLine[] => {
  const old = new Map(before?.orders.map((order) => [order.ref, order]));
  const orders = after.orders.flatMap((order) => {
    const was = old.get(order.ref);
    const [place, label] = [`orders/${order.ref}`, `Order ${order.referenceId}`];
    if (!was) return [lineOf(place, label, null, orderWords(order))];
    return [
      lineOf(place, label, orderWords(was), orderWords(order)),
      lineOf(place, `${label}, status`, was.status, order.status),
    ];
  });
  const currencies = new Set([
    ...Object.keys(before?.lifetimeValue ?? {}),
    ...Object.keys(after.lifetimeValue),
  ]);
  const values = [...currencies].map((currency) => {
    const amount = (profile: GuestProfile | null): string =>
      moneyWords(profile?.lifetimeValue[currency] ?? 0, currency);
    return lineOf(`lifetimeValue/${currency}`, "Lifetime value", amount(before), amount(after));
  });
  return [...orders, ...values].filter(isLine);
};
