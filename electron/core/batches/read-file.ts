import { open } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import { AppError } from "../../../shared/contract/errors";
import { chooseCutter, markLength } from "./choose-cutter";
import type { Piece } from "./event-pieces";
import { readEvent, type ReadEvent } from "./read-event";

/** One event of a file, or what stands in its place. */
export type FileEvent = ReadEvent & {
  /** From 1. */
  number: number;
  line: number;
  /** How much of the file has been read with it: 0 to 1. */
  progress: number;
};

const chunkSize = 256 * 1024;
/** Milliseconds after which others get their turn. */
const turn = 8;

const cutOff = (name: string, what: string): AppError =>
  new AppError({
    code: "INVALID_INPUT",
    message: `${name} was cut off: ${what}.`,
    hint: "The events before that can be sent. Get the whole file for the rest.",
  });

/**
 * Reads the events of a file one after the other; in memory is a chunk of it at most, whatever its size.
 *
 * @param name how it is named in an error
 * @throws AppError INVALID_INPUT for what is no file of events, or, after its last event, for one that is cut off
 */
export async function* readEventFile(path: string, name: string): AsyncGenerator<FileEvent> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const buffer = Buffer.alloc(chunkSize);
    const first = await file.read(buffer, 0, chunkSize, 0);
    let position = first.bytesRead;
    let chunk = buffer.subarray(markLength(name, buffer.subarray(0, position)), position);
    const cutter = chooseCutter(name, chunk);
    let number = 0;
    let since = performance.now();
    const eventOf = (piece: Piece): FileEvent => ({
      ...readEvent(piece),
      number: (number += 1),
      line: piece.line,
      progress: size === 0 ? 1 : position / size,
    });
    for (;;) {
      for (const piece of cutter.push(chunk)) {
        yield eventOf(piece);
        if (performance.now() - since < turn) continue;
        await setImmediate();
        since = performance.now();
      }
      const { bytesRead } = await file.read(buffer, 0, chunkSize, position);
      if (bytesRead === 0) break;
      position += bytesRead;
      chunk = buffer.subarray(0, bytesRead);
    }
    for (const piece of cutter.end()) yield eventOf(piece);
    const open = cutter.open();
    if (open !== null) throw cutOff(name, open);
  } finally {
    await file.close();
  }
}
