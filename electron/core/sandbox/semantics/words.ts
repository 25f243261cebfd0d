/** The start of a reference, by which people tell guests and sessions apart. */
export const short = (ref: string): string => ref.slice(0, 4);

const longest = 60;

/** Other people's text in a sentence: on one line, without signs that turn its direction, and not too long. */
export const shown = (text: string): string => {
  const line = text
    .slice(0, 4 * longest)
    .replaceAll(/[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g, " ")
    .trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
};

/** `shown` in quotation marks. */
export const quoted = (text: string): string => `“${shown(text)}”`;

/** "1 session", "3 sessions". */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** "a", "a and b", "a, b and c". */
export const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;

/** Milliseconds as people say them: "30 minutes". */
export const spoken = (milliseconds: number): string => {
  if (milliseconds >= 60_000) return counted(Math.round(milliseconds / 6_000) / 10, "minute");
  return counted(Math.round(milliseconds / 100) / 10, "second");
};

/** With a capital, at the start of a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
