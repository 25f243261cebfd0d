import { Option, type Command } from "commander";
import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { AppError } from "../../../../shared/contract/errors";
import { workspaceOfFile } from "../../../core/profile";
import { exitCodes, type ExitCode } from "../exit-codes";
import { printable } from "../output";
import { exitCodeOfRefusal } from "../run/outcome";
import { pathIn } from "../run/scenario-files";
import { scenarioIssueWords } from "../scenario-issue-words";
import { endWith, inSession, outputFor, type GlobalOptions, type Session } from "../session";

interface ExportOptions {
  format: "artillery";
  out: string;
}

/** What the script and its companions are called: the chosen file's name without its ending. */
const nameOf = (file: string): string => {
  const name = basename(file, extname(file));
  if (/^[\w][\w .-]*$/.test(name)) return name;
  throw new AppError({
    code: "INVALID_INPUT",
    message: `${file}: a script's name has letters, digits, - and _.`,
    hint: "Write --out NAME.yaml.",
  });
};

const write = async (file: string, text: string): Promise<void> => {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError({ code: "INVALID_INPUT", message: `${file} cannot be written: ${reason}` });
  }
};

const exportScenario = async (
  { ask, output, environment }: Session,
  path: string,
  { format, out }: ExportOptions,
): Promise<ExitCode> => {
  const wanted = await environment();
  const answer = await ask("scenarios.export", { path, environment: wanted, format, name: nameOf(out) });
  if ("refused" in answer) {
    for (const issue of answer.refused) output.note(scenarioIssueWords(output, issue));
    output.error({ message: `${path} was not exported: it could not be played as it is.` });
    return exitCodeOfRefusal({ path, environment: wanted, issues: answer.refused, error: null });
  }
  const [script, ...companions] = answer.files;
  if (script) await write(out, script.text);
  output.line(out);
  for (const { name, text } of companions) {
    const file = join(dirname(out), name);
    await write(file, text);
    output.line(file);
  }
  for (const note of answer.notes) output.note(`${output.tint("warn", "note")} ${printable(note)}`);
  return exitCodes.ok;
};

/** `bellhop scenario`: what is done with a scenario other than playing it. */
export const addScenarioCommand = (program: Command): void => {
  const scenario = program.command("scenario").description("hand scenarios on");
  scenario
    .command("export")
    .argument("<FILE>", "the scenario")
    .description("write a scenario for an engine that runs on many machines")
    .addOption(
      new Option("--format <FORMAT>", "whose script it becomes").choices(["artillery"]).makeOptionMandatory(),
    )
    .requiredOption("--out <FILE>", "the script; data and processor go beside it")
    .action((file: string, options: ExportOptions, command: Command) => {
      const globals = command.optsWithGlobals<GlobalOptions>();
      const output = outputFor(globals);
      const workspace =
        globals.workspace === undefined ? workspaceOfFile(resolve(file)) : resolve(globals.workspace);
      return endWith(output, () =>
        inSession({ ...globals, workspace }, output, (session) =>
          exportScenario(session, pathIn(workspace, resolve(file)), options),
        ),
      );
    });
};
