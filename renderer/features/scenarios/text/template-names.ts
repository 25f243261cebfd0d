import type { JsonValue } from "../../../../shared/model/json";
import type { ScenarioOutline, StepOutline } from "../../../../shared/model/scenario";
import { generators } from "../../../../shared/scenario/parse-generator";
import type { TemplateName } from "../../../editor";
import { allSteps } from "../steps/step-rows";

const keysOf = (value: JsonValue | undefined): string[] =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];

const namesOfStep = ({ number, step }: StepOutline): TemplateName[] => [
  ...keysOf(step["capture"]).map((name) => ({ name, gives: `captured by step ${number}` })),
  ...(typeof step["id"] === "string"
    ? [{ name: `steps.${step["id"]}.response.body`, gives: `the answer to step ${number}` }]
    : []),
];

/** Everything that a template of a scenario can name: its own names first, then what makes values. */
export const templateNames = (outline: ScenarioOutline | null): TemplateName[] => {
  const own = outline
    ? [
        ...Object.keys(outline.vars).map((name) => ({ name, gives: "one of its vars" })),
        ...allSteps(outline.steps)
          .filter(({ fragment }) => fragment === null)
          .flatMap(namesOfStep),
        ...(outline.data?.columns ?? []).map((column) => ({
          name: `row.${column}`,
          gives: "of the data's row",
        })),
      ]
    : [];
  const given = [
    { name: "browser_id", gives: "the browser's id" },
    { name: "session_id", gives: "the session's id" },
  ];
  const all = [
    ...own,
    ...given,
    ...generators.map(({ example, makes }) => ({ name: example, gives: makes })),
  ];
  return [...new Map(all.map((each) => [each.name, each])).values()];
};
