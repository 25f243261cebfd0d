import { randomBytes } from "node:crypto";

/** Milliseconds of the newest id, and how many ids that millisecond has had. */
let newest = 0;
let count = 0;

/** Random bytes are asked for in bulk: one call costs as much as one for many. */
const bytesAtOnce = 8 * 512;
let bytes = Buffer.alloc(0);
let used = 0;

const randomPart = (): string => {
  if (used === bytes.length) {
    bytes = randomBytes(bytesAtOnce);
    used = 0;
  }
  return bytes.toString("hex", used, (used += 8));
};

/**
 * An id for a new entry: a UUID that begins with the time (RFC 9562, version 7), counted on within a millisecond. So
 * the log's index of ids grows at its end, and a commit touches one page of it instead of one for each entry.
 */
export const newEntryId = (): string => {
  const now = Math.max(Date.now(), newest);
  count = now === newest ? count + 1 : 0;
  newest = count > 0xfff ? now + 1 : now;
  if (count > 0xfff) count = 0;
  const time = newest.toString(16).padStart(12, "0");
  const random = randomPart();
  // The variant's two bits, `10`, and 62 random ones.
  const variant = ((parseInt(random.slice(0, 1), 16) & 3) | 8).toString(16);
  const place = count.toString(16).padStart(3, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${place}-${variant}${random.slice(1, 4)}-${random.slice(4)}`;
};
