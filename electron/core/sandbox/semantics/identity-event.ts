import type { Issue } from "../../../../shared/model/verdict";
import { extendGuest, mostOfGuest, type Extension } from "./extensions";
import { setPersonalFields } from "./field-mapping";
import type { Subject } from "./identity";
import { issueOf, type Occasion, type Reason, type Ruling } from "./ruling";
import { sources } from "./sources";
import { counted, listed } from "./words";
import type { GuestProfile } from "../../../../shared/model/guest-profile";

/**
 * What an IDENTITY, or an ADD_CONTACTS that names the guest, leaves on the profile: personal data, and its `ext` as the
 * guest's data extension. A contact that identifies nobody is somebody else's and stays with the event.
 */
export const describeGuest = (
  guest: GuestProfile,
  { claim, issues, reason }: Subject,
  occasion: Occasion,
  extension: Extension,
): Ruling => {
  const { event, mark } = occasion;
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
      : { guest: personal.guest, said: [], left: 0 };
  const said = [...personal.said, ...extended.said];
  const why = said.length === 0 ? given.why : `${given.why} The event set ${listed(said)}.`;
  const all = extended.left === 0 ? issues : [...issues, noRoom(occasion, extended.left)];
  return { guest: extended.guest, issues: all, ...given, why };
};

/** Sitecore (Guest REST API): a data extension of a guest has at most 100 pairs. */
const noRoom = (occasion: Occasion, left: number): Issue =>
  issueOf(occasion, {
    severity: "warning",
    code: "extension-full",
    path: "/ext",
    message: `/ext: ${counted(left, "attribute")} left out, because a guest's data extension holds ${mostOfGuest}.`,
    certainty: "unverified",
  });
