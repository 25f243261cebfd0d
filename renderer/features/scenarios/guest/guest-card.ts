import { guestInitials, guestName, namedOf, shortRef } from "../../../../shared/guest-words/names";
import { cartWords } from "../../../../shared/guest-words/values";
import type { GuestProfile } from "../../../../shared/model/guest-profile";

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

/** What the small key card says of a guest: "1 browser, 2 sessions, cart 59.70 EUR". */
export const cardOf = (profile: GuestProfile) => {
  const named = namedOf(profile);
  const cart = cartWords(profile.cart);
  const detail = [
    counted(profile.browsers.length, "browser"),
    counted(profile.sessions.length, "session"),
    ...(profile.orders.length > 0 ? [counted(profile.orders.length, "order")] : []),
    ...(cart === null ? [] : [`cart ${cart}`]),
  ].join(", ");
  const known = named.guestType === "customer";
  // A visitor's name is made of the reference, which stands beside it.
  const name = guestName(named).replace(` ${shortRef(profile.ref)}`, "");
  return {
    kind: known ? ("customer" as const) : ("visitor" as const),
    name,
    reference: shortRef(profile.ref),
    detail,
    initials: guestInitials(named),
  };
};
