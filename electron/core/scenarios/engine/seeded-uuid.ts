import type { Random } from "../../../../shared/scenario/random";

const hex = (random: Random, digits: number): string =>
  Math.floor(random.next() * 16 ** digits)
    .toString(16)
    .padStart(digits, "0");

/** A UUID of version 4 from a seed: the same seed gives the same one. */
export const seededUuid = (random: Random): string => {
  const variant = "89ab"[Math.floor(random.next() * 4)] ?? "8";
  return `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-${variant}${hex(random, 3)}-${hex(random, 8)}${hex(random, 4)}`;
};
