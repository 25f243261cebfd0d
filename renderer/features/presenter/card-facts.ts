import { amountsWords, cartWords } from "../../../shared/guest-words/values";
import type { GuestProfile } from "../../../shared/model/guest-profile";

/** A row of the card. */
export interface CardFact {
  label: string;
  value: string;
  /** Whether the step at hand changed it. */
  changed: boolean;
}

const firstOf = (values: readonly string[]): string => {
  const [first] = values;
  if (first === undefined) return "not known";
  return values.length > 1 ? `${first} + ${values.length - 1}` : first;
};

/** In the order of the story that most guests have. */
const facts: readonly { label: string; words(profile: GuestProfile): string }[] = [
  { label: "E-mail", words: ({ emails }) => firstOf(emails) },
  { label: "Browsers", words: ({ browsers }) => browsers.length.toLocaleString("en-GB") },
  { label: "Sessions", words: ({ sessions }) => sessions.length.toLocaleString("en-GB") },
  { label: "Cart", words: ({ cart }) => cartWords(cart) ?? "empty" },
  {
    label: "Orders",
    words: ({ orders }) => (orders.length === 0 ? "none yet" : orders.length.toLocaleString("en-GB")),
  },
  { label: "Lifetime", words: ({ lifetimeValue }) => amountsWords(lifetimeValue) ?? "0.00" },
];

/**
 * What the card says of a guest.
 *
 * @param before the profile before the step at hand; null where the guest is new, and everything with it
 */
export const cardFacts = (profile: GuestProfile, before: GuestProfile | null): CardFact[] =>
  facts.map(({ label, words }) => ({
    label,
    value: words(profile),
    changed: before !== null && words(before) !== words(profile),
  }));
