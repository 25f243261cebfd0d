import { AppError } from "../../../shared/contract/errors";
import { createBracketCutter, createLineCutter, type Cutter } from "./event-pieces";

const shape = "Give a list of events ([…]), or one event a line (NDJSON), as UTF-8.";

const refused = (message: string): AppError =>
  new AppError({ code: "INVALID_INPUT", message, hint: shape, field: "/ticket" });

/** How deep in brackets a line ends, strings left out of account. */
const balance = (line: string): number => {
  let depth = 0;
  for (const [sign] of line.replace(/"(?:[^"\\]|\\.)*"?/g, "").matchAll(/[{}[\]]/g)) {
    depth += sign === "{" || sign === "[" ? 1 : -1;
  }
  return depth;
};

const isJson = (line: string): boolean => {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
};

/** Characters of a first line that are looked through; a longer one is a line of NDJSON. */
const longestLook = 200_000;

/**
 * Tells by its beginning how a file of events is to be cut: a list, a line each, or one after the other over several
 * lines. A broken first line does not make NDJSON anything else, as long as the next one begins an event.
 *
 * @param name how the file is named in an error
 * @param beginning its first bytes, without a byte order mark: all of a short file
 * @throws AppError INVALID_INPUT for what is neither
 */
export const chooseCutter = (name: string, beginning: Buffer): Cutter => {
  const text = beginning.toString("utf8");
  const first = /\S/.exec(text)?.[0];
  if (first === undefined) throw refused(`${name} is empty.`);
  if (first === "[") return createBracketCutter(true);
  if (first !== "{") {
    const line = text.slice(0, text.search(/\S/)).split("\n").length;
    throw refused(
      `${name}, line ${line}: this is no event. An event begins with {, and a list of events with [.`,
    );
  }
  const [line = "", next = ""] = text.split("\n").filter((part) => part.trim() !== "");
  const isLines = line.length > longestLook || isJson(line) || balance(line) === 0 || next.startsWith("{");
  return isLines ? createLineCutter() : createBracketCutter(false);
};

/** @throws AppError INVALID_INPUT for UTF-16, by its byte order mark. @returns bytes to be skipped */
export const markLength = (name: string, beginning: Buffer): number => {
  const [a, b, c] = beginning;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    throw refused(`${name} is UTF-16, not UTF-8 text.`);
  }
  return a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0;
};
