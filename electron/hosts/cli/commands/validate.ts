import { Option, type Command } from "commander";
import { judge, messageTypeOf } from "../../../../shared/catalog/catalog";
import type { StreamEvent } from "../../../../shared/model/event";
import type { CatalogName, Verdict } from "../../../../shared/model/verdict";
import { issueWords } from "../entry-words";
import { exitCodes, type ExitCode } from "../exit-codes";
import { printable, type Output } from "../output";
import { readEvents } from "../read-events";
import { readText } from "../read-text";
import { firstOf } from "../run/outcome";
import { endWith, outputFor, type GlobalOptions } from "../session";
import { meansScenarios, validateScenarios } from "../validate-scenarios";

interface ValidateOptions {
  type?: string;
  catalog: CatalogName;
  json?: boolean;
}

/** `--type` says what the event is to be, so another `type` in it is a mistake; nothing is filled in. */
const verdictOf = (event: StreamEvent, { type, catalog }: ValidateOptions): Verdict => {
  const verdict = judge(event, catalog);
  const actual = messageTypeOf(event, catalog);
  if (type === undefined || event["type"] === type || actual === type || event["type"] === undefined)
    return verdict;
  const message = `/type must be ${type}, and is ${JSON.stringify(event["type"])}.`;
  return {
    ...verdict,
    schema: verdict.schema === "unchecked" ? "unchecked" : "invalid",
    issues: [...verdict.issues, { severity: "error", code: "wrong-type", path: "/type", message, catalog }],
  };
};

const isInvalid = ({ schema, issues }: Verdict): boolean =>
  schema === "invalid" || issues.some(({ severity }) => severity === "error");

const showWords = (output: Output, place: string, type: string, verdict: Verdict): void => {
  const bad = isInvalid(verdict);
  const word = bad ? "invalid" : verdict.schema === "unchecked" ? "nothing wrong found" : "valid";
  output.line(
    `${printable(place)}  ${output.tint("strong", printable(type))}  ${output.tint(bad ? "bad" : "ok", word)}`,
  );
  for (const issue of verdict.issues) output.line(`  ${issueWords(output, issue)}`);
};

const validateEvents = async (output: Output, file: string, options: ValidateOptions): Promise<ExitCode> => {
  let invalid = 0;
  for (const { event, line, column } of readEvents(file, await readText(file))) {
    const verdict = verdictOf(event, options);
    const type = String(event["type"] ?? options.type ?? "no type");
    if (isInvalid(verdict)) invalid++;
    if (options.json) output.json({ file, line, column, type, ...verdict });
    else showWords(output, `${file}:${line}:${column}`, type, verdict);
  }
  return invalid > 0 ? exitCodes.failed : exitCodes.ok;
};

const validate = async (
  output: Output,
  given: string[],
  options: ValidateOptions,
  globals: GlobalOptions,
): Promise<ExitCode> => {
  const codes = new Set<ExitCode>();
  const scenarios: string[] = [];
  for (const file of given) {
    if (await meansScenarios(file)) scenarios.push(file);
    else codes.add(await validateEvents(output, file, options));
  }
  const asJson = options.json === true;
  for (const code of await validateScenarios(scenarios, globals, output, asJson)) codes.add(code);
  return firstOf(codes);
};

/**
 * `bellhop validate FILE…`: verdicts of events as they stand in files, where nothing is filled in; and of scenarios,
 * all that a run looks at before its first send. Nothing is sent.
 */
export const addValidateCommand = (program: Command): void => {
  program
    .command("validate")
    .argument(
      "<FILE|DIR...>",
      "JSON or NDJSON files of events (- reads standard input), scenario files, or folders of scenarios",
    )
    .description("say what is wrong with events and scenarios, without sending anything")
    .option("--type <TYPE>", "the message type the events must have")
    .addOption(
      new Option("--catalog <CATALOG>", "which catalog judges").choices(["spec", "sitecore"]).default("spec"),
    )
    .option("--json", "print one verdict a line as JSON")
    .action((files: string[], options: ValidateOptions, command: Command) => {
      const globals = command.optsWithGlobals<GlobalOptions>();
      const output = outputFor(globals);
      return endWith(output, () => validate(output, files, options, globals));
    });
};
