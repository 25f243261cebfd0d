import type { StepKind, StepOutline } from "../model/scenario";

/** A step that people are told of: what a guest does, what is looked at, and the time that passes in between. */
export interface ToldStep {
  number: string;
  title: string;
  kind: StepKind;
  /** What it sends: `IDENTITY`; of a `repeat` what its first step sends. Null where it sends nothing. */
  type: string | null;
  /** How often it is played, as the file says; 1 where a template decides. */
  times: number;
  /** As it stands in the file; of a `repeat` its first step that sends. */
  step: StepOutline["step"];
}

const told: readonly StepOutline["kind"][] = ["send", "guest", "clock"];

const tellingIn = (children: readonly StepOutline[]): StepOutline | undefined => {
  const steps = children.filter(({ disabled }) => !disabled);
  return (
    steps.find(({ kind }) => told.includes(kind)) ??
    steps.map(({ children: inside }) => tellingIn(inside)).find((found) => found !== undefined)
  );
};
const typeOf = ({ step }: StepOutline): string | null =>
  typeof step["send"] === "string" ? step["send"] : null;

const toldOf = (outline: StepOutline): ToldStep[] => {
  const { kind, number, title, step, children } = outline;
  if (outline.disabled || kind === "unknown") return [];
  if (kind === "use") return children.flatMap(toldOf);
  if (told.includes(kind)) return [{ number, title, kind, type: typeOf(outline), times: 1, step }];
  const telling = kind === "repeat" ? tellingIn(children) : undefined;
  if (!telling) return [];
  const times = typeof step["repeat"] === "number" ? step["repeat"] : 1;
  const named = typeof step["name"] === "string" ? title : telling.title;
  return [{ number, title: named, kind, type: typeOf(telling), times, step: telling.step }];
};

/** The steps of a scenario that make its story, in their order. A `repeat` is told once, a fragment step by step. */
export const toldSteps = (steps: readonly StepOutline[]): ToldStep[] => steps.flatMap(toldOf);

/** Where a step stands in the story, from 0: at itself, or at the `repeat` around it; -1 where it is not told. */
export const toldIndex = (story: readonly ToldStep[], number: string): number =>
  story.findIndex((told) => number === told.number || number.startsWith(`${told.number}.`));
