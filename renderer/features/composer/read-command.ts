/** What a shell would make of a command line: its words, quotes and backslashes undone. Nothing is expanded or run. */
const escapes: Record<string, string> = { n: "\n", t: "\t", r: "\r", "0": "\0" };

/** Reads the word that begins at `at`; undefined where a quote is not closed. */
const readWord = (line: string, start: number): { word: string; end: number } | undefined => {
  let word = "";
  let at = start;
  while (at < line.length && !/\s/.test(line.charAt(at))) {
    const ansi = line.startsWith("$'", at);
    const quote = ansi ? "'" : line.charAt(at);
    if (quote === "'" || quote === '"') {
      at += ansi ? 2 : 1;
      while (at < line.length && line.charAt(at) !== quote) {
        const next = line.charAt(at + 1);
        const escaped = line.charAt(at) === "\\" && (ansi || (quote === '"' && /["\\$`\n]/.test(next)));
        if (escaped) word += ansi ? (escapes[next] ?? next) : next === "\n" ? "" : next;
        else word += line.charAt(at);
        at += escaped ? 2 : 1;
      }
      if (at >= line.length) return undefined;
      at += 1;
    } else if (quote === "\\") {
      // A line that goes on; Windows writes a caret there.
      if (!/[\r\n]/.test(line.charAt(at + 1))) word += line.charAt(at + 1);
      at += 2;
    } else {
      word += quote;
      at += 1;
    }
  }
  return { word, end: at };
};

/** The words of a shell command line; undefined where a quote is not closed. */
export const shellWords = (line: string): string[] | undefined => {
  const words: string[] = [];
  let at = 0;
  for (;;) {
    while (/\s/.test(line.charAt(at)) || /^\\\r?\n/.test(line.slice(at, at + 3)))
      at += line.charAt(at) === "\\" ? 2 : 1;
    if (at >= line.length) return words;
    const read = readWord(line, at);
    if (!read) return undefined;
    words.push(read.word);
    at = read.end;
  }
};

const dataOptions = new Set(["-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "--json"]);

/** The address and the body of a curl command; what else it says does not matter here. */
export const readCurl = (
  command: string,
): { state: "read"; url: string | null; body: string | null } | { state: "unclosed" } => {
  const words = shellWords(command);
  if (!words) return { state: "unclosed" };
  let body: string | null = null;
  let url: string | null = null;
  for (const [index, word] of words.entries()) {
    const [option = "", ...rest] = word.split("=");
    if (dataOptions.has(word)) body = words[index + 1] ?? null;
    else if (option.startsWith("--data") && dataOptions.has(option) && rest.length > 0) body = rest.join("=");
    else if (/^-d./.test(word)) body = word.slice(2);
    else if (/^https?:\/\//i.test(word) && words[index - 1] !== "--referer") url ??= word;
  }
  return { state: "read", url, body };
};
