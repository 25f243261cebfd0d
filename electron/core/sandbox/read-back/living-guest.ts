import type { GuestProfile } from "../../../../shared/model/guest-profile";
import type { GuestReader } from "../store/guest-reader";
import { notFound, retired } from "./rest-refusals";

/** The last of however many merges. A circle, which nothing makes, ends where it began. */
const survivorOf = async (profile: GuestProfile, guests: Pick<GuestReader, "profile">): Promise<string> => {
  const seen = new Set<string>();
  let current = profile;
  while (current.mergedInto !== null && !seen.has(current.ref)) {
    seen.add(current.ref);
    const next = await guests.profile(current.mergedInto);
    if (!next) break;
    current = next;
  }
  return current.ref;
};

/** The guest that a reference means. @throws Refusal 404, also for one that became another guest */
export const livingGuest = async (
  ref: string,
  guests: Pick<GuestReader, "profile">,
): Promise<GuestProfile> => {
  const profile = await guests.profile(ref);
  if (!profile) throw notFound("guest", ref);
  if (profile.guestType === "retired") throw retired(profile, await survivorOf(profile, guests));
  return profile;
};
