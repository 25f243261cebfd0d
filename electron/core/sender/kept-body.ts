import { isUtf8 } from "node:buffer";
import type { Body } from "../../../shared/model/entry";
import { bodyLimits, type ReceivedBody } from "./receive-body";

/** A cut may fall into the middle of a character of up to four bytes; what is left of it goes. */
const wholeCharacters = (bytes: Buffer): Buffer => {
  for (let spare = 0; spare < 4 && spare < bytes.length; spare += 1) {
    const whole = bytes.subarray(0, bytes.length - spare);
    if (isUtf8(whole)) return whole;
  }
  return bytes;
};

/** An answer's body as the log keeps it: text where it is UTF-8, else base64; null where there is none. */
export const keptBody = ({ bytes, size, truncated, encoding }: ReceivedBody): Body | null => {
  if (size === 0) return null;
  const content = truncated ? wholeCharacters(bytes) : bytes;
  return {
    ...(isUtf8(content) ? { text: content.toString("utf8") } : { base64: content.toString("base64") }),
    size,
    truncated,
    ...(encoding !== undefined && { encoding }),
  };
};

/** A request's body as the log keeps it. */
export const keptText = (text: string): Body => {
  const bytes = Buffer.from(text, "utf8");
  const truncated = bytes.length > bodyLimits.keep;
  const kept = truncated ? wholeCharacters(bytes.subarray(0, bodyLimits.keep)).toString("utf8") : text;
  return { text: kept, size: bytes.length, truncated };
};
