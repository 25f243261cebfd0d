import { applyPatch } from "fast-json-patch";
import type { GuestHistoryItem, GuestProfile } from "../../../shared/model/guest-profile";

/**
 * The profile after some steps, of the one before them.
 *
 * @throws where the steps do not belong to this profile
 */
export const applySteps = (profile: GuestProfile, steps: readonly GuestHistoryItem[]): GuestProfile =>
  steps.reduce(
    (before, { changes }) =>
      applyPatch<GuestProfile>(before, structuredClone(changes) as never, false, true, true).newDocument,
    structuredClone(profile),
  );
