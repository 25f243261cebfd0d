import type { GuestHistoryItem } from "../../../shared/model/guest-profile";

/** What a step is called: its event's type, or that only time passed. */
export const stepWords = ({ type }: Pick<GuestHistoryItem, "type">): string => type ?? "time passed";
