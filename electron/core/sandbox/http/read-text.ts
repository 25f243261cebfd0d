import type { IncomingMessage } from "node:http";
import { Refusal } from "./answer";

/** Bytes of a body that are read on before it is refused, so that its sender can hear the answer. */
const drained = 64 * 1024 ** 2;

const tooLarge = (limit: number): Refusal =>
  new Refusal(413, "body-too-large", `The body is larger than ${Math.floor(limit / 1024 ** 2)} MB.`, {
    developerMessage: "Send one event at a time, without attachments.",
    headers: { connection: "close" },
  });

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
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (encoding.toLowerCase() !== "identity") {
    throw new Refusal(415, "unsupported-encoding", `The body is encoded as ${encoding.slice(0, 40)}.`, {
      developerMessage: "Send the body without Content-Encoding.",
    });
  }
  const bytes = await readBytes(request, limit);
  if (!bytes) throw tooLarge(limit);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal(400, "not-utf-8", "The body is not UTF-8.", {
      developerMessage: "JSON travels as UTF-8: check what encodes the event.",
    });
  }
};
