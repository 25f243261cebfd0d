import { diffProfiles } from "../../../shared/diff-profile";
import type { GuestHistoryItem, GuestProfile } from "../../../shared/model/guest-profile";

/** A step of a history from one state of a profile to the next. */
export const stepOf = (
  seq: number,
  before: GuestProfile | undefined,
  after: GuestProfile,
  given: Partial<GuestHistoryItem> = {},
): GuestHistoryItem => ({
  ...{
    seq,
    eventRef: `event-${seq}`,
    type: "VIEW",
    at: after.lastSeen,
    changes: diffProfiles(before, after),
  },
  ...{ why: "", certainty: "documented", source: "" },
  ...given,
});
