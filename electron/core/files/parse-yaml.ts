import { Composer, Lexer, LineCounter, Parser, type CST, type Document } from "yaml";

/** Something that makes a text no YAML. Offsets are in UTF-16 units. */
export interface YamlFlaw {
  offset: number;
  end: number;
  message: string;
}

export interface ParsedYaml {
  /** Keeps comments, order and styles. What could be read of it, where there are flaws. */
  document: Document;
  lines: LineCounter;
  /** In their order; as far as they were counted. */
  flaws: YamlFlaw[];
}

export interface YamlLimits {
  /** Characters. */
  largest: number;
  /** Levels of lists and maps. */
  deepest: number;
  /** Whether nodes know what they were written as, for whoever changes the text. */
  keepSourceTokens?: boolean;
}

/** More mistakes than that help nobody, and composing a text of nothing else would take minutes. */
const mostFlaws = 50;

/** Dozens of bare commas: each becomes a mistake of its own, long before anything counts them. */
const hostile = /,(?:\s*,){64}/;

class TooManyFlaws extends Error {}

const tooMuch = (offset: number, message: string): { flaw: YamlFlaw } => ({
  flaw: { offset, end: offset, message },
});

/** The part of the library that calls itself for nothing: it sees depth and broken text before anything is composed. */
const tokensOf = (text: string, lines: LineCounter, deepest: number): CST.Token[] | { flaw: YamlFlaw } => {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  const tokens: CST.Token[] = [];
  let errors = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      if (token.type === "error" && ++errors > mostFlaws) {
        return tooMuch(token.offset, `this is not YAML: ${token.message}`);
      }
      tokens.push(token);
    }
    // A level is a collection and the item that is open in it.
    if (parser.stack.length > 2 * deepest + 2) {
      return tooMuch(parser.offset, `this is nested deeper than ${deepest} levels`);
    }
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
};

const compose = (
  tokens: CST.Token[],
  text: string,
  keepSourceTokens: boolean,
): { document: Document; documents: number } => {
  const composer = new Composer({
    prettyErrors: false,
    // The library compares each key with each; `findRepeatedKeys` does not.
    uniqueKeys: false,
    logLevel: "error",
    // Whatever version a text claims: no dates, no binary, no merged maps.
    schema: "core",
    keepSourceTokens,
  });
  // The library has no limit of its own. It calls this for every mistake that it finds.
  const inside = composer as unknown as { onError: (...parts: unknown[]) => void };
  const report = inside.onError.bind(composer);
  let found = 0;
  inside.onError = (...parts) => {
    if (++found > mostFlaws) throw new TooManyFlaws();
    report(...parts);
  };
  const documents = [...composer.compose(tokens, true, text.length)];
  return { document: documents[0] as Document, documents: documents.length };
};

const sentence = (message: string): string =>
  message.replace(/ at line \d+, column \d+:?[^]*$/, "").replace(/[.:]$/, "");

/**
 * Reads YAML, of which JSON is a part, that somebody else wrote: size, depth and the number of mistakes are limited,
 * so that it takes a second or two at most, whatever is in it. Never throws.
 *
 * @returns the document with its flaws, or the one flaw that makes it unreadable
 */
export const parseYaml = (
  text: string,
  { largest, deepest, keepSourceTokens = false }: YamlLimits,
): ParsedYaml | { flaw: YamlFlaw } => {
  if (text.length > largest) return tooMuch(0, `the file is larger than ${largest} characters`);
  const zero = text.indexOf("\0");
  if (zero !== -1) return tooMuch(zero, "this is no text: it has a zero byte in it");
  const commas = hostile.exec(text);
  if (commas !== null)
    return tooMuch(commas.index, "this is no text of a person's: commas with nothing between them");
  const lines = new LineCounter();
  try {
    const tokens = tokensOf(text, lines, deepest);
    if ("flaw" in tokens) return tokens;
    const { document, documents } = compose(tokens, text, keepSourceTokens);
    const flaws = document.errors.map(({ pos: [offset, end], message }) => ({
      offset,
      end,
      message: `this is not YAML: ${sentence(message)}`,
    }));
    if (documents > 1) {
      const offset = document.range?.[2] ?? 0;
      flaws.push({
        offset,
        end: offset,
        message: "this is not YAML of one document: --- begins another one",
      });
    }
    return { document, lines, flaws };
  } catch (error) {
    if (error instanceof TooManyFlaws)
      return tooMuch(0, "this is not YAML: there are more mistakes than can be counted");
    return tooMuch(0, error instanceof Error ? error.message : String(error));
  }
};
