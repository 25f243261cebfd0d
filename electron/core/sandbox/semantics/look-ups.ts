import { isJsonObject } from "../../../../shared/catalog/json-values";
import { claimOf, dataForRule, type Claim } from "./claim";
import { attributeNames } from "./extensions";
import type { SandboxRules } from "./rules";
import { typeName } from "./ruling";
import { keyOf, own } from "./values";
import type { EventToApply, LookUps } from "./world";

/** What a world must know for `applyEvent` to rule on an event. */
export const lookUpsFor = (event: EventToApply, rules: SandboxRules): LookUps => {
  const claim = claimOf(event, rules);
  return {
    browserRefs: [event.browserRef],
    identifiers: claim?.identifiers.map(({ provider, id }) => ({ provider, id })) ?? [],
    personalData: claim === undefined || rules.dataModel !== "2.0" ? [] : personalDataOf(claim, rules),
    orderReferences: orderReferences(event),
    extensions: attributeNames(event).map((attribute) => ({ eventType: typeName(event), attribute })),
  };
};

const personalDataOf = (claim: Claim, rules: SandboxRules): Record<string, string>[] =>
  rules.identityRules.flatMap((rule) => {
    const data = "personalData" in rule ? dataForRule(claim, rule.personalData) : undefined;
    return data === undefined ? [] : [data];
  });

const orderReferences = ({ type, catalog, payload }: EventToApply): string[] => {
  if (type !== "ORDER_CHECKOUT" && type !== "CHECKOUT") return [];
  const nested = type === "ORDER_CHECKOUT" && catalog === "sitecore";
  const fields = nested ? own(payload, "order") : payload;
  if (!isJsonObject(fields)) return [];
  const reference = keyOf(own(fields, nested ? "referenceId" : "reference_id"));
  return reference === undefined ? [] : [reference];
};
