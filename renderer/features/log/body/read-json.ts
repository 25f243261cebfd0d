import { JsonIndex } from "./json-index";

/** Where a text stops being JSON, and why. Line and column count from 1. */
export interface JsonFault {
  line: number;
  column: number;
  why: string;
}

/** @throws nothing but this, inside of this file */
class Broken extends Error {
  readonly at: number;
  constructor(at: number, why: string) {
    super(why);
    this.at = at;
  }
}

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /true|false|null/y;
const escapes = '"\\/bfnrtu';
const noKey = { from: 0, to: 0 };

const isBlank = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

/** @returns the offset behind the closing quote */
const skipText = (text: string, start: number): number => {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code < 0x20) throw new Broken(at, "a control character stands within a text");
    if (code !== 0x5c) continue;
    at += 1;
    if (at < text.length && !escapes.includes(text.charAt(at))) throw new Broken(at, "an unknown escape");
  }
  throw new Broken(text.length, "a text does not end");
};

/** Reads one JSON text without recursion, so that no depth can overflow the stack. */
class Reader {
  readonly index: JsonIndex;
  readonly open: number[] = [];
  #at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    this.index = new JsonIndex(text);
  }

  #blank(): void {
    while (this.#at < this.#text.length && isBlank(this.#text.charCodeAt(this.#at))) this.#at += 1;
  }

  #expect(sign: string, what: string): void {
    this.#blank();
    if (this.#text[this.#at] !== sign) throw new Broken(this.#at, `${what} is missing`);
    this.#at += 1;
  }

  #scalar(key: { from: number; to: number }, parent: number | null): void {
    const { index } = this;
    const start = this.#at;
    const add = (kind: "text" | "number" | "word", end: number): void => {
      index.close(index.add(kind, start, key, parent), end);
      this.#at = end;
    };
    if (this.#text[start] === '"') return add("text", skipText(this.#text, start));
    number.lastIndex = start;
    if (number.test(this.#text)) return add("number", number.lastIndex);
    word.lastIndex = start;
    if (word.test(this.#text)) return add("word", word.lastIndex);
    const rest = this.#text.length - start;
    throw new Broken(
      rest < 5 && /^[a-z-]*$/.test(this.#text.slice(start)) ? this.#text.length : start,
      "no value stands here",
    );
  }

  #key(): { from: number; to: number } {
    this.#blank();
    if (this.#text[this.#at] !== '"') throw new Broken(this.#at, "a key in quotes is missing");
    const from = this.#at;
    this.#at = skipText(this.#text, from);
    const key = { from, to: this.#at };
    this.#expect(":", "a colon");
    return key;
  }

  /** A value with the key before it; a list or an object is only begun. */
  #value(parent: number | null): void {
    const isMember = parent !== null && this.index.kindOf(parent) === "object";
    const key = isMember ? this.#key() : noKey;
    this.#blank();
    const sign = this.#text[this.#at];
    if (sign !== "{" && sign !== "[") return this.#scalar(key, parent);
    this.open.push(this.index.add(sign === "{" ? "object" : "list", this.#at, key, parent));
    this.#at += 1;
  }

  read(): void {
    this.#value(null);
    for (let node = this.open.at(-1); node !== undefined; node = this.open.at(-1)) {
      this.#blank();
      const ends = this.index.kindOf(node) === "object" ? "}" : "]";
      const isFirst = this.index.children[node] === 0;
      if (this.#text[this.#at] === ends) {
        this.#at += 1;
        this.index.close(node, this.#at);
        this.open.pop();
        continue;
      }
      if (!isFirst) this.#expect(",", `a comma or ${ends}`);
      this.#value(node);
    }
    this.#blank();
    if (this.#at < this.#text.length) throw new Broken(this.#at, "something follows the end");
  }
}

/**
 * Reads a JSON text into an index.
 *
 * @param mayBeCut take a text that breaks off at its end as far as it goes
 */
export const readJson = (text: string, mayBeCut = false): JsonIndex | JsonFault => {
  const reader = new Reader(text);
  try {
    reader.read();
    return reader.index;
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    const { index, open } = reader;
    if (mayBeCut && error.at >= text.length && index.count > 0) {
      for (const node of open.reverse()) index.close(node, text.length);
      index.cut = true;
      return index;
    }
    const before = text.slice(0, error.at);
    const line = before.split("\n").length;
    return { line, column: error.at - before.lastIndexOf("\n"), why: error.message };
  }
};
