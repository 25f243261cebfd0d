import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Entry } from "../../shared/model/entry";
import type { RunSummary, StepResult } from "../../shared/model/run";
import type { Folders } from "./folders";

/** A line of `run --json`. */
export type RunLine =
  | ({ record: "step"; runId: string; path: string } & StepResult)
  | {
      record: "summary";
      exitCode: number;
      interrupted: boolean;
      runs: RunSummary[];
      refused: { path: string }[];
      gate: Record<string, number> | null;
    };

/** Writes files below a folder, by their paths. */
export const writeFiles = async (folder: string, files: Record<string, string>): Promise<void> => {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
};

/** The lines that `run --json` has printed. */
export const linesOf = (stdout: string): RunLine[] =>
  stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as RunLine);

export const stepsOf = (stdout: string): Extract<RunLine, { record: "step" }>[] =>
  linesOf(stdout).filter((line) => line.record === "step");

/** @throws where the summary was not printed last */
export const summaryOf = (stdout: string): Extract<RunLine, { record: "summary" }> => {
  const last = linesOf(stdout).at(-1);
  if (last?.record !== "summary") throw new Error(`There is no summary at the end of:\n${stdout}`);
  return last;
};

/** Every entry of the log, oldest first. */
export const logOf = async ({ bellhop }: Folders): Promise<Entry[]> => {
  const { stdout } = await bellhop(["log", "--json", "--limit", "100000"]);
  return stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Entry);
};

export const textOf = (...path: string[]): Promise<string> => readFile(join(...path), "utf8");

const page = "https://shop.example/";

/** A visitor looks at one page. */
export const viewing = (name: string, more = ""): string =>
  `bellhop: 1\nname: ${name}\nsteps:\n  - send: VIEW\n    event: { page: "${page}" }\n${more}`;
