import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { AppError } from "../../../shared/contract/errors";
import type { ScenarioIssue, ScenarioReading } from "../../../shared/model/scenario";
import { workspaceFileName } from "../../../shared/workspace";
import { exitCodes, type ExitCode } from "./exit-codes";
import { printable, type Output } from "./output";
import { exitCodeOfRefusal } from "./run/outcome";
import { collectScenarios } from "./run/scenario-files";
import { scenarioIssueWords } from "./scenario-issue-words";
import { inSession, type GlobalOptions, type Session } from "./session";

/** Whether an argument of `validate` means scenarios: a YAML file, or a folder of them. */
export const meansScenarios = async (given: string): Promise<boolean> => {
  if (given === "-") return false;
  if (/\.ya?ml$/i.test(given)) return true;
  return (await stat(given).catch(() => null))?.isDirectory() === true;
};

const isError = ({ severity }: ScenarioIssue): boolean => severity === "error";

const show = (output: Output, path: string, { outline, issues }: ScenarioReading, asJson: boolean): void => {
  const bad = issues.some(isError);
  const kind = outline?.fragment === true ? "fragment" : "scenario";
  if (asJson) {
    const file = { file: path, kind, name: outline?.name ?? "", schema: bad ? "invalid" : "valid" };
    output.json({ ...file, issues });
    return;
  }
  const name = outline === null || outline.name === "" ? "" : `  ${printable(outline.name)}`;
  const word = output.tint(bad ? "bad" : "ok", bad ? "invalid" : "valid");
  output.line(`${output.tint("strong", printable(path))}${name}  ${word}`);
  for (const issue of issues) output.line(`  ${scenarioIssueWords(output, issue)}`);
};

const refuseWorkspaceFile = (path: string): void => {
  if (basename(path) !== workspaceFileName) return;
  throw new AppError({
    code: "INVALID_INPUT",
    message: `${path} is a workspace's file, and no scenario.`,
    hint: "bellhop env list says what is wrong with it.",
  });
};

const checkFile = async (
  { ask, output }: Session,
  path: string,
  environment: string,
  asJson: boolean,
): Promise<ExitCode> => {
  refuseWorkspaceFile(path);
  // Without a text, the core reads the file as for a run: a pipe, a device or a link to elsewhere is none.
  const reading = await ask("scenarios.check", { path, environment });
  show(output, path, reading, asJson);
  const { issues } = reading;
  return issues.some(isError) ? exitCodeOfRefusal({ path, environment, issues, error: null }) : exitCodes.ok;
};

/**
 * Says what is wrong with scenarios without playing them: all that a run looks at before its first send, for the
 * environment that `--env` names or the workspace's default.
 *
 * @param given files and folders
 * @returns an exit code for each file: 2 what cannot be played, 1 where only events are invalid
 * @throws AppError for what cannot be read
 */
export const validateScenarios = async (
  given: readonly string[],
  globals: GlobalOptions,
  output: Output,
  asJson: boolean,
): Promise<ExitCode[]> => {
  const codes: ExitCode[] = [];
  for (const { workspace, files } of await collectScenarios(given, process.cwd(), globals.workspace)) {
    await inSession({ ...globals, workspace }, output, async (session) => {
      const environment = await session.environment();
      for (const { path } of files) {
        codes.push(await checkFile(session, path, environment, asJson));
      }
    });
  }
  return codes;
};
