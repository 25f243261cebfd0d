import type { GuestProfile } from "../../../../shared/model/guest-profile";
import type { Applied, World } from "../semantics/world";
import { identifiersOf, keepable, keysBeyond, personalDataOf } from "../store/guest-columns";
import { pairKey, type LoadedWorld } from "../store/load-world";

/** The world as it is in the middle of a batch: what was loaded, and what the events before have made of it. */
export interface BatchWorld extends World {
  /** Takes over what came of an event, for the events behind it. */
  take(applied: Pick<Applied, "changes" | "extensionTypes">): void;
}

export const createBatchWorld = (loaded: LoadedWorld): BatchWorld => {
  const changed = new Map<string, GuestProfile>();
  const browsers = new Map(loaded.browsers);
  const identifiers = new Map([...loaded.identifiers].map(([key, owners]) => [key, [...owners]]));
  const orderReferences = new Set(loaded.orderReferences);
  const extensionTypes = new Map(loaded.extensionTypes);

  const guest = (ref: string): GuestProfile | undefined =>
    changed.get(ref) ?? loaded.guests.get(ref)?.profile;

  const moveIdentifiers = (before: GuestProfile | undefined, after: GuestProfile): void => {
    const [had, has] = [identifiersOf(before), identifiersOf(after)];
    for (const { name, value } of keysBeyond(had, has)) {
      const owners = identifiers.get(pairKey(name, value)) ?? [];
      identifiers.set(
        pairKey(name, value),
        owners.filter((owner) => owner !== after.ref),
      );
    }
    for (const { name, value } of keysBeyond(has, had)) {
      const owners = identifiers.get(pairKey(name, value)) ?? [];
      identifiers.set(pairKey(name, value), [...owners, after.ref]);
    }
  };

  const takeGuest = (after: GuestProfile): void => {
    moveIdentifiers(guest(after.ref), after);
    changed.set(after.ref, after);
    if (after.guestType === "retired") return;
    for (const { ref } of after.browsers) browsers.set(ref, after.ref);
    for (const { referenceId } of after.orders) orderReferences.add(keepable(referenceId));
  };

  const hasData = (profile: GuestProfile, data: Readonly<Record<string, string>>): boolean => {
    const keys = Object.entries(data).map(([name, value]) => ({ name, value: keepable(value) }));
    return keysBeyond(keys, personalDataOf(profile)).length === 0;
  };

  return {
    guest,
    guestOfBrowser(browserRef) {
      const ref = browsers.get(browserRef);
      return ref === undefined ? undefined : guest(ref);
    },
    guestByIdentifier(provider, id) {
      const [oldest] = identifiers.get(pairKey(keepable(provider), keepable(id))) ?? [];
      return oldest === undefined ? undefined : guest(oldest);
    },
    guestByPersonalData(data) {
      for (const ref of [...loaded.candidates, ...changed.keys()]) {
        const profile = guest(ref);
        if (profile && hasData(profile, data)) return profile;
      }
      return undefined;
    },
    hasOrder: (referenceId) => orderReferences.has(keepable(referenceId)),
    extensionType: (eventType, attribute) =>
      extensionTypes.get(pairKey(keepable(eventType), keepable(attribute))),
    take({ changes, extensionTypes: fixed }) {
      for (const { after } of changes) takeGuest(after);
      for (const { eventType, attribute, type } of fixed) {
        extensionTypes.set(pairKey(keepable(eventType), keepable(attribute)), type);
      }
    },
  };
};
