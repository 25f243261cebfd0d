import type { GuestProfile } from "../../../../../shared/model/guest-profile";
import { applyEvent } from "../apply-event";
import { newVisitor } from "../new-visitor";
import { personalDataOf } from "../personal-data";
import type { SandboxRules } from "../rules";
import type { Applied, EventToApply, ProfileChange, World } from "../world";

/** A world that is complete by nature: it keeps every guest. For tests of the rules, and of what uses them. */
export interface WorldInMemory extends World {
  /** In the order in which they came. */
  guests(): GuestProfile[];
  /** Every change so far. */
  changes(): readonly ProfileChange[];
  /** Makes a browser, as `browser/create.json` does. */
  checkIn(guestRef: string, browserRef: string, at: number): void;
  apply(event: EventToApply, rules: SandboxRules): Applied;
  /** Keeps what happened to guests by time alone. */
  keep(changes: readonly ProfileChange[]): void;
}

/** Starts empty. */
export const createWorldInMemory = (): WorldInMemory => {
  const guests = new Map<string, GuestProfile>();
  const history: ProfileChange[] = [];
  const types = new Map<string, "string" | "number" | "boolean">();
  const all = (): GuestProfile[] => [...guests.values()];
  const living = (): GuestProfile[] => all().filter(({ guestType }) => guestType !== "retired");
  const keep = (changes: readonly ProfileChange[]): void => {
    for (const change of changes) {
      history.push(change);
      guests.set(change.after.ref, change.after);
    }
  };
  const typeKey = (eventType: string, attribute: string): string => JSON.stringify([eventType, attribute]);

  const world: WorldInMemory = {
    guests: all,
    changes: () => history,
    keep,
    checkIn(guestRef, browserRef, at) {
      keep([newVisitor(guestRef, browserRef, at)]);
    },
    apply(event, rules) {
      const applied = applyEvent(event, world, rules);
      keep(applied.changes);
      for (const { eventType, attribute, type } of applied.extensionTypes)
        types.set(typeKey(eventType, attribute), type);
      return applied;
    },
    guest: (ref) => guests.get(ref),
    guestOfBrowser: (browserRef) =>
      living().find(({ browsers }) => browsers.some(({ ref }) => ref === browserRef)),
    guestByIdentifier: (provider, id) =>
      living().find(({ identifiers }) =>
        identifiers.some((one) => one.provider === provider && one.id === id),
      ),
    guestByPersonalData: (data) =>
      living().find((guest) => {
        const known: Readonly<Record<string, string[]>> = personalDataOf(guest);
        return Object.entries(data).every(([name, value]) => known[name]?.includes(value));
      }),
    hasOrder: (referenceId) =>
      all().some(({ orders }) => orders.some((order) => order.referenceId === referenceId)),
    extensionType: (eventType, attribute) => types.get(typeKey(eventType, attribute)),
  };
  return world;
};
