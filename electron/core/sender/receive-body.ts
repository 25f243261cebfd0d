import { Readable } from "node:stream";
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

/** Whatever arrived, and what ended it early: BodyTooLarge, BodyNotDecodable, or the failure of the connection. */
export interface ReceivedEnd {
  body: ReceivedBody;
  failure: unknown;
}

/** Keeps a body within limits: bytes beyond `keep` are counted and let go. */
const createKeeper = (limits: BodyLimits) => {
  const kept: Buffer[] = [];
  let keptBytes = 0;
  let size = 0;
  return {
    /** @throws BodyTooLarge beyond `read` */
    add(chunk: Buffer): void {
      size += chunk.length;
      // A copy, so that a small part does not hold a pool's whole buffer.
      const part = Buffer.from(chunk.subarray(0, limits.keep - keptBytes));
      if (part.length > 0) kept.push(part);
      keptBytes += part.length;
      if (size > limits.read) throw new BodyTooLarge();
    },
    body: (): ReceivedBody => ({
      bytes: kept.length === 1 && kept[0] ? kept[0] : Buffer.concat(kept),
      size,
      truncated: size > keptBytes,
    }),
  };
};

/** Takes an answer's body in as it comes. Memory stays bounded, whatever it unpacks to. */
export interface BodyReceiver {
  /** @returns whether more may come at once; if not, `resume` is called when it may */
  push(chunk: Buffer): boolean;
  /** @param failure what ended it; null where it came whole */
  end(failure: unknown): ReceivedEnd | Promise<ReceivedEnd>;
}

/** What the receiver wants of the connection. */
export interface BodySource {
  resume(): void;
  /** Nothing more is wanted: it is too large, or not packed as it says. */
  giveUp(): void;
}

/** A body that comes as it is. */
const receivePlain = (limits: BodyLimits, source: BodySource): BodyReceiver => {
  const keeper = createKeeper(limits);
  let own: unknown = null;
  return {
    push(chunk) {
      try {
        if (own === null) keeper.add(chunk);
      } catch (error) {
        own = error;
        source.giveUp();
      }
      return true;
    },
    end: (failure) => ({ body: keeper.body(), failure: own ?? failure }),
  };
};

const unpack = async (
  stream: Readable,
  contentEncoding: string,
  limits: BodyLimits,
): Promise<ReceivedEnd> => {
  const keeper = createKeeper(limits);
  let encoding: string | null = null;
  let failure: unknown = null;
  try {
    const { bytes, undone } = undoEncoding(stream as Bytes, contentEncoding);
    encoding = undone;
    for await (const chunk of bytes) keeper.add(chunk);
  } catch (error) {
    failure = error;
    stream.on("error", () => {}).destroy();
  }
  return { body: { ...keeper.body(), ...(encoding !== null && { encoding }) }, failure };
};

/** A body that is unpacked on its way, at the pace of the unpacking. */
const receivePacked = (contentEncoding: string, limits: BodyLimits, source: BodySource): BodyReceiver => {
  const stream = new Readable({ read: () => source.resume() });
  const unpacking = unpack(stream, contentEncoding, limits);
  void unpacking.then(({ failure }) => failure !== null && source.giveUp());
  return {
    push: (chunk) => stream.push(chunk),
    end(failure) {
      if (failure === null) stream.push(null);
      else stream.destroy(failure instanceof Error ? failure : new Error(String(failure)));
      return unpacking;
    },
  };
};

/**
 * A receiver for an answer's body, decoded. Beyond `limits.read` of what it unpacks to, it gives up.
 *
 * @param contentEncoding the answer's header; empty for none
 */
export const createReceiver = (
  contentEncoding: string,
  limits: BodyLimits,
  source: BodySource,
): BodyReceiver =>
  contentEncoding === "" ? receivePlain(limits, source) : receivePacked(contentEncoding, limits, source);
