import { AppError } from "../../../shared/contract/errors";
import {
  credentialVariable,
  endingOfCredentialVariable,
  variableEnding,
} from "../../../shared/environment-names";
import type { Environment } from "../../../shared/model/environment";
import { isLoopback } from "../../../shared/origin";
import { credentialParts, type Parts } from "./credential-record";
import { Secret } from "./secret";

type Variables = Readonly<Record<string, string | undefined>>;

/** The parts that variables give an environment; empty values count as none. Whether they may be used is another question. */
export const partsFromVariables = (environment: string, variables: Variables): Parts =>
  Object.fromEntries(
    credentialParts.flatMap((part) => {
      const text = variables[credentialVariable(part, environment)]?.trim();
      return text ? [[part, new Secret(text)]] : [];
    }),
  );

const allowedHosts = (variables: Variables): string[] =>
  (variables["BELLHOP_ALLOWED_HOSTS"] ?? "")
    .split(",")
    .map((host) => host.trim().toLowerCase())
    .filter(Boolean);

/** Whether the person who set the variables has named the host, or it is this machine. */
const isNamed = (address: string, variables: Variables): boolean => {
  const { hostname, host } = new URL(address);
  const listed = allowedHosts(variables);
  return isLoopback(hostname) || listed.includes(hostname) || listed.includes(host);
};

const isAllowed = (address: string, variables: Variables): boolean => {
  const { protocol, hostname, port } = new URL(address);
  if (isNamed(address, variables)) return true;
  return protocol === "https:" && port === "" && /\.(sitecorecloud\.io|boxever\.com)$/.test(hostname);
};

/**
 * Holds the rules of interfaces §2 for credentials from variables: only to Sitecore's own hosts, to this machine, and
 * to hosts that `BELLHOP_ALLOWED_HOSTS` names (a proxy too, because it comes from the same workspace file); to another
 * machine with a CA file of the workspace only where the host is named there, because the file could vouch for
 * somebody else; and never where a variable fits two environments.
 *
 * @param names of every environment there is
 * @throws AppError CONFLICT, CREDENTIAL_MISSING
 */
export const checkVariables = (
  environment: Environment,
  names: readonly string[],
  variables: Variables,
): void => {
  const { name, baseUrl, proxy, caFile } = environment;
  const other = names.find((other) => other !== name && variableEnding(other) === variableEnding(name));
  if (other !== undefined)
    throw new AppError({
      code: "CONFLICT",
      message: `The variables BELLHOP_…_${variableEnding(name)} fit two environments, ${name} and ${other}.`,
      hint: "Rename one of them, so that it is certain where the credential goes.",
    });
  for (const address of [baseUrl, ...(proxy === undefined ? [] : [proxy])]) {
    if (isAllowed(address, variables)) continue;
    throw new AppError({
      code: "CREDENTIAL_MISSING",
      message: `The credential in the variables BELLHOP_…_${variableEnding(name)} does not go to ${new URL(address).host}: variables go only to https://*.sitecorecloud.io, https://*.boxever.com and this machine.`,
      hint: `If you trust that host, add it: BELLHOP_ALLOWED_HOSTS=${new URL(address).host}`,
    });
  }
  if (caFile === undefined || isNamed(baseUrl, variables)) return;
  const { host } = new URL(baseUrl);
  throw new AppError({
    code: "CREDENTIAL_MISSING",
    message: `The credential in the variables BELLHOP_…_${variableEnding(name)} does not go to ${host}: the workspace's CA file ${caFile} could vouch for another server under that name.`,
    hint: `If you trust the workspace, add the host: BELLHOP_ALLOWED_HOSTS=${host}`,
  });
};

/**
 * Every secret in the variables, with the environment it stands for: a name of the list, else the variable's ending.
 *
 * @param names asked for only where there is such a variable
 */
export const secretsInVariables = async (
  names: () => Promise<readonly string[]>,
  variables: Variables,
): Promise<{ environment: string; secret: Secret }[]> => {
  const found = Object.entries(variables).flatMap(([variable, text]) => {
    const ending = endingOfCredentialVariable(variable);
    const trimmed = text?.trim();
    return ending !== null && trimmed ? [{ ending, secret: new Secret(trimmed) }] : [];
  });
  if (found.length === 0) return [];
  const all = await names();
  return found.map(({ ending, secret }) => ({
    environment: all.find((name) => variableEnding(name) === ending) ?? ending.toLowerCase(),
    secret,
  }));
};
