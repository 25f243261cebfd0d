import { createHash } from "node:crypto";

/**
 * The reference of something that an event makes: a UUID (version 8 of RFC 9562) out of the event's own reference
 * and what it is for. The same event makes the same references, so a replay rebuilds the same profiles byte for byte.
 */
export const deriveRef = (eventRef: string, purpose: string): string => {
  const hash = createHash("sha256").update(`${eventRef}:${purpose}`).digest("hex");
  const variant = ((parseInt(hash.charAt(16), 16) & 0b0011) | 0b1000).toString(16);
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `${variant}${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join("-");
};
