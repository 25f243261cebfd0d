import { createHash } from "node:crypto";
import { mkdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Document } from "yaml";
import { AppError } from "../../../shared/contract/errors";
import { workspaceFileName, workspaceFormat, type WorkspaceFile } from "../../../shared/workspace";
import { replaceFile } from "../files/replace-file";
import { underLock } from "../profile/claim-lock";
import { printDocument } from "./edit-workspace";
import { parseWorkspace, type ParsedWorkspace } from "./parse-workspace";

/** The workspace's `bellhop.yaml`: read again whenever it has changed, and edited without touching what is not meant. */
export interface WorkspaceFileStore {
  /** @returns what the file says; an empty workspace where there is none @throws AppError WORKSPACE_INVALID */
  read(): Promise<WorkspaceFile>;
  /** What the file says, or said when it could last be read; and why it cannot be read now. Throws for neither. */
  state(): Promise<WorkspaceState>;
  /**
   * Changes the document and writes it, whatever other processes do meanwhile.
   * @param edit gets the newest document and what it says; what it throws leaves the file as it is
   * @throws AppError WORKSPACE_INVALID
   */
  edit(edit: (document: Document, content: WorkspaceFile) => void): Promise<void>;
}

/** `content` is null where the file could not be read a single time since the start. */
export interface WorkspaceState {
  content: WorkspaceFile | null;
  problem: AppError | null;
}

const newFile = `# A Bellhop workspace: environments without their secrets. It can be committed.
bellhop: ${workspaceFormat}
`;

const unreadable = (file: string, error: unknown): AppError =>
  new AppError({
    code: "WORKSPACE_INVALID",
    message: `${file} cannot be used: ${error instanceof Error ? error.message : String(error)}.`,
    hint: "Check that the file and its folder can be read and written by this account.",
  });

/**
 * @param folder the workspace; made on the first edit
 * @param lockFolder where the lock lies that keeps processes of one profile apart; not in the workspace, which others commit
 */
export const createWorkspaceFile = (folder: string, lockFolder: string): WorkspaceFileStore => {
  const file = join(folder, workspaceFileName);
  const lock = join(
    lockFolder,
    `workspace-${createHash("sha256").update(folder).digest("hex").slice(0, 16)}.lock`,
  );
  let cached: { stamp: string; result: ParsedWorkspace | AppError } | null = null;
  let lastGood: WorkspaceFile | null = null;

  const stampOf = async (): Promise<string | null> => {
    try {
      const { ino, size, mtimeNs, ctimeNs } = await stat(file, { bigint: true });
      return [ino, size, mtimeNs, ctimeNs].join(" ");
    } catch (error) {
      if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return null;
      throw unreadable(file, error);
    }
  };

  const textOf = async (): Promise<string> => {
    try {
      const found = await stat(file);
      // A pipe or a device would never end, and git can bring a link to one; a huge file is refused before it is read.
      if (!found.isFile()) throw new Error("it is not a file");
      if (found.size > 4_000_000) throw new Error("it is too large");
      return await readFile(file, "utf8");
    } catch (error) {
      throw unreadable(file, error);
    }
  };

  const parsed = (text: string): ParsedWorkspace | AppError => {
    try {
      return parseWorkspace(text);
    } catch (error) {
      if (error instanceof AppError) return error;
      throw error;
    }
  };

  const read = async (): Promise<WorkspaceFile> => {
    const stamp = await stampOf();
    if (stamp === null) return { bellhop: workspaceFormat };
    if (cached?.stamp !== stamp) cached = { stamp, result: parsed(await textOf()) };
    if (cached.result instanceof AppError) throw cached.result;
    return cached.result.content;
  };

  const state = async (): Promise<WorkspaceState> => {
    try {
      lastGood = await read();
      return { content: lastGood, problem: null };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (lastGood === null) return { content: null, problem: error };
      const hint = "Correct it in an editor; meanwhile Bellhop goes on with what the file said before.";
      return { content: lastGood, problem: new AppError({ ...error.toData(), hint }) };
    }
  };

  const editOnce = async (edit: (document: Document, content: WorkspaceFile) => void): Promise<boolean> => {
    const stamp = await stampOf();
    const before = stamp === null ? newFile : await textOf();
    const { document, content } = parseWorkspace(before);
    edit(document, content);
    const after = printDocument(document, before);
    parseWorkspace(after);
    // An editor may have saved in between: then its text is the one to edit.
    if ((await stampOf()) !== stamp) return false;
    if (after !== before || stamp === null) await replaceFile(file, after, 0o644);
    cached = null;
    return true;
  };

  return {
    read,
    state,
    async edit(edit) {
      try {
        await mkdir(folder, { recursive: true });
        await underLock(lock, async () => {
          while (!(await editOnce(edit)));
        });
      } catch (error) {
        throw error instanceof AppError ? error : unreadable(file, error);
      }
    },
  };
};
