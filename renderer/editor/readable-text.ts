/** Up to this many characters a body is indented for reading; beyond it that would be felt. */
export const indentLimit = 1_000_000;
/** A line beyond this is shown by its beginning only. */
export const lineLimit = 20_000;

/** A text as a reading view shows it, and what one must know about that. */
export interface ReadableText {
  text: string;
  /** A sentence where the view shows less than, or not quite, what came; else null. */
  note: string | null;
  /** Whether a line is too long to be wrapped. */
  longLines: boolean;
}

/** Whether a line is too long to be wrapped: breaking a line of megabytes into rows takes seconds. */
export const hasLongLine = (text: string): boolean => {
  for (let start = 0; start <= text.length;) {
    const end = text.indexOf("\n", start);
    if ((end === -1 ? text.length : end) - start > lineLimit) return true;
    if (end === -1) return false;
    start = end + 1;
  }
  return false;
};

const indented = (text: string): string | null => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return null;
  }
};

const looksLikeJson = (text: string): boolean => /^\s*[[{]/.test(text);

/** Numbers that JavaScript cannot hold would change their digits when indented. */
const losesDigits = (text: string): boolean => /(?<![\w."])-?\d{16,}|\d\.\d{16,}/.test(text);

/**
 * Makes a body readable: JSON up to 1 MB is indented, everything else stays as it came, with the reason.
 *
 * @param text the body
 * @param pretty whether it is to be indented at all
 */
export const readableText = (text: string, pretty: boolean): ReadableText => {
  const unchanged = (note: string | null): ReadableText => {
    const longLines = hasLongLine(text);
    const cut = "Of a line longer than 20,000 characters only the beginning is drawn; a copy has all of it.";
    return { text, note: [note, longLines ? cut : null].filter(Boolean).join(" ") || null, longLines };
  };
  if (!pretty || !looksLikeJson(text)) return unchanged(null);
  if (text.length > indentLimit)
    return unchanged("Longer than 1 MB, so it is shown as it came, not indented.");
  if (losesDigits(text)) {
    return unchanged("It has numbers with more digits than can be kept, so it is shown as it came.");
  }
  const better = indented(text);
  if (better === null) return unchanged("It is not JSON, although it begins like it.");
  return { text: better, note: null, longLines: hasLongLine(better) };
};
