import type { GuestProfile } from "../../../../shared/model/guest-profile";
import { comparable } from "./field-mapping";
import type { PersonalDatum } from "./rules";

/**
 * A profile's personal data as `World.guestByPersonalData` compares them, each with all of its values. A retired guest
 * has none: nobody is to be found by it.
 */
export const personalDataOf = (guest: GuestProfile): Record<PersonalDatum, string[]> => {
  const living = guest.guestType !== "retired";
  const one = (value: string | null): string[] => (living && value !== null ? [value] : []);
  return {
    email: living ? guest.emails.map(comparable) : [],
    firstName: one(guest.firstName),
    lastName: one(guest.lastName),
    dateOfBirth: one(guest.dateOfBirth),
    phoneNumber: living ? guest.phoneNumbers : [],
  };
};
