import { styleText } from "node:util";
import type { ErrorData } from "../../../shared/contract/errors";

/** Where a verb writes: data on standard output, words for people on standard error where data goes out as JSON. */
export interface Output {
  /** One JSON object on a line of its own, on standard output. */
  json(value: unknown): void;
  /** What the verb was asked for, as words, on standard output. */
  line(text: string): void;
  /** What goes beside it, on standard error; silent with `--quiet`. */
  note(text: string): void;
  /** An error with its way out, on standard error. */
  error(error: Pick<ErrorData, "message" | "hint">): void;
  /** Colours a word for a terminal, unless colours are off. */
  tint(tone: Tone, text: string): string;
}

export type Tone = "ok" | "warn" | "bad" | "quiet" | "strong";

const styles = { ok: "green", warn: "yellow", bad: "red", quiet: "gray", strong: "bold" } as const;

/** What steers a terminal, or shows text in another order than it has. */
const steering = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** As JSON writes it, so that JSON stays JSON. */
const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** What was written by somebody else must not steer the terminal: control characters become visible. */
export const printable = (text: string): string => text.replace(steering, escaped);

export const createOutput = ({ quiet, colour }: { quiet: boolean; colour: boolean }): Output => {
  const tint = (tone: Tone, text: string): string => (colour ? styleText(styles[tone], text) : text);
  return {
    json: (value) => void process.stdout.write(`${printable(JSON.stringify(value))}\n`),
    line: (text) => void process.stdout.write(`${text}\n`),
    note: (text) => void (quiet || process.stderr.write(`${text}\n`)),
    error: ({ message, hint }) =>
      void process.stderr.write(
        `${tint("bad", "error")} ${printable(message)}${hint ? `\n${printable(hint)}` : ""}\n`,
      ),
    tint,
  };
};
