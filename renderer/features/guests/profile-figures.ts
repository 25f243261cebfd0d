import { moneyWords } from "../../../shared/guest-words/values";
import type { GuestProfile } from "../../../shared/model/guest-profile";

/** A number at the head of a profile. */
export interface Figure {
  label: string;
  value: string;
  /** Where a change of it is told among the changes. */
  place: string;
}

/** Currencies that stand at the head; what else there is stands with the orders. */
const currenciesShown = 2;

/** What a guest comes to: the lifetime value of each currency, orders, sessions, events. */
export const figuresOf = ({ lifetimeValue, orders, sessions, events }: GuestProfile): Figure[] => {
  const currencies = Object.entries(lifetimeValue).sort(([, a], [, b]) => b - a);
  const values = currencies.slice(0, currenciesShown).map(([currency, value]) => ({
    label: `lifetime, ${currency}`,
    // The currency stands below.
    value: moneyWords(value, currency).replace(` ${currency}`, ""),
    place: `lifetimeValue/${currency}`,
  }));
  const none = { label: "lifetime value", value: "0.00", place: "lifetimeValue" };
  return [
    ...(values.length > 0 ? values : [none]),
    {
      label: orders.length === 1 ? "order" : "orders",
      value: orders.length.toLocaleString("en-GB"),
      place: "orders",
    },
    {
      label: sessions.length === 1 ? "session" : "sessions",
      value: sessions.length.toLocaleString("en-GB"),
      place: "sessions",
    },
    { label: events === 1 ? "event" : "events", value: events.toLocaleString("en-GB"), place: "events" },
  ];
};
