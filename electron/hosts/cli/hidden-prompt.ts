import { createInterface } from "node:readline";
import { Writable } from "node:stream";

/** What is typed is not shown: the interface writes its echo nowhere. */
const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });

/**
 * Reads one line for each label: from a hidden prompt on a terminal, else a line each of standard input.
 * A secret is never an argument, because arguments are visible to other processes.
 *
 * @returns the lines, without line ends; an input that ends early gives empty lines
 */
export const readSecretLines = async (labels: readonly string[]): Promise<string[]> => {
  const terminal = process.stdin.isTTY === true;
  const reader = createInterface({ input: process.stdin, output: nowhere, terminal });
  const lines = reader[Symbol.asyncIterator]();
  const answers: string[] = [];
  for (const label of labels) {
    if (terminal) process.stderr.write(`${label}: `);
    const next = await lines.next();
    if (terminal) process.stderr.write("\n");
    answers.push(next.done ? "" : String(next.value).replace(/\r$/, ""));
  }
  reader.close();
  process.stdin.pause();
  return answers;
};
