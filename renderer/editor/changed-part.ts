/** What has to be replaced in a text to make it another: offsets in the text before, and what comes there. */
export interface ChangedPart {
  start: number;
  end: number;
  content: string;
}

/**
 * The smallest stretch by which two texts differ, grown to whole characters. Both keep what stands before and behind.
 *
 * @returns null where they are the same
 */
export const changedPart = (before: string, after: string): ChangedPart | null => {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let tail = 0;
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail += 1;
  // A line end of two characters and a character of two halves are replaced whole.
  const splits = (at: number): boolean =>
    /[\uDC00-\uDFFF]/.test(before.charAt(at)) || before.slice(at - 1, at + 1) === "\r\n";
  if (start > 0 && splits(start)) start -= 1;
  if (tail > 0 && splits(before.length - tail)) tail -= 1;
  return { start, end: before.length - tail, content: after.slice(start, after.length - tail) };
};
