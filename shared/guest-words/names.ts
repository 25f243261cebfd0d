import { guestTypes, type GuestType } from "../model/guest-profile";
import type { Person } from "./attributes";

/** What a name is made of, in a row of the list as in a profile. */
export interface Named {
  ref: string;
  guestType: GuestType;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
}

/** The start of a reference, by which people tell guests, browsers and sessions apart: `4f2a`. */
export const shortRef = (ref: string): string => (ref.length > 8 ? ref.slice(0, 4) : ref);

/** What a guest of the sandbox or of a tenant is called by. */
export const namedOf = (guest: Person): Named => ({
  ref: guest.ref,
  guestType: guestTypes.find((type) => type === guest.guestType) ?? "customer",
  firstName: guest.firstName,
  lastName: guest.lastName,
  email: guest.emails[0] ?? null,
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
