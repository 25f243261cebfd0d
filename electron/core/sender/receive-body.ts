import type { Readable } from "node:stream";
import { undoEncoding, type Bytes } from "./undo-encoding";

/** Bytes of a decoded body that are kept, and after which reading stops. */
export interface BodyLimits {
  keep: number;
  read: number;
}

export const bodyLimits: BodyLimits = { keep: 10 * 1024 * 1024, read: 100 * 1024 * 1024 };

/** A body after its content encoding was undone. `size` counts its bytes before the cut. */
export interface ReceivedBody {
  bytes: Buffer;
  size: number;
  truncated: boolean;
  encoding?: string;
}

/** The body went on beyond what Bellhop reads. */
export class BodyTooLarge extends Error {}

/**
 * Reads an answer's body to its end, decoded. Memory stays bounded whatever it unpacks to: bytes beyond
 * `limits.keep` are counted and let go, and beyond `limits.read` reading stops.
 *
 * @param stream the raw body
 * @param contentEncoding the answer's header
 * @returns what arrived, and what ended it early: BodyTooLarge, BodyNotDecodable, or the stream's own error
 */
export const receiveBody = async (
  stream: Readable,
  contentEncoding: string,
  limits: BodyLimits,
): Promise<{ body: ReceivedBody; failure: unknown }> => {
  const kept: Buffer[] = [];
  let keptBytes = 0;
  let size = 0;
  let encoding: string | null = null;
  let failure: unknown = null;

  try {
    const { bytes, undone } = undoEncoding(stream as Bytes, contentEncoding);
    encoding = undone;
    for await (const chunk of bytes) {
      size += chunk.length;
      // A copy, so that a small part does not hold a pool's whole buffer.
      const part = Buffer.from(chunk.subarray(0, limits.keep - keptBytes));
      if (part.length > 0) kept.push(part);
      keptBytes += part.length;
      if (size > limits.read) throw new BodyTooLarge();
    }
  } catch (error) {
    failure = error;
    stream.on("error", () => {}).destroy();
  }
  const body: ReceivedBody = { bytes: Buffer.concat(kept), size, truncated: size > keptBytes };
  if (encoding !== null) body.encoding = encoding;
  return { body, failure };
};
