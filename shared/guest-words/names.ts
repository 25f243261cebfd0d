import type { GuestProfile, GuestRow, GuestType } from "../model/guest-profile";

/** What a name is made of, in a row of the list as in a profile. */
export interface Named {
  ref: string;
  guestType: GuestType;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
}

/** The end of a reference, by which people tell guests, browsers and sessions apart: `4f2a`. */
export const shortRef = (ref: string): string => (ref.length > 8 ? ref.slice(-4) : ref);

/** A profile as a row of the list has it. */
export const namedOf = (profile: GuestProfile): Named & Pick<GuestRow, "lastSeen" | "mergedInto"> => ({
  ref: profile.ref,
  guestType: profile.guestType,
  firstName: profile.firstName,
  lastName: profile.lastName,
  email: profile.emails[0] ?? null,
  lastSeen: profile.lastSeen,
  mergedInto: profile.mergedInto,
});

const ownName = ({ firstName, lastName }: Pick<Named, "firstName" | "lastName">): string =>
  [firstName, lastName]
    .map((part) => part?.trim() ?? "")
    .filter((part) => part !== "")
    .join(" ");

/** What a guest is called on screen: its name, else its e-mail, else `Visitor 4f2a`. */
export const guestName = (guest: Named): string => {
  const name = ownName(guest) || guest.email;
  if (name) return name;
  return `${guest.guestType === "customer" ? "Customer" : "Visitor"} ${shortRef(guest.ref)}`;
};

/** Up to two letters for the ring of a known guest; empty where it has neither name nor e-mail. */
export const guestInitials = (guest: Named): string => {
  const words = (ownName(guest) || (guest.email ?? "")).split(/\s+/u).filter((word) => word !== "");
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words.slice(0, 1);
  return ends
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toUpperCase();
};
