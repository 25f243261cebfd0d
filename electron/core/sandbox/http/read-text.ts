import type { IncomingMessage } from "node:http";
import { Refusal } from "./answer";

/** Bytes of a body that are read on before it is refused, so that its sender can hear the answer. */
const drained = 64 * 1024 ** 2;

const tooLarge = (limit: number, way: string): Refusal =>
  new Refusal(413, "body-too-large", `The body is larger than ${Math.floor(limit / 1024 ** 2)} MB.`, {
    developerMessage: way,
    headers: { connection: "close" },
  });

/** @throws Refusal 415 */
const refuseEncoded = ({ headers }: IncomingMessage): void => {
  const encoding = headers["content-encoding"] ?? "identity";
  if (encoding.toLowerCase() === "identity") return;
  throw new Refusal(415, "unsupported-encoding", `The body is encoded as ${encoding.slice(0, 40)}.`, {
    developerMessage: "Send the body without Content-Encoding.",
  });
};

/** Settles with the body, or with null as soon as it is too large to be worth reading. */
const readBytes = (request: IncomingMessage, limit: number): Promise<Buffer | null> =>
  new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks = [];
      if (size > drained) {
        request.pause();
        resolve(null);
      }
    });
    request.on("end", () =>
      resolve(size > limit ? null : chunks.length === 1 ? (chunks[0] ?? null) : Buffer.concat(chunks)),
    );
    request.on("error", reject);
    request.on("close", () => reject(new Error("The client has gone.")));
  });

/**
 * Reads a body whatever content type it claims: browsers' beacons and hand-written clients say text/plain.
 *
 * @param limit bytes
 * @throws Refusal 413 where it is larger, 415 where it is compressed, 400 where it is not UTF-8
 */
export const readText = async (request: IncomingMessage, limit: number): Promise<string> => {
  refuseEncoded(request);
  const bytes = await readBytes(request, limit);
  if (!bytes) throw tooLarge(limit, "Send one event at a time, without attachments.");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal(400, "not-utf-8", "The body is not UTF-8.", {
      developerMessage: "JSON travels as UTF-8: check what encodes the event.",
    });
  }
};

/**
 * Reads a large body piece by piece.
 *
 * @param limit bytes
 * @throws Refusal 413 where it is larger, 415 where it is compressed
 */
export async function* readBytesOf(request: IncomingMessage, limit: number): AsyncGenerator<Uint8Array> {
  refuseEncoded(request);
  const refusal = tooLarge(limit, "The limit follows from quota in the sandbox's configuration.");
  const readable = limit + drained;
  if (Number(request.headers["content-length"]) > readable) throw refusal;
  let size = 0;
  // The connection stays, so that its sender can hear a refusal.
  const pieces = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > readable) throw refusal;
    if (size <= limit) yield piece;
  }
  if (size > limit) throw refusal;
}
