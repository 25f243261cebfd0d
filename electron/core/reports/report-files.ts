import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ReportRow } from "../../../shared/model/notice";

/** Reports that are kept, and bytes of each: a program that fails all day must not fill the disk. */
const newestKept = 20;
const largest = 65_536;

const ending = ".txt";
const idForm = /^\d{8}T\d{9}-[0-9a-f]{6}$/;

/** An id says when, so that names order by time: `20261125T101530123-a1b2c3`. */
const newId = (at: Date): string => {
  const time = at.toISOString().replace(/[-:.Z]/g, "");
  return `${time}-${randomBytes(3).toString("hex")}`;
};

const timeOf = (id: string): string =>
  id.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{3}).*$/, "$1-$2-$3T$4:$5:$6.$7Z");

const shortened = (text: string): string => {
  const bytes = Buffer.from(text, "utf8");
  if (bytes.length <= largest) return text;
  // A character that is cut in two becomes one that says so.
  return `${bytes.subarray(0, largest).toString("utf8")}\n… the rest was left out.\n`;
};

const idsIn = async (folder: string): Promise<string[]> => {
  const names = await readdir(folder).catch(() => []);
  const ids = names.flatMap((name) => (name.endsWith(ending) ? name.slice(0, -ending.length) : []));
  return ids.filter((id) => idForm.test(id)).sort();
};

/** Error reports as files of a folder (mode 0600): the newest 20, of at most 64 KB each. */
export const createReportFiles = (folder: string) => {
  const fileOf = (id: string): string => join(folder, `${id}${ending}`);

  const read = async (id: string): Promise<string | null> => {
    // An id comes from outside, and a path must not.
    if (!idForm.test(id)) return null;
    return readFile(fileOf(id), "utf8").catch(() => null);
  };

  const rowOf = async (id: string): Promise<ReportRow | null> => {
    const text = await read(id);
    if (text === null) return null;
    const { size } = await stat(fileOf(id));
    return { id, at: timeOf(id), summary: text.split("\n", 1)[0] ?? "", size };
  };

  return {
    read,
    /** Newest first. */
    async list(): Promise<ReportRow[]> {
      const rows = await Promise.all((await idsIn(folder)).map(rowOf));
      return rows.filter((row) => row !== null).reverse();
    },
    /** @throws where the folder cannot be written */
    async write(text: string): Promise<ReportRow> {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const id = newId(new Date());
      const file = await open(fileOf(id), "wx", 0o600);
      try {
        await file.writeFile(shortened(text));
      } finally {
        await file.close();
      }
      const ids = await idsIn(folder);
      for (const old of ids.slice(0, -newestKept)) await rm(fileOf(old), { force: true });
      return {
        id,
        at: timeOf(id),
        summary: text.split("\n", 1)[0] ?? "",
        size: Buffer.byteLength(shortened(text)),
      };
    },
  };
};
