import { defineStore } from "pinia";
import { shallowRef } from "vue";
import type { EnvironmentView } from "../../../shared/model/environment";
import { useEnvironments } from "./environments-store";

/** What is about to go to a production environment, as the question shows it. */
export interface ProductionRequest {
  environment: EnvironmentView;
  /** The event's type. */
  type: string;
  /** What the event is about: the page, the e-mail. */
  summary?: string;
  pos?: string;
  /** Whether it is not one event but a scenario, whose file `summary` names. */
  isRun?: boolean;
}

export type ProductionAnswer = "send" | "sandbox" | "cancel";

/** Asks before the first send to a production environment. The question itself is `ProductionConsent`, mounted once. */
export const useProductionConsent = defineStore("production-consent", () => {
  const environments = useEnvironments();
  const request = shallowRef<ProductionRequest | null>(null);
  let settle: ((answer: ProductionAnswer) => void) | null = null;

  /**
   * Asks where it must: once for each environment and start of Bellhop.
   *
   * @returns `send` (also where nothing needs to be asked), `sandbox` to send it there instead, or `cancel`
   * @throws AppError where the consent could not be remembered
   */
  const ask = async (wanted: ProductionRequest): Promise<ProductionAnswer> => {
    if (!wanted.environment.production || wanted.environment.consented) return "send";
    settle?.("cancel");
    request.value = wanted;
    const answer = await new Promise<ProductionAnswer>((resolve) => (settle = resolve));
    if (answer === "send") await environments.consent(wanted.environment);
    return answer;
  };
  const answer = (given: ProductionAnswer): void => {
    request.value = null;
    settle?.(given);
    settle = null;
  };
  return { request, ask, answer };
});
