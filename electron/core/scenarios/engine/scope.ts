import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import { createRandom, type Random } from "../../../../shared/scenario/random";
import { lookIn, type TemplateScopes } from "../../../../shared/scenario/look-up";
import type { TemplateContext } from "../../../../shared/scenario/template-context";
import type { Browsers } from "./browsers";
import type { Filler } from "./compile-value";

type Names = Record<string, JsonValue>;

const noNames = (): Names => Object.create(null) as Names;

/** The names that the steps of one file know. A fragment has a scope of its own. */
export interface Scope extends TemplateScopes {
  captures: Names;
  vars: Names;
  steps: Names;
}

/** What every scope of an iteration sees beside its own names. */
export interface Surroundings {
  row: JsonObject | null;
  env: Readonly<Names>;
  browsers: Pick<Browsers, "current">;
}

export const createScope = ({ row, env, browsers }: Surroundings): Scope => ({
  ...{ row, env },
  captures: noNames(),
  vars: noNames(),
  steps: noNames(),
  // As they are when they are asked for: a step may change browser or session.
  get browserId() {
    return browsers.current().made?.browserId ?? null;
  },
  get sessionId() {
    return browsers.current().sessionId;
  },
});

/**
 * What templates are filled from at one execution of a step.
 *
 * @param stream names what draws; its numbers are made once the first is drawn, because few steps draw any
 */
export const createContext = (
  scope: Scope,
  { seed, iteration, stream, now }: { seed: string; iteration: number; stream: string; now: number },
): TemplateContext => {
  let random: Random | null = null;
  return {
    look: lookIn(scope),
    random: { next: () => (random ??= createRandom(seed, iteration, stream)).next() },
    now,
  };
};

/** Evaluates vars in their order: each may use those before it. @throws TemplateError */
export const fillVars = (
  into: Names,
  vars: readonly (readonly [name: string, value: Filler])[],
  context: TemplateContext,
): void => {
  for (const [name, value] of vars) into[name] = value.fill(context);
};
