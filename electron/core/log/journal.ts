import { randomUUID } from "node:crypto";
import { closeSync, ftruncateSync, mkdirSync, openSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../../../shared/contract/errors";
import type { NewEntry } from "./log-service";
import { processOwner } from "./process-owner";

/** Where entries of sends stand that the database has not taken in yet. */
export interface Journal {
  folder: string;
  /**
   * Writes an entry down; it outlives the process as soon as this returns.
   *
   * @returns to be called once the database has it
   * @throws AppError DATABASE_FAILED where it cannot be written
   */
  write(entry: NewEntry): () => void;
  /** Removes what is no longer needed. */
  close(): void;
}

/** The first line of a journal. */
export interface JournalHead {
  owner: string;
}

/** Bytes after which the other file is written, so that this one can be emptied. */
const largeEnough = 1 << 20;

interface Slot {
  file: string;
  descriptor: number;
  size: number;
  /** Entries in it that the database has not got. */
  needed: number;
}

const head = `${JSON.stringify({ owner: processOwner } satisfies JournalHead)}\n`;

const empty = (slot: Slot): void => {
  ftruncateSync(slot.descriptor, 0);
  slot.size = writeSync(slot.descriptor, head);
};

/** Half a line must not stay: the next one would be lost with it. */
const append = (slot: Slot, line: string): void => {
  const written = writeSync(slot.descriptor, line);
  if (written < Buffer.byteLength(line)) {
    ftruncateSync(slot.descriptor, slot.size);
    throw new Error("there is no room left");
  }
  slot.size += written;
};

const openSlot = (folder: string, name: string): Slot => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${name}.ndjson`);
  const slot = { file, descriptor: openSync(file, "ax", 0o600), size: 0, needed: 0 };
  empty(slot);
  return slot;
};

const failed = (error: unknown): AppError =>
  new AppError({
    code: "DATABASE_FAILED",
    message: `The log's journal could not be written: ${error instanceof Error ? error.message : String(error)}.`,
    hint: "Nothing was sent. Check that the profile's folder can be written and that the disk is not full.",
  });

/**
 * A process' own journal: a line an entry, in two files that take turns, so that neither grows for long. A commit waits
 * for another thread; a line is there at once, and a run need not stop for each event until the database has it.
 *
 * Synchronous on purpose: a line is a few microseconds' copy into the system's memory, less than it takes to ask for it
 * to be done elsewhere.
 */
export const createJournal = (folder: string): Journal => {
  const name = randomUUID();
  const slots: Slot[] = [];
  let current = 0;

  const slotFor = (): Slot => {
    let slot = (slots[current] ??= openSlot(folder, `${name}-${current}`));
    if (slot.size < largeEnough) return slot;
    const other = slots[1 - current];
    if (other !== undefined && other.needed > 0) return slot;
    current = 1 - current;
    slot = slots[current] ??= openSlot(folder, `${name}-${current}`);
    empty(slot);
    return slot;
  };

  const write: Journal["write"] = (entry) => {
    try {
      const slot = slotFor();
      append(slot, `${JSON.stringify(entry)}\n`);
      slot.needed += 1;
      return () => void (slot.needed -= 1);
    } catch (error) {
      throw failed(error);
    }
  };

  return {
    folder,
    write,
    close() {
      for (const { file, descriptor, needed } of slots) {
        closeSync(descriptor);
        if (needed === 0) unlinkSync(file);
      }
    },
  };
};
