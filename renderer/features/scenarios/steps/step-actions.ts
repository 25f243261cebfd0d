import { defineStore } from "pinia";
import { ref } from "vue";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { ScenarioEdit, ScenarioOutline, StepOutline } from "../../../../shared/model/scenario";
import { copyText } from "../../../ui/copy-text";
import { useRuns } from "../run";
import { useScenarioTexts } from "../text/scenario-texts-store";
import { copySteps, pasteSteps } from "./step-clipboard";
import {
  duplicateSteps,
  moveTo,
  moveTowards,
  numbersAt,
  ownOf,
  placeBehind,
  removeSteps,
  type MoveDirection,
  type StepMove,
  type StepPlace,
} from "./step-moves";
import { stepOf } from "./step-rows";
import { useStepSelection } from "./step-selection";

/** What can be done to the steps of the open file. Each change waits for those before it. */
export const useStepActions = defineStore("step-actions", () => {
  const texts = useScenarioTexts();
  const selection = useStepSelection();
  const runs = useRuns();
  /** Whether the menu of new steps is open. */
  const adding = ref(false);

  const changeWith = async (make: (outline: ScenarioOutline) => StepMove | null): Promise<void> => {
    const { path } = selection;
    let selected: readonly string[] = [];
    const changes = (outline: ScenarioOutline): ScenarioEdit[] | null => {
      const move = make(outline);
      selected = move?.selected ?? [];
      return move?.edits ?? null;
    };
    await texts.edit(path, changes, () => {
      if (selection.path === path) selection.selectAll(selected);
    });
  };

  const move = (direction: MoveDirection): Promise<void> =>
    changeWith(({ steps }) => moveTowards(steps, selection.selected, direction));
  const moveToPlace = (numbers: readonly string[], place: StepPlace): Promise<void> =>
    changeWith(({ steps }) => moveTo(steps, numbers, place));
  const remove = (): Promise<void> => changeWith(({ steps }) => removeSteps(steps, selection.selected));
  const duplicate = (): Promise<void> => changeWith(({ steps }) => duplicateSteps(steps, selection.selected));

  const insertAt = (place: (outline: ScenarioOutline) => StepPlace, steps: JsonObject[]): Promise<void> =>
    changeWith((outline) => {
      const at = place(outline);
      return {
        edits: [{ op: "insert", ...at, steps }],
        selected: numbersAt(outline.steps, at, steps.length),
      };
    });
  /** Puts steps behind the one that is active. */
  const add = (steps: JsonObject[]): Promise<void> =>
    insertAt((outline) => placeBehind(outline.steps, selection.active), steps);

  /** The steps that an action is about: those selected that stand in this file. */
  const chosen = (steps: readonly StepOutline[]): StepOutline[] =>
    ownOf(steps, selection.selected).flatMap((number) => stepOf(steps, number) ?? []);

  /** Sets a key where it is not set in all of them, else takes it out of all. */
  const toggleKey = (key: "disabled" | "breakpoint", numbers?: readonly string[]): Promise<void> =>
    keepingSelection(({ steps }) => {
      const its = numbers
        ? ownOf(steps, numbers).flatMap((number) => stepOf(steps, number) ?? [])
        : chosen(steps);
      const on = !its.every((step) => step[key]);
      if (key === "breakpoint")
        for (const { number } of its)
          void runs.setBreakpoint(selection.path, number, on).catch(() => undefined);
      return its
        .filter((step) => step[key] !== on)
        .map(({ number }) => ({ op: "setStep", step: number, key, ...(on && { value: true }) }));
    });
  const keepingSelection = async (make: (outline: ScenarioOutline) => ScenarioEdit[]): Promise<void> => {
    await texts.edit(selection.path, make);
  };

  /**
   * Sets a key of a step, or takes it out.
   *
   * @param path of the file that the step was seen in: another may be open by now
   */
  const setKey = async (
    path: string,
    number: string,
    key: string,
    value: JsonValue | undefined,
  ): Promise<void> => {
    await texts.edit(path, ({ steps }) => {
      const step = stepOf(steps, number);
      if (!step || JSON.stringify(step.step[key]) === JSON.stringify(value)) return null;
      return [{ op: "setStep", step: number, key, ...(value !== undefined && { value }) }];
    });
  };

  /** The selected steps as YAML; null where none is. */
  const copied = (): string | null => {
    const steps = chosen(selection.steps);
    return steps.length === 0 ? null : copySteps(texts.of(selection.path)?.text ?? "", steps);
  };
  const copy = async (): Promise<void> => {
    const text = copied();
    if (text !== null) await copyText(text);
  };
  const cut = async (): Promise<void> => {
    const text = copied();
    if (text !== null && (await copyText(text))) await remove();
  };
  const paste = (text: string): Promise<void> => add(pasteSteps(text));

  const undo = (): Promise<void> => texts.undo(selection.path);
  const redo = (): Promise<void> => texts.redo(selection.path);

  return {
    ...{ adding, move, moveToPlace, remove, duplicate, add, toggleKey, setKey },
    ...{ copied, copy, cut, paste, undo, redo },
  };
});
