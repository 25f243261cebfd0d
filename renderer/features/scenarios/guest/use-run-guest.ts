import { computed, onActivated, onDeactivated, onScopeDispose, watch } from "vue";
import { useGuestHistory } from "../../guests";
import { useRuns } from "../run";
import { guestSubject } from "./guest-subject";

/** Milliseconds between two guests that the pane goes to while a run plays: of one guest each step, of many a few. */
const rest = { one: 80, many: 1000 };

/** Keeps the guest's history at the step that is shown, and follows the run while it plays. */
export const useRunGuest = (of: () => { path: string; selected: string | null }) => {
  const runs = useRuns();
  const history = useGuestHistory();

  const run = computed(() => runs.runFor(of().path));
  const waitingAt = computed(() => runs.waitingAt(of().path));
  /** The selected step as it was played; null where it was not, so that the last one that was is shown. */
  const chosen = computed(() => {
    const { path, selected } = of();
    const playing = run.value?.state === "running";
    return selected === null || selected === waitingAt.value || playing
      ? null
      : runs.step(path, selected).result;
  });
  const subject = computed(() => {
    const file = runs.fileOf(of().path);
    return guestSubject(file.results.all(file.iteration), chosen.value);
  });
  const key = computed(() =>
    subject.value ? `${run.value?.id} ${subject.value.ref} ${JSON.stringify(subject.value.place)}` : "",
  );

  const indexIn = (place: NonNullable<typeof subject.value>["place"]): number => {
    if (place === undefined) return history.steps.length - 1;
    if ("eventRef" in place) return (history.numberOf.get(place.eventRef) ?? 0) - 1;
    return history.steps.findIndex(({ seq }) => seq === place.seq);
  };
  const go = async (): Promise<void> => {
    const wanted = subject.value;
    if (!wanted) return;
    const known = history.chosen === wanted.ref && history.complete ? indexIn(wanted.place) : -1;
    if (known === -1) await history.open(wanted.ref, wanted.place);
    else if (known !== history.position) await history.goTo(known);
  };

  let timer: ReturnType<typeof setTimeout> | undefined;
  let shown = true;
  const goSoon = (): void => {
    if (!shown || subject.value === null) return;
    const wait = run.value?.state !== "running" ? 0 : run.value.iterations.planned > 1 ? rest.many : rest.one;
    timer ??= setTimeout(() => {
      timer = undefined;
      void go();
    }, wait);
  };
  watch(key, goSoon, { immediate: true });
  onActivated(() => {
    shown = true;
    goSoon();
  });
  onDeactivated(() => (shown = false));
  onScopeDispose(() => clearTimeout(timer));

  /** Whether what is drawn is the step that is meant, and not the one before it. */
  const drawn = computed(() => {
    const wanted = subject.value;
    if (!wanted || history.chosen !== wanted.ref || !history.frame) return false;
    return wanted.place === undefined || indexIn(wanted.place) === history.frame.index;
  });
  return { run, waitingAt, chosen, subject, drawn, history };
};
