import { parseDocument } from "yaml";
import { currencies as everyCurrency } from "../../../shared/catalog/currencies";

export interface PointOfSaleForm {
  name: string;
  /** A duration as it is written: `30m`. */
  timeout: string;
}

export const personalData = ["email", "firstName", "lastName", "dateOfBirth", "phoneNumber"] as const;
export type PersonalDatum = (typeof personalData)[number];

export const personalDataNames: Record<PersonalDatum, string> = {
  email: "E-mail",
  firstName: "First name",
  lastName: "Last name",
  dateOfBirth: "Date of birth",
  phoneNumber: "Phone number",
};

/** What must all be equal, in words: "E-mail and last name". */
export const personalDataWords = (data: readonly PersonalDatum[]): string => {
  const names = data.map((datum, index) =>
    index === 0 ? personalDataNames[datum] : personalDataNames[datum].toLowerCase(),
  );
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : (names[0] ?? "nothing");
};

/** A rule by the provider of an identifier, or, in data model 2.0, by personal data. */
export type IdentityRuleForm = { provider: string } | { personalData: PersonalDatum[] };

/** What the form shows of a configuration; the text has more. */
export interface ConfigForm {
  pointsOfSale: PointOfSaleForm[];
  identityRules: IdentityRuleForm[];
  dataModel: "2.1" | "2.0";
  whenNoMatch: "become-customer" | "new-visitor";
  unidentifiedOrder: "accept" | "fail";
  repeatedOrder: "accept" | "fail";
  catalog: "by-transport" | "spec" | "sitecore";
  /** ISO 4217 codes; null for all there are. */
  currencies: string[] | null;
  delay: string;
  strict: boolean;
}

type Value = Record<string, unknown>;

const isRecord = (value: unknown): value is Value =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown, otherwise: string): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : otherwise;
const oneOf = <T extends string>(value: unknown, values: readonly T[], otherwise: T): T =>
  values.find((each) => each === String(value)) ?? otherwise;

const pointOfSale = (value: unknown): PointOfSaleForm =>
  isRecord(value)
    ? { name: textOf(value["name"], ""), timeout: textOf(value["timeout"], "30m") }
    : { name: textOf(value, ""), timeout: "30m" };

const identityRule = (value: unknown): IdentityRuleForm => {
  if (!isRecord(value)) return { provider: textOf(value, "") };
  if (!("personalData" in value)) return { provider: textOf(value["provider"], "") };
  const named = listOf(value["personalData"]);
  return { personalData: personalData.filter((datum) => named.includes(datum)) };
};

const currencyCodes = (value: unknown): string[] | null => {
  if (!Array.isArray(value)) return null;
  const codes = value.map(String);
  return everyCurrency.size === codes.length && codes.every((code) => everyCurrency.has(code)) ? null : codes;
};

/**
 * What a configuration says of the settings that the form has.
 *
 * @param text YAML
 * @returns null where it cannot be read; the editor shows it all the same
 */
export const readConfigForm = (text: string): ConfigForm | null => {
  const document = parseDocument(text);
  if (document.errors.length > 0) return null;
  const value: unknown = document.toJS({ maxAliasCount: 50 }) ?? {};
  if (!isRecord(value)) return null;
  return {
    pointsOfSale: listOf(value["pointsOfSale"]).map(pointOfSale),
    identityRules: listOf(value["identityRules"]).map(identityRule),
    dataModel: Number(value["dataModel"]) === 2 ? "2.0" : "2.1",
    whenNoMatch: oneOf(value["whenNoMatch"], ["become-customer", "new-visitor"], "become-customer"),
    unidentifiedOrder: oneOf(value["unidentifiedOrder"], ["accept", "fail"], "accept"),
    repeatedOrder: oneOf(value["repeatedOrder"], ["fail", "accept"], "fail"),
    catalog: oneOf(value["catalog"], ["by-transport", "spec", "sitecore"], "by-transport"),
    currencies: currencyCodes(value["currencies"]),
    delay: textOf(value["delay"], "5ms"),
    strict: value["strict"] === true,
  };
};

/** The codes in what a person typed, whatever stands between them. */
export const currenciesOfText = (text: string): string[] => [
  ...new Set(
    text
      .toUpperCase()
      .split(/[\s,;]+/)
      .filter(Boolean),
  ),
];
