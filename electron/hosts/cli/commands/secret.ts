import type { Command } from "commander";
import { AppError } from "../../../../shared/contract/errors";
import { credentialVariable } from "../../../../shared/environment-names";
import type { CredentialStatus } from "../../../../shared/model/environment";
import { isSitecore, otherTransports } from "../../../../shared/transports";
import { exitCodes, type ExitCode } from "../exit-codes";
import { readSecretLines } from "../hidden-prompt";
import { printable } from "../output";
import { withSession, type Session } from "../session";
import { credentialWords, findEnvironment } from "./env";

const variablesOf = (environment: string): string => {
  const [key, token, context] = (["clientKey", "apiToken", "contextId"] as const).map((part) =>
    credentialVariable(part, environment),
  );
  return `${key}, ${token} and ${context}`;
};

/** A secret that a shell command keeps in memory is gone when the command ends, so it is not taken at all. */
const needSafeStore = async ({ ask }: Session, environment: string): Promise<void> => {
  const { vault } = await ask("app.info", {});
  if (vault.store !== "memory") return;
  throw new AppError({
    code: "VAULT_LOCKED",
    message: `There is no safe store for secrets here. ${vault.explanation}`,
    hint: `Give the credential by the variables ${variablesOf(environment)}.`,
  });
};

const set = async (session: Session, environment: string, context: boolean): Promise<ExitCode> => {
  const { credential } = await findEnvironment(session, environment);
  if (credential.state === "public") {
    throw new AppError({
      code: "INVALID_INPUT",
      message: `${environment} takes the sandbox's public credential, so there is none to set.`,
    });
  }
  await needSafeStore(session, environment);
  const labels = context ? ["Context id"] : ["Client key", "API token (may be empty)"];
  const [first = "", second = ""] = await readSecretLines(labels);
  if (first === "") {
    throw new AppError({ code: "INVALID_INPUT", message: `The ${labels[0]?.toLowerCase()} is empty.` });
  }
  const view = await session.ask("credentials.set", {
    environment,
    ...(context ? { contextId: first } : { clientKey: first, ...(second !== "" && { apiToken: second }) }),
  });
  // The keychain may have failed just now: what is only in memory ends with this command.
  await needSafeStore(session, environment);
  session.output.note(`Kept for ${view.name}: ${credentialWords(view.credential)}.`);
  if (view.transport === "spec" && isSitecore(view)) {
    const others = otherTransports(view).join(" or ");
    session.output.note(
      `Sitecore's documentation does not confirm the transport spec. If it is refused, send by ${others}: --transport.`,
    );
  }
  return exitCodes.ok;
};

/** What the vault holds, for removed environments too, and what the variables give. */
const list = async ({ ask, output }: Session, json: boolean): Promise<ExitCode> => {
  const records = await ask("credentials.list", {});
  const { environments } = await ask("environments.list", {});
  const show = (environment: string, origin: string, since: string | null, fingerprint: string): void => {
    const from = since === null ? "variables" : "vault";
    if (json) output.json({ environment, origin, from, since, fingerprint });
    else {
      const credential: CredentialStatus = { state: "present", origin, fingerprint, since, from, has: [] };
      output.line(`${output.tint("strong", printable(environment))}  ${credentialWords(credential)}`);
    }
  };
  for (const record of records) show(record.environment, record.origin, record.since, record.fingerprint);
  for (const { name, credential } of environments) {
    if (credential.state !== "present" || credential.from !== "variables") continue;
    show(name, credential.origin, null, credential.fingerprint);
  }
  return exitCodes.ok;
};

const remove = async ({ ask, output }: Session, environment: string): Promise<ExitCode> => {
  const records = await ask("credentials.list", {});
  const wasKept = records.some((record) => record.environment === environment);
  // Asked for in any case: it says what is wrong with the name, and that variables cannot be removed.
  await ask("credentials.remove", { environment });
  output.note(
    wasKept ? `Forgot the credential of ${environment}.` : `No credential is kept for ${environment}.`,
  );
  return exitCodes.ok;
};

/** `bellhop secret`: credentials go in and are listed by existence; none comes out. */
export const addSecretCommand = (program: Command): void => {
  const secret = program.command("secret").description("keep, list and remove credentials");
  secret
    .command("set")
    .argument("<ENV>", "the environment")
    .description("read client key and API token, a line each, from a hidden prompt or standard input")
    .option("--context", "read a context id instead (edge transport)")
    .action((environment: string, { context }: { context?: boolean }, command: Command) =>
      withSession(command, (session) => set(session, environment, context === true)),
    );
  secret
    .command("list")
    .description("which environments have a credential")
    .option("--json", "print one a line as JSON")
    .action(({ json }: { json?: boolean }, command: Command) =>
      withSession(command, (session) => list(session, json === true)),
    );
  secret
    .command("remove")
    .argument("<ENV>", "the environment")
    .description("forget the credential of an environment")
    .action((environment: string, _options: unknown, command: Command) =>
      withSession(command, (session) => remove(session, environment)),
    );
};
