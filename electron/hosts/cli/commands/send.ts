import { InvalidArgumentError, Option, type Command } from "commander";
import { randomUUID } from "node:crypto";
import { messageTypes } from "../../../../shared/catalog/catalog";
import { AppError } from "../../../../shared/contract/errors";
import type { InputOf, RequestPreview } from "../../../../shared/contract/commands";
import { parseDuration } from "../../../../shared/duration";
import type { Entry } from "../../../../shared/model/entry";
import type { Transport } from "../../../../shared/model/environment";
import type { CatalogName } from "../../../../shared/model/verdict";
import { transportNames } from "../../../../shared/transports";
import { entryWords, issueWords } from "../entry-words";
import { exitCodeOfEntry, exitCodes, type ExitCode } from "../exit-codes";
import { printable } from "../output";
import { readEvents } from "../read-events";
import { readText } from "../read-text";
import { withSession, type Session } from "../session";
import { setPath } from "../set-path";

interface SendOptions {
  event?: string;
  set: string[];
  settle?: number;
  validate: boolean;
  dryRun?: boolean;
  browserId?: string;
  sessionId?: string;
  newGuest?: boolean;
  production?: string;
  transport?: Transport;
  json?: boolean;
}

const milliseconds = (text: string): number => {
  const duration = parseDuration(text);
  if (duration === null) throw new InvalidArgumentError("Write a duration such as 500ms, 2s or 1m.");
  return duration;
};

const collect = (value: string, all: string[]): string[] => [...all, value];

const readEvent = async (file: string): Promise<InputOf<"sender.send">["event"]> => {
  const [first, ...others] = readEvents(file, await readText(file));
  if (!first || others.length > 0) {
    throw new AppError({
      code: "INVALID_INPUT",
      message: `${file}: send takes one event, and this holds ${first ? others.length + 1 : "none"}.`,
    });
  }
  return first.event;
};

/** `CUSTOM` stands for an event that names itself; another unreserved name is a custom event of that name. */
const buildInput = async (
  session: Session,
  type: string,
  options: SendOptions,
): Promise<Omit<InputOf<"sender.preview">, never>> => {
  const environment = await session.environment();
  const { environments } = await session.ask("environments.list", {});
  const catalog: CatalogName = environments.find(({ name }) => name === environment)?.catalog ?? "spec";
  const messageType = messageTypes(catalog).some(({ name }) => name === type) ? type : "CUSTOM";
  const event = options.event === undefined ? {} : await readEvent(options.event);
  for (const assignment of options.set) setPath(event, assignment, { catalog, messageType });
  const guest = {
    ...(options.browserId !== undefined && { browserId: options.browserId }),
    ...(options.sessionId !== undefined && { sessionId: options.sessionId }),
    ...(options.newGuest === true && { fresh: true }),
  };
  const { transport } = options;
  return { environment, messageType: type, event, guest, ...(transport !== undefined && { transport }) };
};

const showPreview = ({ output }: Session, preview: RequestPreview, json: boolean): ExitCode => {
  if (json) output.json(preview);
  else {
    output.line(`${preview.method} ${printable(preview.url)}`);
    for (const [name, value] of Object.entries(preview.headers)) output.line(printable(`${name}: ${value}`));
    // The body is JSON on one line, and says the same when it is escaped.
    if (preview.body !== null) output.line(`\n${printable(preview.body)}`);
    const { proxy, certificates } = preview.connection;
    if (proxy !== null) output.note(`Proxy: ${printable(proxy)}`);
    if (certificates !== null) output.note(printable(certificates));
    for (const issue of preview.verdict.issues) output.note(issueWords(output, issue));
  }
  return preview.verdict.issues.some(({ severity }) => severity === "error")
    ? exitCodes.failed
    : exitCodes.ok;
};

const showEntry = ({ output }: Session, entry: Entry, json: boolean): ExitCode => {
  if (json) output.json(entry);
  const say = json ? output.note : output.line;
  say(entryWords(output, entry));
  for (const issue of entry.verdict.issues) say(`  ${issueWords(output, issue)}`);
  if (entry.error) output.error(entry.error);
  return exitCodeOfEntry(entry);
};

const send = async (session: Session, type: string, options: SendOptions): Promise<ExitCode> => {
  const input = await buildInput(session, type, options);
  const json = options.json === true;
  if (options.dryRun) return showPreview(session, await session.ask("sender.preview", input), json);

  const id = randomUUID();
  const cancel = (): void => void session.core.call("sender.cancel", { id });
  process.once("SIGINT", cancel);
  const result = await session.ask("sender.send", {
    ...input,
    id,
    source: { kind: "cli" },
    allowInvalid: !options.validate,
    settle: options.settle ?? 2000,
    ...(options.production !== undefined && { production: options.production }),
  });
  process.off("SIGINT", cancel);
  if (result.outcome === "sent") return showEntry(session, result.entry, json);

  const { verdict } = result;
  if (json) session.output.json({ sent: false, verdict });
  for (const issue of verdict.issues) session.output.note(issueWords(session.output, issue));
  session.output.error({
    message:
      verdict.schema === "invalid"
        ? `Not sent: this ${type} is not valid in the ${verdict.catalog} catalog.`
        : `Not sent: the request for this ${type} may not get through.`,
    hint: "Correct it, or send it all the same with --no-validate.",
  });
  return exitCodes.failed;
};

/** `bellhop send TYPE`: builds, checks, sends and logs one event. */
export const addSendCommand = (program: Command): void => {
  program
    .command("send")
    .argument("<TYPE>", "a message type (VIEW, IDENTITY, …), CUSTOM, or a custom event's own name")
    .description("build an event, check it, send it, and log what came of it")
    .option("--event <FILE>", "the event as JSON; - reads standard input")
    .option("--set <path=value>", "set a field; may be given again (items[0].sku=TEE-001)", collect, [])
    .option(
      "--settle <DURATION>",
      "on the sandbox, wait this long for the outcome (default: 2s)",
      milliseconds,
    )
    .option("--no-validate", "send an event that its catalog calls invalid")
    .option("--dry-run", "print the exact request, masked, and send nothing")
    .option("--browser-id <ID>", "send as this browser")
    .option("--session-id <ID>", "send in this session (spec catalog)")
    .option("--new-guest", "make a new guest first")
    .addOption(
      new Option("--transport <T>", "how it goes on the wire, instead of the environment's").choices([
        ...transportNames,
      ]),
    )
    .option("--production <NAME>", "agree to send to this production environment")
    .option("--json", "print the log entry as JSON")
    .action((type: string, options: SendOptions, command: Command) =>
      withSession(command, (session) => send(session, type, options)),
    );
};
