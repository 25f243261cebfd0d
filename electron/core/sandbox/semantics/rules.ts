/** What a tenant configures, or what Sitecore's documents leave open; `--config` can change each. */
export interface SandboxRules {
  pointsOfSale: readonly PointOfSale[];
  /**
   * 2.1: "Stream API does not support using PII" to identify (data model 2.1, IDENTITY). 2.0 may. Events of the spec
   * catalog identify by their e-mail in both, because that catalog has nothing else to identify by.
   */
  dataModel: "2.1" | "2.0";
  /** Tried in this order; the first that matches wins (Sitecore: configure identity rules). */
  identityRules: readonly IdentityRule[];
  /** What becomes of the current guest when an identifier of a rule is on no guest yet: the documents conflict. */
  whenNoMatch: "become-customer" | "new-visitor";
  /** An ORDER_CHECKOUT of the spec catalog for a guest who is not identified. In Sitecore's catalog it always fails. */
  unidentifiedOrder: "accept" | "fail";
  /** An order whose reference exists already. Unverified, so it can be set. */
  repeatedOrder: "fail" | "accept";
  /** ISO 4217 codes; a price in another currency counts nothing. */
  currencies: readonly string[];
}

/** Where events are assigned to, with the inactivity after which its sessions close. */
export interface PointOfSale {
  name: string;
  /** Milliseconds. */
  timeout: number;
}

/** By an identifier of this provider, or, in data model 2.0 only, by personal data that must all be equal. */
export type IdentityRule = { provider: string } | { personalData: readonly PersonalDatum[] };

export const personalData = ["email", "firstName", "lastName", "dateOfBirth", "phoneNumber"] as const;
export type PersonalDatum = (typeof personalData)[number];
