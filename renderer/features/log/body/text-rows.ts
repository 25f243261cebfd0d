/** A row of a text as it is drawn: a line, or a part of one that is too long for the window. */
export interface TextRow {
  /** From 1; null where the row goes on with the line before. */
  line: number | null;
  text: string;
}

/** Matches that are kept. */
const mostMatches = 1_000_000;

const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;

/** Control characters as signs that can be seen. */
const visible = (text: string): string =>
  text.replace(/(?!\t)\p{Cc}/gu, (sign) => {
    const code = sign.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : "\u2421";
  });

/** A text in rows of so many characters at most, found without going through it again. */
export class TextRows {
  readonly text: string;
  /** Offsets of the rows. */
  readonly #starts: Uint32Array;
  /** Numbers of their lines; 0 where a row goes on with a line. */
  readonly #lines: Uint32Array;
  readonly count: number;

  constructor(text: string, columns: number) {
    this.text = text;
    const most = Math.ceil(text.length / Math.max(1, columns - 1)) + this.#countLines(text) + 1;
    const starts = new Uint32Array(most);
    const lines = new Uint32Array(most);
    let count = 0;
    let line = 1;
    for (let start = 0; start <= text.length;) {
      const found = text.indexOf("\n", start);
      const end = found === -1 ? text.length : found;
      lines[count] = line;
      for (let at = start; ;) {
        starts[count] = at;
        count += 1;
        if (end - at <= columns) break;
        at += columns;
        if (isHighSurrogate(text.charCodeAt(at - 1))) at -= 1;
      }
      line += 1;
      if (found === -1) break;
      start = end + 1;
    }
    this.#starts = starts.slice(0, count);
    this.#lines = lines.slice(0, count);
    this.count = count;
  }

  #countLines(text: string): number {
    let count = 1;
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count += 1;
    return count;
  }

  page(from: number, to: number): TextRow[] {
    const rows: TextRow[] = [];
    for (let row = from; row < Math.min(to, this.count); row += 1) {
      const text = this.text.slice(this.#starts[row], this.#starts[row + 1] ?? this.text.length);
      rows.push({ line: this.#lines[row] || null, text: visible(text.replace(/\r?\n$/, "")) });
    }
    return rows;
  }

  /** The row that an offset stands in. */
  rowAt(offset: number): number {
    let [low, high] = [0, this.count - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The offsets of a text, in any case. */
  find(query: string): number[] {
    const pattern = new RegExp(query.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"), "gi");
    const found: number[] = [];
    for (const match of this.text.matchAll(pattern)) {
      found.push(match.index);
      if (found.length === mostMatches) break;
    }
    return found;
  }
}
