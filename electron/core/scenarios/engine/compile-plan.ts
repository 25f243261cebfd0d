import type { JsonValue } from "../../../../shared/model/json";
import { prepareTemplates } from "../../../../shared/scenario/fill-template";
import type { Plan, PlannedStep } from "../plan";
import { compileStep, compileVars } from "./compile-step";
import { compileObject } from "./compile-value";
import type { CompiledPlan } from "./run-context";

const stepsIn = (steps: readonly PlannedStep[]): PlannedStep[] =>
  steps.flatMap((step) => [step, ...stepsIn(step.children)]);

/** Everything of a plan that may hold templates. */
const textsOf = (plan: Plan): JsonValue => [
  plan.vars,
  plan.defaults,
  ...stepsIn(plan.steps).flatMap(({ step, fragment }) => [
    step as unknown as JsonValue,
    fragment?.vars ?? null,
    fragment?.defaults ?? null,
  ]),
];

/** Finds the templates of a scenario, and loads what they need to be filled without waiting. */
export const compilePlan = async (plan: Plan): Promise<CompiledPlan> => {
  await prepareTemplates(textsOf(plan));
  return {
    path: plan.path,
    name: plan.name,
    vars: compileVars(plan.vars),
    defaults: compileObject(plan.defaults),
    rows: plan.data?.rows ?? null,
    steps: plan.steps.map(compileStep),
  };
};

/** Numbers of the steps at which the file itself says to stop. */
export const breakpointsOf = (plan: Plan): string[] =>
  stepsIn(plan.steps).flatMap(({ number, step }) => (step.breakpoint === true ? [number] : []));

export const hasStep = (plan: Plan, wanted: string): boolean =>
  stepsIn(plan.steps).some(({ number }) => number === wanted);
