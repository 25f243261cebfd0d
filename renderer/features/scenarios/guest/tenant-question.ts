import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { StepResult } from "../../../../shared/model/run";
import type { TenantQuestion } from "../../guests";

const text = (value: JsonValue | undefined): string | null =>
  typeof value === "string" && value !== "" ? value : null;

const identifierOf = (event: JsonObject): TenantQuestion | null => {
  const [first] = Array.isArray(event["identifiers"]) ? event["identifiers"] : [];
  if (typeof first !== "object" || first === null || Array.isArray(first)) return null;
  const [provider, id] = [text(first["provider"]), text(first["id"])];
  return provider !== null && id !== null ? { identifier: { provider, id } } : null;
};

const questionOf = ({ event }: StepResult): TenantQuestion | null => {
  if (event === null) return null;
  const email = text(event["email"]);
  return email === null ? identifierOf(event) : { email };
};

/** By what a tenant knows the guest of a run: the last e-mail or identifier that it sent. */
export const questionOfRun = (results: readonly StepResult[]): TenantQuestion | null =>
  results.map(questionOf).findLast((question) => question !== null) ?? null;

export const questionWords = (question: TenantQuestion): string => {
  if ("email" in question) return question.email;
  return "ref" in question ? question.ref : `${question.identifier.provider} ${question.identifier.id}`;
};
