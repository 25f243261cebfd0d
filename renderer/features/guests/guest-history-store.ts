import { defineStore } from "pinia";
import { computed, ref, shallowRef } from "vue";
import { AppError } from "../../../shared/contract/errors";
import { changesInWords } from "../../../shared/guest-words/changes-in-words";
import type { GuestHistoryItem, GuestProfile } from "../../../shared/model/guest-profile";
import { problemOf, useClient, useConnection, type Problem } from "../../layout";
import { milestonesOf } from "./milestones";
import { ProfileWalk, type Frame } from "./profile-walk";
import { readHistory } from "./read-history";

/** Where a history is opened: at its end, at the step of an event, or at a step's own place. */
export type Place = { eventRef: string } | { seq: number } | undefined;

/** The chosen guest of the sandbox: its history, the step that is shown, and the profile before and after it. */
export const useGuestHistory = defineStore("guest-history", () => {
  const client = useClient();
  /** The guest's reference; null where none is chosen. */
  const chosen = ref<string | null>(null);
  const latest = shallowRef<GuestProfile | null>(null);
  const steps = shallowRef<readonly GuestHistoryItem[]>([]);
  /** How many steps there are in all, while they are still being read. */
  const total = ref(0);
  /** Whether the whole history is here, so that it can be walked through. */
  const complete = ref(false);
  /** The chosen step, from 0; -1 where there is none. */
  const position = ref(-1);
  /** What is drawn: follows the position, a moment later where a profile has to be fetched. */
  const frame = shallowRef<Frame | null>(null);
  /** `seq` of the step that has just happened before everybody's eyes; its changes glow. */
  const fresh = ref<number | null>(null);
  const problem = ref<Problem | null>(null);

  let walk = new ProfileWalk();
  /** Rises with each guest that is opened, so that an answer about another one is dropped. */
  let generation = 0;
  let walking = false;
  /** Whether something has come that is not read yet. */
  let missed = false;
  let catching = false;

  const step = computed(() => steps.value[frame.value?.index ?? -1] ?? null);
  const changes = computed(() => (frame.value ? changesInWords(frame.value.before, frame.value.after) : []));
  const milestones = computed(() => milestonesOf(steps.value));
  /** At the end the view follows what happens; scrubbed back it stays. */
  const following = computed(() => position.value === steps.value.length - 1);
  /** The profile to draw: of the step, or the newest while the history is being read. */
  const profile = computed(() => frame.value?.after ?? latest.value);
  /** Event -> the number of its step, from 1. A step of this guest itself wins over one of a guest that merged. */
  const numberOf = computed(() => {
    const numbers = new Map<string, number>();
    steps.value.forEach(({ eventRef, from }, index) => {
      if (eventRef !== null && (from === undefined || !numbers.has(eventRef)))
        numbers.set(eventRef, index + 1);
    });
    return numbers;
  });

  /** Whether the sandbox does not know the guest: it was reset, or a restored state is older. */
  const isGone = ref(false);
  const fail = (error: unknown, asked: number): void => {
    if (asked !== generation) return;
    problem.value = problemOf(error);
    isGone.value = error instanceof AppError && error.code === "NOT_FOUND";
  };

  const learn = async (index: number, ref: string): Promise<void> => {
    const asked = steps.value[index];
    // Another guest may have been opened when the answer comes.
    const own = walk;
    if (!asked) return;
    own.learn(index, await client.call("guests.profile", { ref: asked.from ?? ref, at: asked.seq }));
  };

  /** Brings the picture to the position. One walk at a time: it always goes to where the position is by then. */
  const draw = async (): Promise<void> => {
    if (walking) return;
    walking = true;
    const asked = generation;
    try {
      while (asked === generation && chosen.value !== null && position.value >= 0) {
        const found = walk.frame(position.value);
        if ("after" in found) {
          frame.value = found;
          return;
        }
        await learn(found.learn, chosen.value);
      }
    } catch (error) {
      fail(error, asked);
    } finally {
      walking = false;
      if (asked !== generation) void draw();
    }
  };

  /** Moves to a step, from 0; beyond the ends to the nearer one. */
  const goTo = (index: number): Promise<void> => {
    position.value = Math.min(Math.max(index, 0), steps.value.length - 1);
    fresh.value = null;
    return draw();
  };

  const indexOf = (place: Place): number => {
    const last = steps.value.length - 1;
    if (place === undefined) return last;
    if ("eventRef" in place) return (numberOf.value.get(place.eventRef) ?? last + 1) - 1;
    const found = steps.value.findIndex(({ seq }) => seq >= place.seq);
    return found === -1 ? last : found;
  };

  const lastSeq = (): number => steps.value.at(-1)?.seq ?? 0;

  /** Adds steps that are not here yet: two answers may hold the same. */
  const take = (read: readonly GuestHistoryItem[]): void => {
    const added = read.filter(({ seq }) => seq > lastSeq());
    walk.extend(added);
    steps.value = [...steps.value, ...added];
    total.value = steps.value.length;
    complete.value = true;
  };

  /** Reads a guest anew, and goes to a place of its history. What is shown stays until the new is there. */
  const load = async (ref: string, place: Place): Promise<void> => {
    const asked = ++generation;
    const [, read] = await Promise.all([
      client.call("guests.profile", { ref }).then((profile) => {
        if (asked === generation) latest.value = profile;
      }),
      readHistory(client, ref, 0, (_read, all) => {
        if (asked === generation) total.value = all;
      }),
    ]);
    if (asked !== generation) return;
    walk = new ProfileWalk();
    steps.value = [];
    take(read);
    position.value = indexOf(place);
    if (position.value === -1) frame.value = null;
    problem.value = null;
    isGone.value = false;
    await draw();
  };

  const reload = async (place: Place): Promise<void> => {
    if (chosen.value === null) return;
    const asked = generation + 1;
    await load(chosen.value, place).catch((error: unknown) => fail(error, asked));
    if (missed) void refresh();
  };

  const clear = (): void => {
    generation++;
    walk = new ProfileWalk();
    chosen.value = null;
    latest.value = null;
    steps.value = [];
    frame.value = null;
    position.value = -1;
    complete.value = false;
    fresh.value = null;
    problem.value = null;
  };

  /** Chooses a guest and shows it, at the end of its history or at a place of it. Never rejects: see `problem`. */
  const open = async (ref: string, place?: Place): Promise<void> => {
    if (chosen.value !== ref) clear();
    chosen.value = ref;
    await reload(place);
  };

  /** Where the person stands, so that a history read anew is shown at the same step. */
  const here = (): Place => {
    const seq = steps.value[position.value]?.seq;
    return following.value || seq === undefined ? undefined : { seq };
  };

  /**
   * Reads what has come since. All is read anew where the past is another: after a merge, which brings another guest's
   * steps, and after a restored or imported state.
   */
  const catchUp = async (ref: string): Promise<void> => {
    const asked = generation;
    let all = 0;
    const [profileNow, read] = await Promise.all([
      client.call("guests.profile", { ref }),
      readHistory(client, ref, lastSeq(), (_read, count) => (all = count)),
    ]);
    if (asked !== generation) return;
    const place = here();
    const merged = profileNow.mergedFrom.length !== latest.value?.mergedFrom.length;
    if (merged || all !== steps.value.length + read.length) await reload(place);
    else {
      latest.value = profileNow;
      take(read);
      if (place === undefined) await goTo(steps.value.length - 1);
    }
    if (place === undefined && read.length > 0) fresh.value = steps.value.at(-1)?.seq ?? null;
  };

  const refresh = async (): Promise<void> => {
    missed = true;
    if (catching) return;
    catching = true;
    try {
      while (missed && chosen.value !== null && complete.value) {
        missed = false;
        await catchUp(chosen.value);
      }
    } catch (error) {
      fail(error, generation);
    } finally {
      catching = false;
    }
  };

  client.on("sandbox.guestsChanged", ({ refs, all }) => {
    if (chosen.value === null || !(all || refs.includes(chosen.value))) return;
    // After a reset there is nobody any more.
    void refresh().then(() => isGone.value && clear());
  });
  useConnection().onAgain(() => void reload(here()));

  return {
    ...{ chosen, latest, steps, total, complete, position, frame, fresh, problem },
    ...{ step, changes, milestones, following, profile, numberOf, goTo, open, clear },
  };
});
