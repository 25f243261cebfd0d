import type { JsonObject } from "../../../../shared/model/json";
import type { TemplateContext } from "../../../../shared/scenario/template-context";
import type { CompiledFragment } from "./compile-step";
import type { Filler } from "./compile-value";
import { fillVars, type Scope } from "./scope";
import type { OpenResult } from "./step-result";

/**
 * Gives a fragment's scope what `use` says, filled in the caller's scope, and then its own vars.
 *
 * @param own makes the context of the fragment's own scope
 */
export const enterFragment = (
  { given, vars }: CompiledFragment,
  caller: TemplateContext,
  scope: Scope,
  own: (scope: Scope) => TemplateContext,
): void => {
  fillVars(scope.vars, given, caller);
  fillVars(scope.vars, vars, own(scope));
};

/** The caller's defaults as they are at the `use`, under those of the fragment. */
export const defaultsIn = (
  outer: Filler<JsonObject>,
  { defaults }: CompiledFragment,
  caller: TemplateContext,
): Filler<JsonObject> => {
  const filled = outer.fill(caller);
  if (defaults.constant !== undefined) {
    const constant = { ...filled, ...defaults.constant };
    return { constant, fill: () => constant };
  }
  return { constant: undefined, fill: (context) => ({ ...filled, ...defaults.fill(context) }) };
};

/** What leaves a fragment: the names that it returns, as captures of the caller. */
export const returnFrom = (
  { returns }: CompiledFragment,
  from: Scope,
  to: Scope,
  { captured }: OpenResult,
): void => {
  for (const name of returns) {
    const value = from.captures[name] ?? from.vars[name];
    if (value === undefined) continue;
    to.captures[name] = value;
    captured[name] = value;
  }
};
