import { link, lstat, mkdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { AppError } from "../../../../shared/contract/errors";
import type { CheckedInputOf, DataPage, OutputOf } from "../../../../shared/contract/commands";
import type { ScenarioText } from "../../../../shared/model/scenario";
import { workspaceFileName } from "../../../../shared/workspace";
import type { Transfers } from "../../transfers/transfers-service";
import { largestTable } from "./data-table";
import { createDataTables } from "./data-tables";
import { isDataName } from "./file-kind";
import { findUses } from "./find-uses";
import { createFileList, type LastRuns } from "./list-files";
import type { ReadsScenarios } from "./reads-scenarios";
import { scanFolder, type FolderScan } from "./scan-folder";
import { createScenarioPaths, type NamedFile } from "./scenario-paths";
import { fileError, readTextFile, writeTextFile } from "./text-file";
import { createFileWatch } from "./watch-files";

export interface ScenarioFilesParts {
  /** The workspace's absolute folder; it need not be there yet. */
  workspace: string;
  read: ReadsScenarios;
  lastRuns: LastRuns;
  transfers: Pick<Transfers, "take">;
  /** Is told the paths of what has changed, here or on the disk. */
  changed(paths: string[]): void;
}

/** The scenarios of a workspace and their data as files. */
export interface ScenarioFiles {
  list(): Promise<Omit<OutputOf<"scenarios.list">, "trusted">>;
  read(path: string): Promise<ScenarioText>;
  save(input: CheckedInputOf<"scenarios.save">): Promise<ScenarioText>;
  /** Writes a new file into a folder of the workspace, under a name that is free. @param slug without ending */
  add(folder: string, slug: string, text: string): Promise<ScenarioText>;
  rename(path: string, to: string): Promise<OutputOf<"scenarios.rename">>;
  remove(path: string): Promise<OutputOf<"scenarios.remove">>;
  addData(path: string, ticket: string): Promise<{ file: string }>;
  readData(input: CheckedInputOf<"scenarios.readData">): Promise<DataPage>;
  close(): void;
}

const taken = (path: string): AppError =>
  new AppError({
    code: "CONFLICT",
    message: `${path} is already there.`,
    hint: "Choose another name.",
    field: "/to",
  });

const isThere = async (file: string): Promise<boolean> => {
  try {
    await lstat(file);
    return true;
  } catch {
    return false;
  }
};

/** Never over another file: where the file system has hard links, not even in a race. */
const moveFile = async (from: string, to: string, path: string): Promise<void> => {
  try {
    await link(from, to);
    await rm(from);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") throw taken(path);
    if (code === "ENOENT" || (await isThere(to))) throw error;
    await rename(from, to);
  }
};

export const createScenarioFiles = (parts: ScenarioFilesParts): ScenarioFiles => {
  const { workspace, read, transfers } = parts;
  const paths = createScenarioPaths(workspace);
  const describe = createFileList(workspace, parts.lastRuns);
  const tables = createDataTables();
  const scan = (): Promise<FolderScan> => scanFolder(workspace, [workspaceFileName]);
  const watch = createFileWatch(scan, parts.changed);

  const textOf = async ({ file, path }: NamedFile): Promise<ScenarioText> => {
    const { text, version } = await readTextFile(file, path);
    return { path, text, version, ...(await read(text, path)) };
  };

  /** Under the first name that is free: `name`, `name-2`, … */
  const addUnder = async (
    folder: NamedFile,
    slug: string,
    ending: string,
    write: (file: NamedFile) => Promise<void>,
  ): Promise<NamedFile> => {
    for (let count = 1; ; count += 1) {
      const name = `${slug}${count === 1 ? "" : `-${count}`}${ending}`;
      const file = {
        ...{ file: join(folder.file, name), inside: folder.inside },
        path: folder.inside
          ? folder.path === ""
            ? name
            : `${folder.path}/${name}`
          : join(folder.file, name),
      };
      try {
        await write(file);
        return file;
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== "CONFLICT" || count === 1000) throw error;
      }
    }
  };

  const folderOf = async ({ file, inside }: NamedFile): Promise<NamedFile> => {
    if (inside) return paths.folder(dirname(file));
    return { file: dirname(file), path: dirname(file), inside };
  };

  return {
    async list() {
      return { folder: workspace, files: await describe(await watch.scan()) };
    },

    async read(path) {
      const file = await paths.file(path);
      const text = await textOf(file);
      if (!file.inside) await watch.also(file.file);
      return text;
    },

    async save({ path, text, version }) {
      const file = await paths.file(path);
      await writeTextFile(file.file, file.path, text, version);
      await watch.changed([file.path]);
      return textOf(file);
    },

    async add(folder, slug, text) {
      const file = await addUnder(await paths.folder(folder), slug, ".scenario.yaml", (to) =>
        writeTextFile(to.file, to.path, text, null),
      );
      await watch.changed([file.path]);
      return textOf(file);
    },

    async rename(path, to) {
      const kind = isDataName(path) ? "data" : "scenario";
      const from = await paths.file(path, kind);
      const target = await paths.file(to, kind);
      if (from.file === target.file) return { path: from.path, usedBy: [] };
      if (from.inside && !target.inside) throw outsideOf(target.path);
      try {
        await mkdir(dirname(target.file), { recursive: true });
        await moveFile(from.file, target.file, target.path);
      } catch (error) {
        throw error instanceof AppError ? error : fileError(from.path, error);
      }
      await watch.changed([from.path, target.path]);
      const usedBy = from.inside ? await findUses(workspace, await scan(), from.path) : [];
      return { path: target.path, usedBy };
    },

    async remove(path) {
      const file = await paths.file(path);
      const { text } = await readTextFile(file.file, file.path);
      try {
        await rm(file.file);
      } catch (error) {
        throw fileError(file.path, error);
      }
      await watch.changed([file.path]);
      return { restore: { path: file.path, text } };
    },

    async addData(path, ticket) {
      const folder = await folderOf(await paths.file(path));
      const { name, text } = await transfers.take(ticket);
      const { slug, ending } = tables.accept(name, text);
      const file = await addUnder(folder, slug, ending, (to) =>
        writeTextFile(to.file, to.path, text, null, largestTable),
      );
      await watch.changed([file.path]);
      // As `data` names it: relative to the scenario.
      return { file: basename(file.file) };
    },

    async readData({ path, offset, limit }) {
      const file = await paths.file(path, "data");
      const { columns, rows } = await tables.of(file);
      return { columns, rows: rows.slice(offset, offset + limit), total: rows.length };
    },

    close: () => watch.close(),
  };
};

const outsideOf = (path: string): AppError =>
  new AppError({
    code: "INVALID_INPUT",
    message: `${path} lies outside the workspace.`,
    hint: "A file of the workspace stays in it.",
    field: "/to",
  });
