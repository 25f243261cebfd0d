import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Secrets that would be noticed in any form: quotes, backslashes, letters that base64 and URLs change. */
export const canary = {
  clientKey: 'canary-KEY/1+2="q\\ü',
  apiToken: "canary-TOKEN&é?%41~<b>",
} as const;

const utf8 = (text: string): Buffer => Buffer.from(text, "utf8");

/** What base64 makes of a text that stands somewhere inside a longer one: one run for each of three alignments. */
const base64Runs = (text: string): string[] =>
  [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), utf8(text)]).toString("base64");
    // The first and last characters depend on what stands before and after.
    return encoded.replace(/=+$/, "").slice(shift === 0 ? 0 : shift + 1, -2);
  });

/** Every form in which a secret could stand in bytes that came out. */
const formsOf = (secret: string): string[] => [
  ...new Set([
    secret,
    encodeURIComponent(secret),
    encodeURI(secret),
    new URLSearchParams({ x: secret }).toString().slice(2),
    JSON.stringify(secret).slice(1, -1),
    JSON.stringify(JSON.stringify(secret)).slice(3, -3),
    ...base64Runs(secret),
    ...base64Runs(secret).map((run) => run.replaceAll("+", "-").replaceAll("/", "_")),
    ...base64Runs(secret).map((run) => encodeURIComponent(run)),
  ]),
];

const forms = [
  ...Object.values(canary).flatMap(formsOf),
  ...base64Runs(`${canary.clientKey}:${canary.apiToken}`),
];

/** The forms of the canary that stand in some bytes; none is what a test wants. */
export const canaryIn = (bytes: Buffer | string): string[] => {
  const buffer = typeof bytes === "string" ? utf8(bytes) : bytes;
  return forms.filter((form) => buffer.includes(utf8(form)));
};

/** Looks into every file of a folder. @returns `file: form` of each find */
export const canaryInFolder = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const finds: string[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    for (const form of canaryIn(await readFile(file))) finds.push(`${file}: ${form}`);
  }
  return finds;
};
