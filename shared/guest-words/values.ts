import type { CartItem, GuestCart, GuestOrder, GuestSession } from "../model/guest-profile";

const digitsOf = (currency: string): number => {
  try {
    const format = new Intl.NumberFormat("en", { style: "currency", currency });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2; // Not a currency's code: whatever an event said stands in the profile.
  }
};

/** An amount with the digits that its currency has: `59.70 EUR`, `5,970 JPY`. */
export const moneyWords = (value: number, currency: string | null): string => {
  const digits = currency === null ? 2 : digitsOf(currency);
  const amount = value.toLocaleString("en-GB", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return currency === null ? amount : `${amount} ${currency}`;
};

/** Amounts of several currencies: `59.70 EUR + 12.00 USD`; null where there is none. */
export const amountsWords = (amounts: Readonly<Record<string, number>>): string | null =>
  Object.entries(amounts)
    .map(([currency, value]) => moneyWords(value, currency))
    .join(" + ") || null;

const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** `10 December 1990` for a date of birth; what is no date is shown as it is. */
export const dateWords = (date: string): string => {
  const time = Date.parse(date);
  return Number.isNaN(time) ? date : day.format(time);
};

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const moment = new Intl.DateTimeFormat("en-GB", {
  ...{ day: "numeric", month: "short", year: "numeric" },
  ...{ hour: "2-digit", minute: "2-digit", second: "2-digit" },
});

/** The time of day on this machine: `10:38:02`. */
export const timeWords = (iso: string): string => clock.format(new Date(iso));

/** Day and time on this machine: `23 Nov 2026, 10:38:02`. */
export const momentWords = (iso: string): string => moment.format(new Date(iso));

const units: readonly [string, number][] = [
  ["weeks", 7 * 24 * 3_600_000],
  ["d", 24 * 3_600_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1000],
];

/** How long something took, in one unit: `23 min`, `3 weeks`, `under 1 s`. Milliseconds in. */
export const spanWords = (milliseconds: number): string => {
  const fit = units.find(([name, size]) => milliseconds >= size * (name === "weeks" ? 2 : 1));
  if (!fit) return "under 1 s";
  return `${Math.round(milliseconds / fit[1])} ${fit[0]}`;
};

/** `female` and `Female` are the same to a reader. */
export const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** `2 × Tee, 19.90 EUR`: the price is that of one. */
export const cartItemWords = ({ quantity, price, currency }: CartItem): string =>
  `${quantity} × ${moneyWords(price, currency)}`;

export const itemName = (item: CartItem): string => item.name ?? item.id;

/** What lies in a cart: `59.70 EUR`, or its number of items where no price counts. */
export const cartWords = (cart: GuestCart | null): string | null => {
  if (cart === null) return null;
  return amountsWords(cart.value) ?? countWords(cart.items.length, "item");
};

/** `1 item`, `3 items`, `1,284 events`. */
export const countWords = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString("en-GB")} ${count === 1 ? one : many}`;

export const orderWords = (order: GuestOrder): string => {
  const parts = [moneyWords(order.price, order.currencyCode)];
  if (order.items.length > 0) parts.push(countWords(order.items.length, "item"));
  if (!order.counts) parts.push("counts nothing");
  return parts.join(", ");
};

/** `Session on kiosk`. */
export const sessionName = ({ pointOfSale }: Pick<GuestSession, "pointOfSale">): string =>
  `Session on ${pointOfSale}`;

/** Why and whether a session is over: `open`, `closed by time-out`, `closed by FORCE_CLOSE`. */
export const sessionStateWords = ({
  status,
  closedBy,
}: Pick<GuestSession, "status" | "closedBy">): string => {
  if (status === "OPEN") return "open";
  if (closedBy === "TIMEOUT") return "closed by time-out";
  return closedBy === "FORCE_CLOSE" ? "closed by FORCE_CLOSE" : "closed";
};
