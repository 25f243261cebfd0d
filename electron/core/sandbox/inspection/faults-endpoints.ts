import type { Answer } from "../http/answer";
import { noFaultsText, parseFaults } from "../http/faults-document";
import type { FaultPlan } from "../http/faults-plan";
import type { Route } from "../http/router";
import { asYaml, wantsText } from "./as-yaml";
import { explainErrors } from "./explain-errors";
import { readSmallText } from "./read-body";

const path = "/_sandbox/faults";

/** Faults are set as a whole, at once, and are gone with the sandbox. */
export const createFaultsEndpoints = (plan: FaultPlan): Route[] => [
  {
    method: "GET",
    path,
    answer: async ({ query }): Promise<Answer> =>
      wantsText(query) ? asYaml(plan.text()) : { status: 200, body: plan.faults() },
  },
  explainErrors({
    method: "PUT",
    path,
    async answer(request) {
      const text = await readSmallText(request);
      const { faults, warnings } = parseFaults(text, "faults");
      plan.replace(faults, text);
      return { status: 200, body: { status: "OK", warnings } };
    },
  }),
  {
    method: "DELETE",
    path,
    async answer() {
      plan.replace([], noFaultsText);
      return { status: 200, body: { status: "OK", warnings: [] } };
    },
  },
];
