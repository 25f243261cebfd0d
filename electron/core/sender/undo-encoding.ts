import { pipeline, Readable, type Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from "node:zlib";

export type Bytes = AsyncIterable<Buffer>;

/** The bytes are not in the encoding that the answer declares. */
export class BodyNotDecodable extends Error {}

/** More layers than this are an attack, not an encoding. */
const mostLayers = 3;

async function* through(source: Bytes, transform: Transform): AsyncGenerator<Buffer> {
  // Errors of either end reach the reader through the transform; the callback has nothing to add.
  pipeline(source, transform, () => {});
  try {
    yield* transform as Bytes;
  } catch (error) {
    const ofZlib =
      error instanceof Error && "errno" in error && "code" in error && /^(Z_|ERR_)/.test(String(error.code));
    throw ofZlib ? new BodyNotDecodable(error.message) : error;
  }
}

async function* rejoin(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

/** Decodes with what the first byte asks for. An empty body has nothing to undo, whatever its headers say. */
const decoder = (choose: (firstByte: number) => Transform) =>
  async function* (source: Bytes): AsyncGenerator<Buffer> {
    const chunks = source[Symbol.asyncIterator]();
    let first = await chunks.next();
    while (!first.done && first.value.length === 0) first = await chunks.next();
    if (first.done) return;
    yield* through(Readable.from(rejoin(first.value, chunks)), choose(first.value[0] ?? 0));
  };

/**
 * `deflate` comes as the standard says (zlib, RFC 9110 §8.4.1.2) and, from many servers, without the header.
 * A zlib header has 8 in the low half of its first byte (RFC 1950 §2.2).
 */
const chooseInflate = (firstByte: number): Transform =>
  (firstByte & 0x0f) === 8 ? createInflate() : createInflateRaw();

const decoders: Record<string, (source: Bytes) => Bytes> = {
  gzip: decoder(() => createGunzip()),
  "x-gzip": decoder(() => createGunzip()),
  deflate: decoder(chooseInflate),
  br: decoder(() => createBrotliDecompress()),
};

/**
 * Undoes a `content-encoding` header.
 *
 * @returns the decoded bytes, and the encoding that was undone; bytes in an unknown encoding are left as they are
 * @throws BodyNotDecodable here for too many layers, and while reading for bytes that are not in the encoding
 */
export const undoEncoding = (source: Bytes, header: string): { bytes: Bytes; undone: string | null } => {
  const names = header
    .toLowerCase()
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && name !== "identity");
  if (names.length > mostLayers) throw new BodyNotDecodable(`it is encoded ${names.length} times over`);
  if (names.length === 0 || !names.every((name) => Object.hasOwn(decoders, name))) {
    return { bytes: source, undone: null };
  }
  const bytes = names.reduceRight((inner, name) => decoders[name]?.(inner) ?? inner, source);
  return { bytes, undone: names.join(", ") };
};
