import { InvalidArgumentError } from "commander";
import { resolve } from "node:path";
import type { RunSummary, StepResult } from "../../../../shared/model/run";
import { version } from "../../version";
import type { Output } from "../output";
import { createHtmlReporter } from "../reporters/html";
import { createJsonLines, createJsonReporter } from "../reporters/json";
import { createJunitReporter } from "../reporters/junit";
import { createPrettyReporter } from "../reporters/pretty";
import type { Refusal, Reporter, RunsEnd } from "../reporters/reporter";
import type { Progress } from "./progress";
import { openFileSink, streamSink, type Sink } from "./sink";

export const reportNames = ["pretty", "json", "junit", "html"] as const;
export type ReportName = (typeof reportNames)[number];

/** `--reporter NAME[=FILE]`. */
export interface ReportChoice {
  name: ReportName;
  /** Null: standard output. */
  file: string | null;
}

const isReportName = (name: string): name is ReportName => (reportNames as readonly string[]).includes(name);

/** Reads one `--reporter` and adds it to those before. */
export const collectReport = (text: string, before: readonly ReportChoice[]): ReportChoice[] => {
  const equals = text.indexOf("=");
  const name = equals === -1 ? text : text.slice(0, equals);
  const file = equals === -1 ? null : text.slice(equals + 1);
  if (!isReportName(name))
    throw new InvalidArgumentError(`There are ${reportNames.join(", ")}, each with =FILE behind it.`);
  if (file === "")
    throw new InvalidArgumentError(`Write ${name}=FILE, or ${name} alone for standard output.`);
  if (file === null && before.some((other) => other.file === null))
    throw new InvalidArgumentError("Only one reporter can write to standard output; the others need =FILE.");
  if (file !== null && before.some((other) => other.file !== null && resolve(other.file) === resolve(file)))
    throw new InvalidArgumentError(`Two reporters cannot write to ${file}.`);
  return [...before, { name, file }];
};

export interface ReportOptions {
  choices: readonly ReportChoice[];
  /** An object a line on standard output (`--json`). */
  jsonLines: boolean;
  quiet: boolean;
  dryRun: boolean;
  tint: Output["tint"];
  progress: Progress;
}

/** All reports of one command. */
export interface Reports {
  started(run: RunSummary): void;
  /** @returns a promise where a reader is slower than the run, which is to wait for it */
  stepEnded(run: RunSummary, result: StepResult): Promise<void> | undefined;
  iterationEnded(run: RunSummary, iteration: number): void;
  ended(run: RunSummary): void;
  refused(refusal: Refusal): void;
  finished(end: RunsEnd): Promise<void>;
}

interface Report {
  reporter: Reporter;
  sink: Sink;
}

const wordsWith = (tint: Output["tint"], { quiet, dryRun }: ReportOptions): Reporter =>
  createPrettyReporter({ tint, quiet, showEvents: dryRun });

const colourless: Output["tint"] = (_tone, text) => text;

const reporterOf = ({ name, file }: ReportChoice, options: ReportOptions): Reporter => {
  switch (name) {
    case "pretty":
      return file === null
        ? wordsWith(options.tint, options)
        : wordsWith(colourless, { ...options, quiet: false });
    case "json":
      return createJsonReporter(version);
    case "junit":
      return createJunitReporter();
    case "html":
      return createHtmlReporter(version);
  }
};

/** Words on the terminal where the progress is shown, too. */
const beside = (progress: Progress, sink: Sink): Sink => ({
  write(text) {
    if (text !== "") progress.clear();
    return sink.write(text);
  },
  end: () => sink.end(),
});

/** Words for people come always: on standard output, or beside it where that has data. */
const forPeople = (options: ReportOptions): Report[] => {
  const { choices, jsonLines, quiet, progress } = options;
  const isTaken = jsonLines || choices.some(({ file }) => file === null);
  if (isTaken && (quiet || choices.some(({ name, file }) => name === "pretty" && file === null))) return [];
  const sink = streamSink(isTaken ? process.stderr : process.stdout);
  return [{ reporter: wordsWith(options.tint, options), sink: beside(progress, sink) }];
};

/**
 * Opens every report, before anything is sent.
 *
 * @throws AppError INVALID_INPUT for a file that cannot be written
 */
export const openReports = async (options: ReportOptions): Promise<Reports> => {
  const reports = forPeople(options);
  const { jsonLines, choices, progress } = options;
  if (jsonLines) reports.push({ reporter: createJsonLines(), sink: streamSink(process.stdout) });
  for (const choice of choices) {
    const sink =
      choice.file === null ? beside(progress, streamSink(process.stdout)) : await openFileSink(choice.file);
    reports.push({ reporter: reporterOf(choice, options), sink });
  }

  const write = (textOf: (reporter: Reporter) => string): Promise<void> | undefined => {
    const waits: Promise<void>[] = [];
    for (const { reporter, sink } of reports) {
      const wait = sink.write(textOf(reporter));
      if (wait) waits.push(wait);
    }
    return waits.length === 0 ? undefined : Promise.all(waits).then(() => undefined);
  };
  /** For what cannot be waited for: a failed write is told by the next one that can, or at the end. */
  const writeSoon = (textOf: (reporter: Reporter) => string): void => {
    write(textOf)?.catch(() => undefined);
  };

  return {
    started: (run) => writeSoon((reporter) => reporter.started(run)),
    stepEnded: (run, result) => write((reporter) => reporter.stepEnded(run, result)),
    iterationEnded: (run, iteration) => writeSoon((reporter) => reporter.iterationEnded(run, iteration)),
    ended: (run) => writeSoon((reporter) => reporter.ended(run)),
    refused: (refusal) => writeSoon((reporter) => reporter.refused(refusal)),
    async finished(end) {
      await write((reporter) => reporter.finished(end));
      await Promise.all(reports.map(({ sink }) => sink.end()));
    },
  };
};
