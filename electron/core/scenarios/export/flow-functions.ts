import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { PlannedStep } from "../plan";
import { namesAt, type FlowLevel, type FlowParts } from "./flow-level";
import { toArtillery, toCode, type Names } from "./template-to-artillery";

/** A step's number as a part of names: `5_1`. */
export const nameOf = ({ number }: PlannedStep): string => number.replaceAll(".", "_");

/** A step as reports call it. */
export const labelOf = ({ number, title }: PlannedStep): string => `${number} ${title}`;

/** Writes functions of the processor, and gives what calls them. */
export const createFlowFunctions = (parts: FlowParts) => {
  const { draft } = parts;

  /** What names mean at a step. What means nothing to Artillery is said. */
  const names =
    (step: PlannedStep, level: FlowLevel): Names =>
    (path) => {
      const meaning = namesAt(parts, level)(path);
      if (meaning === null)
        draft.leaveOut(
          step,
          `{{ ${path.join(".")} }} is empty: of what a step saw, Artillery keeps the answer's body alone.`,
        );
      return meaning;
    };

  return {
    names,

    /** Whether a step is not always played. */
    isConditional: ({ step: { when } }: PlannedStep, level: FlowLevel): boolean =>
      level.condition !== null || (when !== undefined && when !== true),

    /** The name of the condition that a step stands under; null where it is always played. */
    condition(step: PlannedStep, level: FlowLevel): string | null {
      const { when } = step.step;
      if (when === undefined || when === true) return level.condition;
      const outer = level.condition === null ? [] : [`module.exports.${level.condition}(vars)`];
      const own = `holds(${toCode(when, names(step, level))})`;
      const name = draft.newName(`when_${nameOf(step)}`);
      draft.functions.push({
        ...{ name, role: "condition", lines: [[...outer, own].join(" && ")] },
        comment: `Whether step ${labelOf(step)} is to be played.`,
      });
      return name;
    },

    /** Fills a step's values with Artillery's templates; what it has no words for goes to `lines`. */
    filler(step: PlannedStep, level: FlowLevel, lines: string[]): (value: JsonValue) => JsonValue {
      return (value) =>
        toArtillery(value, names(step, level), (code) => {
          const variable = draft.newName(`drawn_${nameOf(step)}`);
          lines.push(`vars.${variable} = ${code};`);
          return variable;
        });
    },

    /** What a request has to have, so that these lines run before it. */
    beforeRequest(step: PlannedStep, lines: string[]): JsonObject {
      if (lines.length === 0) return {};
      const name = draft.newName(`draw_${nameOf(step)}`);
      draft.functions.push({ name, role: "request", lines, comment: `For step ${labelOf(step)}.` });
      return { beforeRequest: name };
    },

    /** A step of the flow that runs these lines; none where there are none. */
    step(wish: string, lines: string[], comment: string): JsonObject[] {
      if (lines.length === 0) return [];
      const name = draft.newName(wish);
      draft.functions.push({ name, role: "step", lines, comment });
      return [{ function: name }];
    },
  };
};

export type FlowFunctions = ReturnType<typeof createFlowFunctions>;

/** What makes a request depend on a condition. */
export const guardedBy = (condition: string | null): JsonObject =>
  condition === null ? {} : { ifTrue: condition };
