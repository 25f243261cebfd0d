import type { GuestProfile } from "../../../../shared/model/guest-profile";

/** What is not known is not there. That the real API leaves it out, and does not write null, is unverified. */
export const withoutNulls = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));

/** `male`, `female`, or `unknown` (facts §6: the REST gender is lower case). */
const genderOf = (gender: string | null): string | null => gender && gender.toLowerCase();

/**
 * A guest in the field names of the Guest REST API ("Retrieve a guest"; facts §6). `email` and `phone`, the first of
 * each, are not in that page but in an unofficial client's model. `modifiedAt` is when the guest was last seen, because
 * nothing but events changes a guest here.
 *
 * @param href its own address
 */
export const guestResource = (profile: GuestProfile, href: string): Record<string, unknown> => ({
  href,
  ...withoutNulls({
    ref: profile.ref,
    createdAt: profile.createdAt,
    modifiedAt: profile.lastSeen,
    firstSeen: profile.firstSeen,
    lastSeen: profile.lastSeen,
    guestType: profile.guestType,
    title: profile.title,
    firstName: profile.firstName,
    lastName: profile.lastName,
    gender: genderOf(profile.gender),
    dateOfBirth: profile.dateOfBirth,
    email: profile.emails[0],
    emails: profile.emails,
    phone: profile.phoneNumbers[0],
    phoneNumbers: profile.phoneNumbers,
    language: profile.language,
    street: profile.street,
    city: profile.city,
    country: profile.country,
    postCode: profile.postCode,
    state: profile.state,
    identifiers: profile.identifiers.map(({ provider, id, expiryDate }) =>
      withoutNulls({ provider, id, expiryDate }),
    ),
  }),
});
