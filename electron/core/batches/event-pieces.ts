/** What the bytes of one event are, or why they are not kept. */
export interface Piece {
  /** From 1. */
  line: number;
  bytes: Buffer;
  /** Its bytes were more than an event may have, and are left out. */
  isTooLong: boolean;
}

/** Longer events are nobody's: the Stream API's are a few kilobytes at most. */
export const longestEvent = 1_000_000;

const newline = 0x0a;
const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;

const isBlank = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
const opens = (byte: number): boolean => byte === 0x7b || byte === 0x5b;
const closes = (byte: number): boolean => byte === 0x7d || byte === 0x5d;

/** Collects the bytes of one event over the chunks of a file. No more of them are kept than an event may have. */
class Collected {
  #parts: Buffer[] = [];
  #length = 0;

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  add(part: Buffer): void {
    this.#length += part.length;
    if (this.#length > longestEvent) this.#parts = [];
    // A copy, because the chunk is read into again.
    else if (part.length > 0) this.#parts.push(Buffer.from(part));
  }

  take(line: number): Piece {
    const isTooLong = this.#length > longestEvent;
    const piece = { line, bytes: Buffer.concat(this.#parts), isTooLong };
    this.#parts = [];
    this.#length = 0;
    return piece;
  }
}

/** Cuts a stream of bytes into the pieces that should be an event each. */
export interface Cutter {
  push(chunk: Buffer): Piece[];
  /** What is left at the end. */
  end(): Piece[];
  /** What the end of the file leaves open, in words; null where it is whole. Asked after `end`. */
  open(): string | null;
}

/** One event a line (NDJSON); a broken line harms no other. Blank lines are none. */
export const createLineCutter = (): Cutter => {
  const collected = new Collected();
  let line = 1;
  const take = (): Piece[] => {
    const piece = collected.take(line);
    return piece.isTooLong || !piece.bytes.every(isBlank) ? [piece] : [];
  };
  return {
    push(chunk) {
      const pieces: Piece[] = [];
      let start = 0;
      for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, start)) {
        collected.add(chunk.subarray(start, at));
        pieces.push(...take());
        line += 1;
        start = at + 1;
      }
      collected.add(chunk.subarray(start));
      return pieces;
    },
    end: take,
    open: () => null,
  };
};

/**
 * Events in the order of a list, or one after the other over as many lines as they like. Counts brackets outside of
 * strings only; whether what lies between is JSON is found out by whoever reads the piece.
 *
 * @param inList whether a `[` stands before the first
 */
export const createBracketCutter = (inList: boolean): Cutter => {
  const floor = inList ? 1 : 0;
  const collected = new Collected();
  let depth = 0;
  let line = 1;
  /** Where the piece begins; null between two. */
  let began: number | null = null;
  let inString = false;
  let escaped = false;
  /** Whether the last thing in the list was a comma, or the list has just begun. */
  let wants: "first" | "comma" | "event" = "first";

  const push = (chunk: Buffer): Piece[] => {
    const pieces: Piece[] = [];
    let start = 0;
    const finish = (end: number): void => {
      if (began === null) return;
      collected.add(chunk.subarray(start, end));
      pieces.push(collected.take(began));
      began = null;
      wants = "comma";
    };
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (byte === newline) line += 1;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === backslash) escaped = true;
        else if (byte === quote) inString = false;
        continue;
      }
      if (isBlank(byte)) {
        // Between events without a list, what is no event ends with its line.
        if (!inList && depth === 0 && byte === newline) finish(at);
        continue;
      }
      if (inList && depth === 0 && byte === 0x5b && wants === "first" && began === null) {
        depth = 1;
        continue;
      }
      if (inList && depth === floor && byte === comma) {
        if (began === null && wants !== "comma") {
          pieces.push({ line, bytes: Buffer.alloc(0), isTooLong: false });
        }
        finish(at);
        wants = "event";
        continue;
      }
      if (inList && depth === floor && byte === 0x5d) {
        if (began === null && wants === "event") {
          pieces.push({ line, bytes: Buffer.alloc(0), isTooLong: false });
        }
        finish(at);
        depth = 0;
        continue;
      }
      if (!inList && depth === 0 && began !== null && opens(byte)) finish(at);
      if (began === null) {
        began = line;
        start = at;
      }
      if (byte === quote) inString = true;
      else if (opens(byte)) depth += 1;
      else if (closes(byte) && depth > floor) {
        depth -= 1;
        if (!inList && depth === 0) finish(at + 1);
      }
    }
    if (began !== null) collected.add(chunk.subarray(start));
    return pieces;
  };

  return {
    push,
    end: () => (began === null ? [] : [collected.take(began)]),
    open: () => {
      if (inString) return "it ends within a text";
      if (inList && depth > 0) return "the list does not end";
      return depth > 0 ? "its last event does not end" : null;
    },
  };
};
