import type { GuestProfile } from "../../../../shared/model/guest-profile";

/** A guest as the database has it, with what its next step of history needs to know. */
export interface KnownGuest {
  profile: GuestProfile;
  /** Characters of its profile as JSON. */
  size: number;
  /** Steps, and the characters of their patches, since the last whole profile in its history. */
  patchSteps: number;
  patchWeight: number;
}

/** Guests in memory, the least recently used forgotten first. */
export interface GuestCache {
  get(ref: string): KnownGuest | undefined;
  put(ref: string, guest: KnownGuest): void;
  clear(): void;
}

/** How much is kept: guests, and characters of their profiles, which weigh a few times that in memory. */
const mostGuests = 2_000;
const mostCharacters = 8_000_000;

export const createGuestCache = (): GuestCache => {
  const guests = new Map<string, KnownGuest>();
  let characters = 0;

  const drop = (ref: string): void => {
    characters -= guests.get(ref)?.size ?? 0;
    guests.delete(ref);
  };

  return {
    get(ref) {
      const guest = guests.get(ref);
      if (!guest) return undefined;
      guests.delete(ref);
      guests.set(ref, guest);
      return guest;
    },
    put(ref, guest) {
      drop(ref);
      guests.set(ref, guest);
      characters += guest.size;
      for (const oldest of guests.keys()) {
        if (guests.size <= mostGuests && characters <= mostCharacters) break;
        drop(oldest);
      }
    },
    clear() {
      guests.clear();
      characters = 0;
    },
  };
};
