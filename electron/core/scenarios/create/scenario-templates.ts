import type { ScenarioTemplate } from "../../../../shared/model/scenario";
import { readScenario } from "../load/read-scenario";
import addToCartAndAbandon from "./templates/add-to-cart-and-abandon.scenario.yaml?raw";
import anonymousBrowse from "./templates/anonymous-browse.scenario.yaml?raw";
import customEvent from "./templates/custom-event.scenario.yaml?raw";
import firstPurchase from "./templates/first-purchase.scenario.yaml?raw";
import kioskToEmailToWeb from "./templates/kiosk-to-email-to-web.scenario.yaml?raw";
import returningCustomer from "./templates/returning-customer.scenario.yaml?raw";
import searchAndRefine from "./templates/search-and-refine.scenario.yaml?raw";
import signUp from "./templates/sign-up.scenario.yaml?raw";

/** In the order in which the gallery shows them: from the simplest on. */
const texts: ReadonlyMap<string, string> = new Map([
  ["anonymous-browse", anonymousBrowse],
  ["sign-up", signUp],
  ["add-to-cart-and-abandon", addToCartAndAbandon],
  ["first-purchase", firstPurchase],
  ["returning-customer", returningCustomer],
  ["search-and-refine", searchAndRefine],
  ["kiosk-to-email-to-web", kioskToEmailToWeb],
  ["custom-event", customEvent],
]);

const describe = (id: string, text: string): ScenarioTemplate => {
  const { outline } = readScenario(text, `${id}.scenario.yaml`);
  const environments = outline?.environments ?? [];
  return {
    id,
    name: outline?.name ?? id,
    description: outline?.description ?? "",
    steps: outline?.steps.map(({ title }) => title) ?? [],
    environment: environments.length === 1 ? (environments[0] ?? null) : null,
  };
};

let described: ScenarioTemplate[] | null = null;

/** The journeys that a scenario can be made from. */
export const scenarioTemplates = (): ScenarioTemplate[] =>
  (described ??= [...texts].map(([id, text]) => describe(id, text)));

/** @returns undefined for an unknown id */
export const templateText = (id: string): string | undefined => texts.get(id);
