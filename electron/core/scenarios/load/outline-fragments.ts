import type { ScenarioOutline, StepOutline } from "../../../../shared/model/scenario";
import type { DataFile } from "./data-file";
import type { LoadedFile, LoadedStep } from "./loaded";
import { outlineOf } from "./outline";

/** Rows that an outline shows. */
const shownRows = 20;

/** Steps that an outline shows of all files together. */
const mostShown = 5000;

const renumber = (step: StepOutline, prefix: string, fragment: string): StepOutline => {
  const number = `${prefix}.${step.number}`;
  return {
    ...step,
    number,
    fragment,
    children: step.children.map((child) => renumber(child, prefix, fragment)),
  };
};

/** The outline with each `use` step's own steps below it, and the data's columns and first rows. */
export const outlineWithFragments = (
  outline: ScenarioOutline,
  root: LoadedFile,
  data: DataFile | null,
): ScenarioOutline => {
  let shown = 0;

  const childrenOf = (used: LoadedFile, prefix: string): StepOutline[] => {
    const steps = (outlineOf(used.source)?.steps ?? []).map((step) =>
      renumber(step, prefix, used.source.path),
    );
    shown += steps.length;
    return shown > mostShown ? [] : withUsed(steps, used.steps);
  };

  const withUsed = (steps: StepOutline[], loaded: readonly LoadedStep[]): StepOutline[] => {
    const byNumber = new Map(loaded.map((step) => [step.planned.number, step]));
    return steps.map((step) => {
      const found = byNumber.get(step.number);
      if (found === undefined) return step;
      if (found.used === null) return { ...step, children: withUsed(step.children, found.children) };
      return { ...step, title: found.planned.title, children: childrenOf(found.used, step.number) };
    });
  };

  const { columns = [], rows = [] } = data ?? {};
  const file = outline.data?.file ?? data?.file;
  return {
    ...outline,
    data: file === undefined ? null : { file, columns, rows: rows.length, first: rows.slice(0, shownRows) },
    steps: withUsed(outline.steps, root.steps),
  };
};
