import { readdir, readFile, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { JournalHead } from "./journal";
import type { NewEntry } from "./log-service";
import { isGone } from "./process-owner";

/** Milliseconds that a process may take between making its journal and writing the first line. */
const beginning = 60_000;

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
};

/** Enough to write it; a line that somebody else wrote must not keep a log from opening. */
const isEntry = (value: unknown): value is NewEntry => {
  const { id, request, verdict } = (value ?? {}) as Partial<NewEntry>;
  return typeof id === "string" && typeof request?.url === "string" && Array.isArray(verdict?.issues);
};

/** What ended in the middle of a line had not left yet; a file that is no journal has no entries. */
const entriesIn = (text: string, age: number): NewEntry[] | "of somebody" => {
  const lines = text.split("\n").slice(0, -1);
  const head = parsed(lines[0] ?? "") as Partial<JournalHead> | null;
  // One without its first line is being begun this very moment, or of no use.
  if (typeof head?.owner === "string" ? !isGone(head.owner, age) : age < beginning) return "of somebody";
  return lines.slice(1).map(parsed).filter(isEntry);
};

const namesIn = async (folder: string): Promise<string[]> => {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith(".ndjson"));
  } catch {
    return [];
  }
};

/**
 * Brings in the journals of processes that are gone, and removes them.
 *
 * @param bringIn writes those of the entries that the log has not got
 */
export const bringInLeftJournals = async (
  folder: string,
  bringIn: (entries: NewEntry[]) => Promise<void>,
): Promise<void> => {
  for (const name of await namesIn(folder)) {
    const file = join(folder, name);
    try {
      const age = Date.now() - (await stat(file)).mtimeMs;
      const entries = entriesIn(await readFile(file, "utf8"), age);
      if (entries === "of somebody") continue;
      await bringIn(entries);
      await unlink(file);
    } catch (error) {
      // Another process was quicker.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
};
