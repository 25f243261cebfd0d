/** A member of the document's outermost object, or one item of a member that is a list; `text` is JSON. */
export interface JsonPart {
  member: string;
  /** Its place in the list, from 0; null for a member that is not a list. */
  index: number | null;
  text: string;
}

/** The document is not JSON, or too large a piece of it is in one. */
export class JsonStreamError extends Error {}

/** Characters of one piece: more than any event that the sandbox takes, or any guest of ten thousand sessions. */
const largestPart = 64_000_000;

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
const quote = 0x22;
const backslash = 0x5c;

/** Reads on in pieces of text; `at` is where the reader stands. */
const createReader = (chunks: AsyncIterable<string>) => {
  const source = chunks[Symbol.asyncIterator]();
  let text = "";
  let at = 0;

  /** Lets go of what lies behind. @returns by how much places have moved, null at the end */
  const more = async (): Promise<number | null> => {
    const next = await source.next();
    if (next.done) return null;
    const moved = at;
    text = text.slice(at) + next.value;
    at = 0;
    if (text.length > largestPart) throw new JsonStreamError("one piece of it is too large");
    return moved;
  };

  /** @returns the next character that is no space, "" at the end */
  const peek = async (): Promise<string> => {
    for (;;) {
      while (at < text.length && isSpace(text.charCodeAt(at))) at += 1;
      if (at < text.length) return text.charAt(at);
      if ((await more()) === null) return "";
    }
  };

  const take = async (expected: string): Promise<void> => {
    const found = await peek();
    if (found !== expected) {
      throw new JsonStreamError(`${JSON.stringify(expected)} was expected, not ${JSON.stringify(found)}`);
    }
    at += 1;
  };

  /** The text of one value, whose own JSON is not looked into. */
  const value = async (): Promise<string> => {
    const isContainer = "{[".includes((await peek()) || " ");
    let [cursor, depth, inString] = [at, 0, false];
    for (;;) {
      if (cursor >= text.length) {
        const moved = await more();
        if (moved === null) {
          if (isContainer || inString) throw new JsonStreamError("it ends too early");
          break;
        }
        cursor -= moved;
        continue;
      }
      const code = text.charCodeAt(cursor);
      if (inString) {
        if (code === backslash) cursor += 1;
        else if (code === quote) inString = false;
      } else if (code === quote) inString = true;
      else if (code === 0x7b || code === 0x5b) depth += 1;
      else if (code === 0x7d || code === 0x5d) {
        if (depth === 0) break;
        depth -= 1;
      } else if (depth === 0 && (code === 0x2c || code === 0x3a || isSpace(code))) break;
      cursor += 1;
      if (isContainer && depth === 0 && !inString) break;
    }
    const found = text.slice(at, cursor);
    at = cursor;
    if (found === "") throw new JsonStreamError("a value is missing");
    return found;
  };

  return {
    peek,
    take,
    value,
    /** Whether another one follows: takes the comma, or the end. */
    async another(end: string): Promise<boolean> {
      if ((await peek()) === ",") {
        await take(",");
        return true;
      }
      await take(end);
      return false;
    },
    close: async () => {
      await source.return?.();
    },
  };
};

/**
 * Takes a JSON document apart without holding more of it than one piece, however it is laid out. The pieces themselves
 * are not checked: whoever parses them does that.
 *
 * @throws JsonStreamError where the document is not one object, or ends too early
 */
export async function* readJsonStream(chunks: AsyncIterable<string>): AsyncGenerator<JsonPart> {
  const reader = createReader(chunks);
  try {
    await reader.take("{");
    if ((await reader.peek()) === "}") await reader.take("}");
    else {
      do {
        const member = parseName(await reader.value());
        await reader.take(":");
        if ((await reader.peek()) !== "[") yield { member, index: null, text: await reader.value() };
        else {
          await reader.take("[");
          if ((await reader.peek()) === "]") await reader.take("]");
          else {
            let index = 0;
            do yield { member, index: index++, text: await reader.value() };
            while (await reader.another("]"));
          }
        }
      } while (await reader.another("}"));
    }
    if ((await reader.peek()) !== "") throw new JsonStreamError("something follows its end");
  } finally {
    await reader.close();
  }
}

const parseName = (text: string): string => {
  try {
    const name: unknown = JSON.parse(text);
    if (typeof name === "string") return name;
  } catch {
    // Said below.
  }
  throw new JsonStreamError(`${text.slice(0, 50)} is no name of a member`);
};
