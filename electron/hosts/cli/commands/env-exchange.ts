import { createReadStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { Option, type Command } from "commander";
import { AppError } from "../../../../shared/contract/errors";
import type {
  FieldChange,
  ImportedEnvironment,
  WithheldField,
} from "../../../../shared/model/environment-exchange";
import { exitCodes, type ExitCode } from "../exit-codes";
import { printable } from "../output";
import { withSession, type Session } from "../session";

const fileFailed = (file: string, doing: "read" | "written", error: unknown): AppError =>
  new AppError({
    code: "INVALID_INPUT",
    message: `${file} cannot be ${doing}: ${error instanceof Error ? error.message : String(error)}.`,
  });

const leftOut = ({ environment, field, reason }: WithheldField): string =>
  printable(`Left out: ${environment}.${field} ${reason}.`);

interface ExportOptions {
  format?: "yaml" | "json";
  out?: string;
}

const exportThem = async (
  { ask, output }: Session,
  names: string[],
  { format, out }: ExportOptions,
): Promise<ExitCode> => {
  const wanted = format ?? (out !== undefined && /\.json$/i.test(out) ? "json" : "yaml");
  const { text, withheld } = await ask("environments.export", {
    format: wanted,
    ...(names.length > 0 && { names }),
  });
  for (const field of withheld) output.note(leftOut(field));
  if (out === undefined) output.line(text.trimEnd());
  else {
    await writeFile(out, text).catch((error: unknown) => {
      throw fileFailed(out, "written", error);
    });
    output.note(`Wrote ${printable(out)}.`);
  }
  return exitCodes.ok;
};

const changeLine = ({ field, before, after }: FieldChange): string =>
  printable(`    ${field}: ${before ?? "nothing"} -> ${after ?? "nothing"}`);

interface ImportOptions {
  replace?: boolean;
  dryRun?: boolean;
  json?: boolean;
}

const isConflict = ({ present, changes }: ImportedEnvironment): boolean =>
  present !== null && changes.length > 0;

const describe = ({ output }: Session, item: ImportedEnvironment, replace: boolean): void => {
  const { environment, present, changes, ignored, suspects } = item;
  const same = replace ? "is replaced" : "differs from what is here";
  const words = present === null ? "is new" : changes.length === 0 ? "is here already" : same;
  output.line(`${output.tint("strong", printable(environment.name))} ${words}`);
  for (const change of changes) output.line(changeLine(change));
  if (ignored.length > 0) output.note(printable(`${environment.name}: not taken: ${ignored.join(", ")}.`));
  for (const { field, reason } of suspects)
    output.note(printable(`${environment.name}.${field} ${reason}, and would stand in bellhop.yaml.`));
};

/** Reads a file through the door that a window's upload takes, so that both are refused the same. */
const readFileOf = async ({ ask, core }: Session, file: string): Promise<ImportedEnvironment[]> => {
  const ticket = await core.transfers
    .receive(basename(file), createReadStream(file))
    .catch((error: unknown) => {
      throw error instanceof AppError ? error : fileFailed(file, "read", error);
    });
  return (await ask("environments.readImport", { ticket })).items;
};

const importThem = async (session: Session, file: string, options: ImportOptions): Promise<ExitCode> => {
  const { ask, output } = session;
  const replace = options.replace === true;
  const found = await readFileOf(session, file);
  for (const item of found) {
    if (options.json) output.json(item);
    else describe(session, item, replace);
  }
  const conflicts = found.filter(isConflict);
  if (conflicts.length > 0 && !replace && !options.dryRun) {
    throw new AppError({
      code: "CONFLICT",
      message: `${conflicts.map(({ environment }) => environment.name).join(", ")} would be changed. Nothing was imported.`,
      hint: "Say --replace to have the file's, or take them out of the file.",
    });
  }
  const items = found.flatMap(({ environment, present, changes }) => {
    if (present === null) return [{ environment }];
    return changes.length === 0 ? [] : [{ environment, expected: present }];
  });
  if (options.dryRun || items.length === 0) {
    output.note("Nothing was changed.");
    return exitCodes.ok;
  }
  await ask("environments.import", { items });
  output.note(`Imported ${items.map(({ environment }) => environment.name).join(", ")}.`);
  return exitCodes.ok;
};

interface TestOptions {
  createGuest?: boolean;
  production?: string;
  json?: boolean;
}

const testCodes = { right: exitCodes.ok, wrong: exitCodes.failed, unknown: exitCodes.unreachable } as const;

const test = async ({ ask, output }: Session, name: string, options: TestOptions): Promise<ExitCode> => {
  const found = await ask("credentials.test", {
    environment: name,
    source: { kind: "cli" },
    ...(options.createGuest && { createsGuest: true }),
    ...(options.production !== undefined && { production: options.production }),
  });
  if (options.json) output.json(found);
  else output.line(printable(found.message));
  if (found.hint !== null) output.note(printable(found.hint));
  return testCodes[found.outcome];
};

/** `bellhop env copy`, `test`, `export` and `import`. */
export const addEnvExchangeCommands = (env: Command): void => {
  env
    .command("copy")
    .argument("<FROM>")
    .argument("<NAME>")
    .description("copy an environment, a built-in one too, without its credential")
    .action((from: string, name: string, _options: unknown, command: Command) =>
      withSession(command, async ({ ask, output }) => {
        await ask("environments.copy", { from, name });
        output.note(`Copied ${printable(from)} to ${printable(name)}.`);
        return exitCodes.ok;
      }),
    );
  env
    .command("test")
    .argument("<NAME>")
    .description("ask the target whether it takes the credential: 0 right, 1 wrong, 3 nothing can be said")
    .option("--create-guest", "agree that a test without an API token creates one anonymous guest")
    .option("--production <NAME>", "agree to test a production environment; must equal its name")
    .option("--json", "print it as JSON")
    .action((name: string, options: TestOptions, command: Command) =>
      withSession(command, (session) => test(session, name, options)),
    );
  env
    .command("export")
    .argument("[NAME...]")
    .description("environments of the workspace as a file without secrets; all, where none is named")
    .addOption(new Option("--format <FORMAT>", "yaml, unless --out ends in .json").choices(["yaml", "json"]))
    .option("--out <FILE>", "where to; else standard output")
    .action((names: string[], options: ExportOptions, command: Command) =>
      withSession(command, (session) => exportThem(session, names, options)),
    );
  env
    .command("import")
    .argument("<FILE>")
    .description("add the environments of a file to the workspace's bellhop.yaml")
    .option("--replace", "also change those that are here and differ")
    .option("--dry-run", "say what would be added and changed, and change nothing")
    .option("--json", "print one environment a line as JSON")
    .action((file: string, options: ImportOptions, command: Command) =>
      withSession(command, (session) => importThem(session, file, options)),
    );
};
