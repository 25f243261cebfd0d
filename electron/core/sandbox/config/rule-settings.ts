import * as v from "valibot";
import { currencies } from "../../../../shared/catalog/currencies";
import { personalData, type IdentityRule } from "../semantics/rules";
import { listOf, map, text } from "./schema-parts";

/** "You can configure up to five identity rules" (Sitecore Personalize: configure identity rules). */
const mostIdentityRules = 5;

const provider = v.pipe(
  text("An identity rule's provider"),
  v.transform((name): IdentityRule => ({ provider: name })),
);

const byProvider = v.pipe(
  v.object({ provider: text("An identity rule's provider") }),
  v.transform(({ provider: name }): IdentityRule => ({ provider: name })),
);

const byPersonalData = v.pipe(
  v.object({
    provider: v.optional(v.never("An identity rule has either a provider or personalData.")),
    personalData: v.pipe(
      listOf(
        "personalData",
        v.picklist(personalData, `Personal data are ${personalData.join(", ")}.`),
        personalData.length,
      ),
      v.minLength(1, "personalData names at least one."),
    ),
  }),
  v.transform((rule): IdentityRule => ({ personalData: [...new Set(rule.personalData)] })),
);

/** Chosen by its form, so that a mistake in a rule is explained as that rule's. */
const identityRule = v.lazy((value): v.GenericSchema<unknown, IdentityRule> => {
  if (typeof value === "string") return provider;
  const isMap = typeof value === "object" && value !== null;
  return map(
    "An identity rule is a provider such as email, or a map with a provider or personalData.",
    isMap && "personalData" in value ? byPersonalData : byProvider,
  );
});

/** How a person says that every currency counts. */
export const everyCurrency = "all";

const currency = v.pipe(
  v.string("A currency is a code of ISO 4217, such as EUR."),
  v.check((code) => currencies.has(code), "A currency is a code of ISO 4217 in capitals, such as EUR."),
);

const currencyList = v.lazy((value): v.GenericSchema<unknown, string[]> => {
  if (value === everyCurrency)
    return v.pipe(
      v.literal(everyCurrency),
      v.transform(() => [...currencies]),
    );
  if (typeof value === "string") return v.never(`currencies is ${everyCurrency}, or a list of codes.`);
  return v.pipe(
    listOf("currencies", currency),
    v.minLength(1, "currencies needs at least one."),
    v.transform((codes) => [...new Set(codes)]),
  );
});

/** What the semantics leave to whoever runs the sandbox (`semantics/rules.ts` says what each means). */
export const ruleSettings = {
  /** YAML reads 2.1 as a number. */
  dataModel: v.optional(
    v.pipe(
      v.picklist(["2.1", "2.0", 2.1, 2], "dataModel is 2.1 or 2.0."),
      v.transform((version) => (version === "2.1" || version === 2.1 ? "2.1" : "2.0")),
    ),
  ),
  identityRules: v.optional(listOf("identityRules", identityRule, mostIdentityRules)),
  whenNoMatch: v.optional(
    v.picklist(["become-customer", "new-visitor"], "whenNoMatch is become-customer or new-visitor."),
  ),
  unidentifiedOrder: v.optional(v.picklist(["accept", "fail"], "unidentifiedOrder is accept or fail.")),
  repeatedOrder: v.optional(v.picklist(["fail", "accept"], "repeatedOrder is fail or accept.")),
  currencies: v.optional(currencyList),
};
