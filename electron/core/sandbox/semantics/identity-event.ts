import { extendGuest, type Extension } from "./extensions";
import { setPersonalFields } from "./field-mapping";
import type { Subject } from "./identity";
import type { Occasion, Reason, Ruling } from "./ruling";
import { sources } from "./sources";
import { listed } from "./words";
import type { GuestProfile } from "../../../../shared/model/guest-profile";

/**
 * What an IDENTITY, or an ADD_CONTACTS that names the guest, leaves on the profile: personal data, and its `ext` as the
 * guest's data extension. A contact that identifies nobody is somebody else's and stays with the event.
 */
export const describeGuest = (
  guest: GuestProfile,
  { claim, issues, reason }: Subject,
  { event, mark }: Occasion,
  extension: Extension,
): Ruling => {
  const given: Reason = reason ?? {
    why: "The contacts stay with the event: none of them says who the guest is.",
    certainty: "documented",
    source: sources.addContacts,
  };
  if (claim === undefined || reason === null) return { guest, issues, ...given };
  const personal = setPersonalFields(guest, claim.personal, mark);
  const extended =
    event.type === "IDENTITY"
      ? extendGuest(personal.guest, extension, mark)
      : { guest: personal.guest, said: [] };
  const said = [...personal.said, ...extended.said];
  const why = said.length === 0 ? given.why : `${given.why} The event set ${listed(said)}.`;
  return { guest: extended.guest, issues, ...given, why };
};
