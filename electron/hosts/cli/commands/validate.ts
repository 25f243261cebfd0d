import { Option, type Command } from "commander";
import { judge, messageTypeOf } from "../../../../shared/catalog/catalog";
import { AppError } from "../../../../shared/contract/errors";
import type { StreamEvent } from "../../../../shared/model/event";
import type { CatalogName, Verdict } from "../../../../shared/model/verdict";
import { issueWords } from "../entry-words";
import { exitCodes, type ExitCode } from "../exit-codes";
import { printable, type Output } from "../output";
import { readEvents } from "../read-events";
import { readText } from "../read-text";
import { endWith, outputFor, type GlobalOptions } from "../session";

interface ValidateOptions {
  type?: string;
  catalog: CatalogName;
  json?: boolean;
}

const refuseScenario = (file: string): void => {
  if (!/\.ya?ml$/.test(file)) return;
  throw new AppError({
    code: "INVALID_INPUT",
    message: `${file}: this version of Bellhop checks events, not scenario files.`,
    hint: "Give a JSON or NDJSON file of events.",
  });
};

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

const validate = async (output: Output, files: string[], options: ValidateOptions): Promise<ExitCode> => {
  let invalid = 0;
  for (const file of files) {
    refuseScenario(file);
    for (const { event, line } of readEvents(file, await readText(file))) {
      const verdict = verdictOf(event, options);
      const type = String(event["type"] ?? options.type ?? "no type");
      if (isInvalid(verdict)) invalid++;
      if (options.json) output.json({ file, line, type, ...verdict });
      else showWords(output, `${file}:${line}`, type, verdict);
    }
  }
  return invalid > 0 ? exitCodes.failed : exitCodes.ok;
};

/** `bellhop validate FILE…`: verdicts of events as they stand in files; nothing is filled in and nothing sent. */
export const addValidateCommand = (program: Command): void => {
  program
    .command("validate")
    .argument("<FILE...>", "JSON or NDJSON files of events; - reads standard input")
    .description("say what is wrong with events, without sending them")
    .option("--type <TYPE>", "the message type the events must have")
    .addOption(
      new Option("--catalog <CATALOG>", "which catalog judges").choices(["spec", "sitecore"]).default("spec"),
    )
    .option("--json", "print one verdict a line as JSON")
    .action((files: string[], options: ValidateOptions, command: Command) => {
      const output = outputFor(command.optsWithGlobals<GlobalOptions>());
      return endWith(output, () => validate(output, files, options));
    });
};
