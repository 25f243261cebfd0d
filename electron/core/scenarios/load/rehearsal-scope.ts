import type { JsonObject } from "../../../../shared/model/json";
import { lookIn, lookInside } from "../../../../shared/scenario/look-up";
import { createRandom } from "../../../../shared/scenario/random";
import type { TemplateContext } from "../../../../shared/scenario/template-context";
import { NotKnown, unknown, type Known } from "./fill-known";

/** What names mean at one place of a rehearsal: values that are known, and those that only a run can tell. */
export interface RehearsalScope {
  vars: Map<string, Known>;
  captures: Set<string>;
  row: JsonObject | null;
  env: Readonly<Record<string, string>>;
  seed: string;
  iteration: number;
  now: number;
  /** Told of every use of the row, so that what does not depend on it is judged once. */
  usedRow(): void;
}

/** Stands for the ids that a target gives. */
export const probeId = "00000000-0000-4000-8000-000000000000";

/** The context of one execution of a step. @param stream names what draws */
export const rehearsalContext = (scope: RehearsalScope, stream: string): TemplateContext => {
  const { row, env } = scope;
  const lookAround = lookIn({
    ...{ captures: {}, vars: {}, steps: {}, row, env },
    browserId: probeId,
    sessionId: probeId,
  });
  return {
    random: createRandom(scope.seed, scope.iteration, stream),
    now: scope.now,
    look(path) {
      const [name = "", ...rest] = path;
      if (name === "row") scope.usedRow();
      if (name === "steps" || scope.captures.has(name)) throw new NotKnown();
      const value = scope.vars.get(name);
      if (value === unknown) throw new NotKnown();
      return value === undefined ? lookAround(path) : lookInside(value, rest);
    },
  };
};
