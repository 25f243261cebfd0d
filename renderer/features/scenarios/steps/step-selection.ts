import { defineStore } from "pinia";
import { computed, shallowReactive, watch } from "vue";
import type { StepOutline } from "../../../../shared/model/scenario";
import { useScenarioFiles } from "../files/scenario-files-store";
import { useScenarioTexts } from "../text/scenario-texts-store";
import { followSteps, parentOf, stepOf, stepRows, type StepRow } from "./step-rows";

interface Selection {
  /** Numbers, in no order. */
  selected: ReadonlySet<string>;
  /** The one that the arrows go on from, and that is shown below. */
  active: string | null;
  /** Where a stretch of rows begins. */
  anchor: string | null;
  folded: ReadonlySet<string>;
}

const nothing: Selection = { selected: new Set(), active: null, anchor: null, folded: new Set() };
const noSteps: readonly StepOutline[] = [];

/** Which steps of the open file are selected and folded. Both follow the steps when the text changes. */
export const useStepSelection = defineStore("step-selection", () => {
  const files = useScenarioFiles();
  const texts = useScenarioTexts();
  const all = shallowReactive(new Map<string, Selection>());

  const path = computed(() => files.open ?? "");
  const steps = computed(() => texts.of(path.value)?.reading.outline?.steps ?? noSteps);
  const of = computed(() => all.get(path.value) ?? nothing);
  const rows = computed(() => stepRows(steps.value, of.value.folded));
  const active = computed(() => of.value.active);
  const activeStep = computed(() => (active.value === null ? undefined : stepOf(steps.value, active.value)));

  const set = (part: Partial<Selection>): void => void all.set(path.value, { ...of.value, ...part });

  /** Opens what a step stands in, so that it is in view. */
  const unfoldTo = (number: string): void => {
    const folded = new Set(of.value.folded);
    for (let up = parentOf(number); up !== null; up = parentOf(up)) folded.delete(up);
    if (folded.size !== of.value.folded.size) set({ folded });
  };
  const select = (number: string | null): void => {
    if (number !== null) unfoldTo(number);
    set({ selected: new Set(number === null ? [] : [number]), active: number, anchor: number });
  };
  const selectAll = (numbers: readonly string[]): void => {
    for (const number of numbers) unfoldTo(number);
    const [first = null] = numbers;
    set({ selected: new Set(numbers), active: numbers.at(-1) ?? null, anchor: first });
  };
  /** Selects every row from where the stretch began to this one. */
  const extendTo = (number: string): void => {
    const numbers = rows.value.map((row) => row.number);
    const from = numbers.indexOf(of.value.anchor ?? number);
    const to = numbers.indexOf(number);
    if (to === -1) return;
    const [start, end] = from === -1 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
    set({ selected: new Set(numbers.slice(start, end + 1)), active: number });
  };
  const toggle = (number: string): void => {
    const selected = new Set(of.value.selected);
    if (!selected.delete(number)) selected.add(number);
    set({ selected, active: number, anchor: number });
  };
  const fold = (number: string, closed: boolean): void => {
    const folded = new Set(of.value.folded);
    if (closed) folded.add(number);
    else folded.delete(number);
    set({ folded });
    const { active: at } = of.value;
    if (closed && at?.startsWith(`${number}.`)) select(number);
  };
  const foldable = (list: readonly StepOutline[]): string[] =>
    list.flatMap(({ number, children }) => (children.length > 0 ? [number, ...foldable(children)] : []));
  const foldAll = (closed: boolean): void => {
    set({ folded: new Set(closed ? foldable(steps.value) : []) });
    const top = of.value.active?.split(".")[0];
    if (closed && top !== undefined) select(top);
  };

  watch(
    () => [path.value, steps.value] as const,
    ([now, after], [then, before]) => {
      if (now !== then) return;
      const { selected, folded, ...rest } = of.value;
      const follow = (number: string | null): string | null =>
        number === null ? null : (followSteps(before, after, [number])[0] ?? null);
      set({
        selected: new Set(followSteps(before, after, selected)),
        folded: new Set(followSteps(before, after, folded)),
        active: follow(rest.active),
        anchor: follow(rest.anchor),
      });
    },
    { flush: "sync" },
  );
  const activeRow = computed((): StepRow | undefined =>
    rows.value.find(({ number }) => number === active.value),
  );
  return {
    ...{ path, steps, rows, active, activeStep, activeRow },
    selected: computed(() => of.value.selected),
    ...{ select, selectAll, extendTo, toggle, fold, foldAll },
  };
});
