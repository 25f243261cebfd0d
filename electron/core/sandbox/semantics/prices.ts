import type { CartItem } from "../../../../shared/model/guest-profile";
import type { JsonValue } from "../../../../shared/model/json";
import type { SandboxRules } from "./rules";
import { finite, kindOf, textOf } from "./values";
import { quoted } from "./words";

/** Currency -> value. */
export type Values = Record<string, number>;

export interface Price {
  /** 0 where the price does not count. */
  amount: number;
  currency: string | null;
  /** Why it does not count, in words. */
  flaw: string | null;
}

/** Above this, sums of prices stop being exact, and no price is meant so. */
const highest = 1e12;

/**
 * A price and its currency. Sitecore Stack Exchange 30938: where the price is a text, or the currency is none, the
 * event is processed and the revenue is zero.
 */
export const readPrice = (
  value: JsonValue | undefined,
  currency: JsonValue | undefined,
  rules: SandboxRules,
): Price => {
  const code = textOf(currency)?.slice(0, 20) ?? null;
  const amount = finite(value);
  const without = (flaw: string): Price => ({ amount: 0, currency: code, flaw });
  if (value === undefined || value === null) return without("the price is missing");
  if (amount === undefined) return without(`the price is ${kindOf(value)}, not a number`);
  if (Math.abs(amount) > highest) return without("the price is too large");
  if (code === null) return without("the currency is missing");
  if (!rules.currencies.includes(code)) return without(`the currency ${quoted(code)} is not known`);
  return { amount, currency: code, flaw: null };
};

/** To a millionth, so that three times 19.9 is 59.7. */
const rounded = (amount: number): number =>
  Math.abs(amount) < 1e9 ? Math.round(amount * 1e6) / 1e6 || 0 : amount;

/** The values with an amount more. */
export const addValue = (values: Readonly<Values>, currency: string | null, amount: number): Values =>
  currency === null || amount === 0
    ? { ...values }
    : { ...values, [currency]: rounded((values[currency] ?? 0) + amount) };

/** What items are worth, by currency. Those whose price does not count are left out. */
export const valueOf = (items: readonly CartItem[]): Values => {
  const values: Values = {};
  for (const { price, quantity, currency } of items)
    if (currency !== null && price !== 0 && quantity !== 0)
      values[currency] = rounded((values[currency] ?? 0) + price * quantity);
  return values;
};

/** "59.70 EUR", "10.00 EUR and 5.00 USD"; "no value" where nothing counts. */
export const spokenValue = (values: Readonly<Values>): string => {
  const parts = Object.entries(values).map(([currency, amount]) => `${amount.toFixed(2)} ${currency}`);
  return parts.length === 0 ? "no value" : parts.join(" and ");
};
