import type { GuestProfile } from "../../../../shared/model/guest-profile";
import type { GuestReader } from "../store/guest-reader";
import { notFound, retired } from "./rest-refusals";

/** Merges in a row that are followed; more would be a circle. */
const mostMerges = 100;

const survivorOf = async (profile: GuestProfile, guests: Pick<GuestReader, "profile">): Promise<string> => {
  let current = profile;
  for (let merges = 0; current.mergedInto !== null && merges < mostMerges; merges += 1) {
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
