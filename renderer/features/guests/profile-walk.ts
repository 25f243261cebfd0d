import { applyChanges } from "../../../shared/diff-profile";
import type { GuestHistoryItem, GuestProfile } from "../../../shared/model/guest-profile";

/** Every so many steps of one guest a whole profile is fetched; those between are made of their changes. */
const stride = 64;
/** Profiles kept beside the fetched ones, so that stepping to and fro applies one step each time. */
const kept = 24;

/** A profile before and after a step; `before` is null where the step made the guest. */
export interface Frame {
  index: number;
  before: GuestProfile | null;
  after: GuestProfile;
}

/**
 * Finds a profile as it was after each step of a history. Steps of a guest that merged later (`from`) happened to that
 * guest's profile, so each guest's steps form a line of their own.
 */
export class ProfileWalk {
  readonly #steps: GuestHistoryItem[] = [];
  /** For each step the one before it in its line, -1 for none. */
  readonly #previous: number[] = [];
  /** For each step its place in its line. */
  readonly #ordinal: number[] = [];
  readonly #lastOf = new Map<string, number>();
  readonly #fetched = new Map<number, GuestProfile>();
  readonly #recent = new Map<number, GuestProfile>();

  /** Adds steps at the end. */
  extend(steps: readonly GuestHistoryItem[]): void {
    for (const step of steps) {
      const line = step.from ?? "";
      const previous = this.#lastOf.get(line) ?? -1;
      const index = this.#steps.push(step) - 1;
      this.#previous.push(previous);
      this.#ordinal.push(previous === -1 ? 0 : (this.#ordinal[previous] ?? 0) + 1);
      this.#lastOf.set(line, index);
    }
  }

  /** Takes a profile that is known for certain, as it was after a step. */
  learn(index: number, profile: GuestProfile): void {
    this.#fetched.set(index, profile);
  }

  /** The step before this one in the same guest's line; -1 for none. */
  before(index: number): number {
    return this.#previous[index] ?? -1;
  }

  /** Profiles before and after a step, or the index of the step whose profile has to be learnt first. */
  frame(index: number): Frame | { learn: number } {
    const previous = this.before(index);
    const before = previous === -1 ? null : this.#at(previous);
    if (typeof before === "number") return { learn: before };
    const after = this.#at(index);
    return typeof after === "number" ? { learn: after } : { index, before, after };
  }

  #known(index: number): GuestProfile | undefined {
    return this.#fetched.get(index) ?? this.#recent.get(index);
  }

  /** The profile after a step, or the step whose profile has to be learnt first. */
  #at(index: number): GuestProfile | number {
    const between: GuestHistoryItem[] = [];
    let at = index;
    let base = this.#known(at);
    while (!base) {
      const step = this.#steps[at];
      if (!step || (this.#ordinal[at] ?? 0) % stride === 0) return at;
      between.unshift(step);
      at = this.before(at);
      base = this.#known(at);
    }
    if (between.length === 0) return base;
    try {
      const profile = between.reduce((before, { changes }) => applyChanges(before, changes), base);
      this.#remember(index, profile);
      return profile;
    } catch {
      return index; // The steps do not fit, so the whole profile has to come.
    }
  }

  #remember(index: number, profile: GuestProfile): void {
    this.#recent.set(index, profile);
    const [oldest] = this.#recent.keys();
    if (this.#recent.size > kept && oldest !== undefined) this.#recent.delete(oldest);
  }
}
