/** One change of a profile in words for people. */
export interface ChangeLine {
  sign: ChangeSign;
  /** What changed: "Last name", "Order A-10293". */
  label: string;
  /** The value before; null where there was none. */
  old: string | null;
  /** The value after; null where there is none any more. */
  new: string | null;
  /** Where a screen marks it: `lastName`, `extensions/loyalty/tier`, `orders/<ref>`. Never shown. */
  place: string;
  /** What moves with nearly every event, such as counters and the time last seen: not worth the first look. */
  quiet: boolean;
}

export type ChangeSign = "added" | "changed" | "removed";

/** Two values of one thing; null where they are equal, so that nothing changed. */
export const lineOf = (
  place: string,
  label: string,
  before: string | null,
  after: string | null,
  quiet = false,
): ChangeLine | null => {
  if (before === after) return null;
  const sign = before === null ? "added" : after === null ? "removed" : "changed";
  return { sign, label, old: before, new: after, place, quiet };
};

export const isLine = (line: ChangeLine | null): line is ChangeLine => line !== null;
