import { Option, type Command } from "commander";
import { AppError } from "../../../../shared/contract/errors";
import type {
  CredentialStatus,
  Environment,
  EnvironmentView,
  Transport,
} from "../../../../shared/model/environment";
import type { CatalogName } from "../../../../shared/model/verdict";
import { collectVariable } from "../collect-variable";
import { exitCodes, type ExitCode } from "../exit-codes";
import { printable, type Output } from "../output";
import { withSession, type Session } from "../session";
import { addEnvExchangeCommands } from "./env-exchange";

interface AddOptions {
  url: string;
  transport: Transport;
  catalog?: CatalogName;
  pos?: string;
  channel?: string;
  currency?: string;
  language?: string;
  siteId?: string;
  var: Record<string, string>;
  production?: boolean;
}

/** What people may know of a credential: that it exists, since when, for which origin, and a fingerprint. */
export const credentialWords = (status: CredentialStatus): string => {
  switch (status.state) {
    case "public":
      return "public";
    case "missing":
      return status.reason === undefined ? "missing" : printable(`missing: ${status.reason}`);
    case "locked":
      return printable(`locked: ${status.reason}`);
    case "other-origin":
      return `entered for ${printable(status.origin)}, so it does not count here (fingerprint ${status.fingerprint})`;
    case "present":
      return `${status.from === "vault" ? `since ${status.since ?? "?"}` : "from variables"}, for ${printable(status.origin)} (fingerprint ${status.fingerprint})`;
  }
};

const listLine = (output: Output, view: EnvironmentView): string =>
  [
    output.tint("strong", printable(view.name).padEnd(16)),
    printable(view.baseUrl),
    view.transport,
    view.production ? output.tint("bad", "PRODUCTION") : "",
    output.tint("quiet", `credential ${view.credential.state}`),
  ]
    .filter(Boolean)
    .join("  ");

const list = async ({ ask, output }: Session, json: boolean): Promise<ExitCode> => {
  const { environments, problem } = await ask("environments.list", {});
  for (const view of environments) {
    if (json) output.json(view);
    else output.line(listLine(output, view));
  }
  if (problem) output.error(problem);
  return problem ? exitCodes.usage : exitCodes.ok;
};

/** @throws AppError NOT_FOUND with the names that there are, or what is wrong with the workspace */
export const findEnvironment = async ({ ask }: Session, name: string): Promise<EnvironmentView> => {
  const { environments, problem } = await ask("environments.list", {});
  const view = environments.find((candidate) => candidate.name === name);
  if (view) return view;
  if (problem) throw new AppError(problem);
  throw new AppError({
    code: "NOT_FOUND",
    message: `There is no environment ${printable(name)}.`,
    hint: `There are ${environments.map((environment) => environment.name).join(", ")}.`,
  });
};

const show = async (session: Session, name: string, json: boolean): Promise<ExitCode> => {
  const view = await findEnvironment(session, name);
  if (json) session.output.json(view);
  else {
    const { credential, vars, ...fields } = view;
    for (const [field, value] of Object.entries(fields)) {
      if (value !== undefined) session.output.line(`${field.padEnd(12)} ${printable(String(value))}`);
    }
    for (const [field, value] of Object.entries(vars))
      session.output.line(`vars.${field} ${printable(value)}`);
    session.output.line(`credential   ${credentialWords(credential)}`);
  }
  return exitCodes.ok;
};

/** A field that the core refuses has come by an option or the argument: that is the name a shell knows it by. */
const inOptions = (error: unknown): unknown => {
  if (!(error instanceof AppError) || error.code !== "INVALID_INPUT") return error;
  const { message, field = "", hint } = error.toData();
  const name = field.replace("/environment/", "");
  const options: Record<string, string> = { name: "NAME", baseUrl: "--url", siteId: "--site-id" };
  const option = options[name] ?? `--${name}`;
  const sentence = message.replace(`environments.save: ${field}: `, `${option}: `);
  return new AppError({ code: "INVALID_INPUT", message: sentence, ...(hint !== undefined && { hint }) });
};

const add = async ({ ask, output }: Session, name: string, options: AddOptions): Promise<ExitCode> => {
  const environment: Environment = {
    name,
    colour: "blue",
    baseUrl: options.url,
    transport: options.transport,
    catalog: options.catalog ?? (options.transport === "spec" ? "spec" : "sitecore"),
    production: options.production === true,
    vars: options.var,
    ...(options.pos !== undefined && { pos: options.pos }),
    ...(options.channel !== undefined && { channel: options.channel }),
    ...(options.currency !== undefined && { currency: options.currency }),
    ...(options.language !== undefined && { language: options.language }),
    ...(options.siteId !== undefined && { siteId: options.siteId }),
  };
  const view = await ask("environments.save", { environment }).catch((error: unknown) => {
    throw inOptions(error);
  });
  const needs = view.credential.state === "missing";
  const next = needs ? ` Its credential is missing: bellhop secret set ${view.name}` : "";
  output.note(`Added ${view.name}.${next}`);
  return exitCodes.ok;
};

/** `bellhop env`: the environments of the workspace. */
export const addEnvCommand = (program: Command): void => {
  const env = program
    .command("env")
    .description("list, show, add, copy, test, export, import and remove environments");
  env
    .command("list")
    .description("the built-in environments and the workspace's")
    .option("--json", "print one environment a line as JSON")
    .action(({ json }: { json?: boolean }, command: Command) =>
      withSession(command, (session) => list(session, json === true)),
    );
  env
    .command("show")
    .argument("<NAME>")
    .description("all of an environment; of its credential only that it exists")
    .option("--json", "print it as JSON")
    .action((name: string, { json }: { json?: boolean }, command: Command) =>
      withSession(command, (session) => show(session, name, json === true)),
    );
  env
    .command("add")
    .argument("<NAME>")
    .description("add an environment to the workspace's bellhop.yaml")
    .requiredOption("--url <URL>", "where events go: https://cdp.example")
    .addOption(
      new Option("--transport <TRANSPORT>", "how events go on the wire")
        .choices(["spec", "http-get", "engage", "edge"])
        .default("spec"),
    )
    .addOption(new Option("--catalog <CATALOG>", "which catalog judges").choices(["spec", "sitecore"]))
    .option("--pos <POS>", "point of sale")
    .option("--channel <CHANNEL>", "channel, such as WEB")
    .option("--currency <CODE>", "ISO 4217 code")
    .option("--language <CODE>", "ISO 639-1 code")
    .option("--site-id <ID>", "site id, for the edge transport")
    .option("--var <k=v>", "a value of the tenant's own; may be given again", collectVariable, {})
    .option("--production", "mark it as production")
    .action((name: string, options: AddOptions, command: Command) =>
      withSession(command, (session) => add(session, name, options)),
    );
  addEnvExchangeCommands(env);
  env
    .command("remove")
    .argument("<NAME>")
    .description("remove an environment of the workspace, and its credential")
    .action((name: string, _options: unknown, command: Command) =>
      withSession(command, async ({ ask, output }) => {
        await ask("environments.remove", { name });
        output.note(`Removed ${name}.`);
        return exitCodes.ok;
      }),
    );
};
