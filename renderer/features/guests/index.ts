export { default as ChangeList } from "./ChangeList.vue";
export { default as GuestRing } from "./GuestRing.vue";
export { default as GuestsView } from "./GuestsView.vue";
export { useGuestHistory } from "./guest-history-store";
export { useGuestsInPalette } from "./guests-commands";
export { milestonesOf, type Milestone } from "./milestones";
export { default as ProfileCard } from "./ProfileCard.vue";
export { useOpenGuest } from "./open-guest";
