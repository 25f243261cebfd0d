import { Option, type Command } from "commander";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Readable } from "node:stream";
import { AppError } from "../../../../shared/contract/errors";
import { exportFormats, type ExportFormat } from "../../../../shared/model/entry";
import { parseFilter } from "../../../../shared/parse-filter";
import { exitCodes, type ExitCode } from "../exit-codes";
import { withSession, type Session } from "../session";

interface ExportOptions {
  filter?: string;
  format: ExportFormat;
  out: string;
}

/** A file that is whole or not there: what stops half-way leaves what was there before. */
const writeFile = async (file: string, stream: Readable): Promise<void> => {
  const part = `${file}.part-${process.pid}`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await pipeline(stream, createWriteStream(part, { flags: "wx", mode: 0o600 }));
    await rename(part, file);
  } catch (error) {
    stream.destroy();
    await rm(part, { force: true }).catch(() => undefined);
    if (error instanceof AppError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError({
      code: "INVALID_INPUT",
      message: `${file} cannot be written: ${reason}`,
      hint: "Choose another file with --out, or - for standard output.",
    });
  }
};

const exportLog = async (session: Session, options: ExportOptions): Promise<ExitCode> => {
  const filter = parseFilter(options.filter ?? "");
  const { total } = await session.ask("log.query", { filter, limit: 1 });
  const { ticket } = await session.ask("log.export", { filter, format: options.format });
  const download = session.core.transfers.open(ticket);
  if (!download) throw new AppError({ code: "NOT_FOUND", message: "The export is gone." });
  if (options.out === "-") await pipeline(download.stream, process.stdout, { end: false });
  else {
    await writeFile(resolve(options.out), download.stream);
    session.output.line(options.out);
  }
  session.output.note(
    total === 1 ? "1 entry, redacted." : `${total.toLocaleString("en-GB")} entries, redacted.`,
  );
  return exitCodes.ok;
};

/** `bellhop export`: entries of the log as a file. */
export const addExportCommand = (program: Command): void => {
  program
    .command("export")
    .description("write entries of the log to a file, redacted as the log is")
    .option("--filter <EXPR>", "words, env:NAME, type:NAME, status:4xx, verdict:failed, run:ID, id:ID")
    .addOption(
      new Option("--format <FORMAT>", "what it becomes").choices([...exportFormats]).makeOptionMandatory(),
    )
    .requiredOption("--out <FILE>", "the file; - for standard output")
    .action((options: ExportOptions, command: Command) =>
      withSession(command, (session) => exportLog(session, options)),
    );
};
