import type { StreamEvent } from "../model/event";
import type { CatalogName, Issue } from "../model/verdict";
import { currencies } from "./currencies";

/** Warnings that hold in every catalog: values that fit a schema and that nobody will know what to do with. */
export const judgeValues = (event: StreamEvent, catalog: CatalogName): Issue[] => {
  const issues: Issue[] = [];
  const { currency, language } = event;
  if (typeof currency === "string" && !currencies.has(currency))
    issues.push(unknownCurrency(currency, catalog));
  if (typeof language === "string" && !/^[A-Za-z]{2}$/.test(language)) {
    issues.push(unknownLanguage(language, catalog));
  }
  // The specification takes an empty text; where there is no schema, it is an error already (`judge-agreed.ts`).
  if (catalog === "spec") issues.push(...emptyFields(event));
  return issues;
};

const unknownCurrency = (currency: string, catalog: CatalogName): Issue => ({
  severity: "warning",
  code: "unknown-currency",
  path: "/currency",
  message: "/currency must be a code of ISO 4217, such as EUR.",
  ...hintFor(nearestCurrency(currency)),
  catalog,
});

const hintFor = (near: string | undefined): { hint?: string } =>
  near === undefined ? {} : { hint: `Did you mean ${near}?` };

/** Signs and words that people write for the most common currencies. */
const everyday: Readonly<Record<string, string>> = {
  "€": "EUR",
  EURO: "EUR",
  EUROS: "EUR",
  $: "USD",
  US$: "USD",
  DOLLAR: "USD",
  "£": "GBP",
  UKP: "GBP",
  STG: "GBP",
  "¥": "JPY",
  YEN: "JPY",
  RMB: "CNY",
};

const common = ["EUR", "USD", "GBP", "JPY", "CHF", "AUD", "CAD", "SEK", "NOK", "DKK"];

/** In capitals it is a code; or it has the letters of a common one in another order, or all but one of them. */
const nearestCurrency = (text: string): string | undefined => {
  if (text.length > 10) return undefined;
  const upper = text.trim().toUpperCase();
  if (currencies.has(upper)) return upper;
  if (Object.hasOwn(everyday, upper)) return everyday[upper];
  const sorted = [...upper].sort().join("");
  const swapped = common.find((code) => [...code].sort().join("") === sorted);
  return swapped ?? common.find((code) => differences(code, upper) === 1);
};

const differences = (code: string, text: string): number =>
  code.length === text.length ? [...code].filter((letter, index) => letter !== text[index]).length : Infinity;

const unknownLanguage = (language: string, catalog: CatalogName): Issue => {
  const start = /^([A-Za-z]{2})[-_]/.exec(language)?.[1]?.toUpperCase();
  return {
    severity: "warning",
    code: "unknown-language",
    path: "/language",
    message: "/language must be a code of ISO 639-1: two capital letters such as EN.",
    ...hintFor(start),
    catalog,
  };
};

const emptyFields = (event: StreamEvent): Issue[] =>
  neverEmpty.flatMap(([name, consequence]) =>
    event[name] === ""
      ? [
          {
            severity: "warning",
            code: "empty-field",
            path: `/${name}`,
            message: `/${name} is empty: ${consequence}`,
            catalog: "spec",
            certainty: "documented",
          },
        ]
      : [],
  );

const neverEmpty = [
  ["browser_id", "the API answers 400 without a browser id."],
  ["pos", "an event of an unknown point of sale is answered with 201 and then lost."],
] as const;
