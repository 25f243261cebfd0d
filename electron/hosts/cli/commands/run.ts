import { InvalidArgumentError, Option, type Command } from "commander";
import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { Transport } from "../../../../shared/model/environment";
import type { RunOptions } from "../../../../shared/model/run";
import { collectVariable } from "../collect-variable";
import { collectReport, type ReportChoice } from "../run/reports";
import { runScenarios, type RunRequest } from "../run/run-scenarios";
import { endWith, outputFor, type GlobalOptions } from "../session";

interface Options {
  data?: string;
  delimiter?: string;
  iterations?: number;
  concurrency?: number;
  rate?: number;
  maxEvents?: number;
  seed?: string;
  now?: string;
  transport?: Transport;
  bail?: boolean;
  wait: boolean;
  validate: boolean;
  dryRun?: boolean;
  gate?: boolean;
  fresh?: boolean;
  mark?: boolean;
  allowPath: string[];
  reporter: ReportChoice[];
  var: Record<string, string>;
  production?: string;
  json?: boolean;
}

/** A whole number from 1 on. @param most what the contract takes */
const wholeNumber =
  (most: number) =>
  (text: string): number => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= 1 && number <= most) return number;
    throw new InvalidArgumentError(`Write a whole number from 1 to ${most.toLocaleString("en-GB")}.`);
  };

const rate = (text: string): number => {
  const number = Number(text);
  // A timer waits for 24 days at most, and nobody for the next event of a slower run.
  if (/^\d+(\.\d+)?$/.test(text) && number >= 0.001 && number <= 100_000) return number;
  throw new InvalidArgumentError("Write how many events a second, from 0.001 on, such as 5 or 0.5.");
};

const delimiter = (text: string): string => {
  const character = text === "\\t" || text === "tab" ? "\t" : text;
  // A quote is what keeps delimiters inside a value, and a line end is the end of a row.
  if (character.length === 1 && !/["\r\n]/.test(character)) return character;
  throw new InvalidArgumentError("A delimiter is one character, or tab; no quote and no line end.");
};

const seed = (text: string): string => {
  if (text.length >= 1 && text.length <= 200) return text;
  throw new InvalidArgumentError("A seed has 1 to 200 characters.");
};

/** JavaScript reads 30 February as the second day of March. @param date `YYYY-MM-DD` */
const isOfCalendar = (date: string): boolean => {
  const time = Date.parse(date);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
};

const moment = (text: string): string => {
  const [, date] = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/.exec(text) ?? [];
  const time = Date.parse(text);
  if (date !== undefined && isOfCalendar(date) && !Number.isNaN(time)) return new Date(time).toISOString();
  throw new InvalidArgumentError("Write a time as ISO 8601, such as 2026-11-25T10:15:00Z.");
};

const collectFolder = (text: string, before: string[]): string[] => {
  if (!statSync(text, { throwIfNoEntry: false })?.isDirectory())
    throw new InvalidArgumentError("There is no such folder.");
  return [...before, resolve(text)];
};

const given = <T>(name: string, value: T | undefined): Record<string, T> =>
  value === undefined ? {} : { [name]: value };

const runOptions = (options: Options): RunOptions => ({
  ...given("delimiter", options.delimiter),
  ...given("iterations", options.iterations),
  ...given("concurrency", options.concurrency),
  ...given("rate", options.rate),
  ...given("maxEvents", options.maxEvents),
  ...given("seed", options.seed),
  ...given("now", options.now),
  ...given("transport", options.transport),
  ...given("bail", options.bail),
  ...given("mark", options.mark),
  ...given("dryRun", options.dryRun),
  ...(!options.wait && { noWait: true }),
  ...(!options.validate && { noValidate: true }),
  ...(Object.keys(options.var).length > 0 && { vars: options.var }),
});

const requestOf = (files: string[], options: Options): RunRequest => ({
  given: files,
  options: runOptions(options),
  data: options.data === undefined ? undefined : resolve(options.data),
  allowPaths: options.allowPath,
  production: options.production,
  gate: options.gate === true,
  fresh: options.fresh === true,
  jsonLines: options.json === true,
  reporters: options.reporter,
});

/** `bellhop run FILE|DIR…`: plays scenarios, and says what came of them. */
export const addRunCommand = (program: Command): void => {
  program
    .command("run")
    .argument("<FILE|DIR...>", "scenario files, or folders: every *.scenario.yaml below, by name")
    .description("play scenarios, check what they expect, and report it")
    .option("--data <FILE>", "rows (CSV, JSON, NDJSON): an iteration for each, instead of the file's own")
    .option("--delimiter <C>", "what separates the columns of a CSV (default: a comma)", delimiter)
    .option("--iterations <N>", "how often; with data, N times over the rows", wholeNumber(10_000_000))
    .option("--concurrency <N>", "how many virtual guests at once (default: 1)", wholeNumber(1000))
    .option("--rate <N>", "events a second at most, of all guests together", rate)
    .option("--max-events <N>", "events at most (default: 1,000,000)", wholeNumber(1_000_000_000))
    .option("--seed <SEED>", "what generators draw from; the same seed gives the same events", seed)
    .option("--now <ISO>", "freezes the clock of templates", moment)
    .addOption(
      new Option("--transport <T>", "instead of the environment's").choices([
        ...["spec", "http-get", "engage", "edge"],
      ]),
    )
    .option("--bail", "end everything at the first failure")
    .option("--no-wait", "skip the scenario's waits")
    .option("--no-validate", "send events that their catalog calls invalid")
    .option("--dry-run", "build and check every event, send none")
    .option("--gate", "fail unless the sandbox has failed, dropped and rejected nothing meanwhile")
    .option("--fresh", "on an empty sandbox in memory, of this command alone")
    .option("--mark", "mark every event with ext.bellhopRun")
    .option("--allow-path <DIR>", "let files lie there, too; may be given again", collectFolder, [])
    .option(
      "--reporter <NAME[=FILE]>",
      "pretty, json, junit or html, to a file or to standard output; may be given again",
      collectReport,
      [],
    )
    .option("--var <NAME=VALUE>", "sets a var of the scenario; may be given again", collectVariable, {})
    .option("--production <NAME>", "agree to send to this production environment")
    .option("--json", "print one step a line as JSON, and a summary at the end")
    .action((files: string[], options: Options, command: Command) => {
      const globals = command.optsWithGlobals<GlobalOptions>();
      const output = outputFor(globals);
      if (options.json && options.reporter.some(({ file }) => file === null)) {
        command.error("error: --json writes to standard output, so every --reporter needs =FILE");
      }
      return endWith(output, () => runScenarios(requestOf(files, options), globals, output));
    });
};
