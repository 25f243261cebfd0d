import type { CredentialPart } from "./model/environment";

export const sandboxNames: readonly string[] = ["sandbox", "sandbox-engage"];

/** Whether a name stands for Bellhop's own sandbox, whose credential is public and which needs no consent. */
export const isSandboxName = (name: string): boolean => sandboxNames.includes(name);

/** Names that every object answers to, so that a list of environments by name could take them for one of its own. */
export const isReservedName = (name: string): boolean => name === "prototype" || name in Object.prototype;

const prefixes: Record<CredentialPart, string> = {
  clientKey: "BELLHOP_CLIENT_KEY_",
  apiToken: "BELLHOP_API_TOKEN_",
  contextId: "BELLHOP_CONTEXT_ID_",
};

/** What an environment's variables end in: its name in capitals, other characters than letters and digits as `_`. */
export const variableEnding = (environment: string): string =>
  environment.toUpperCase().replace(/[^A-Z0-9]/g, "_");

/** `BELLHOP_CLIENT_KEY_EU` for the client key of `eu`. */
export const credentialVariable = (part: CredentialPart, environment: string): string =>
  prefixes[part] + variableEnding(environment);

/** What a variable's name ends in, where it is one for a credential; else null. */
export const endingOfCredentialVariable = (variable: string): string | null => {
  const prefix = Object.values(prefixes).find((start) => variable.startsWith(start));
  return prefix === undefined ? null : variable.slice(prefix.length);
};
