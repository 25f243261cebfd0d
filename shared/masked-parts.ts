import { credentialVariable, isSandboxName } from "./environment-names";
import type { CredentialPart } from "./model/environment";

/** A part of a text that redaction has masked: as it is, or a variable to be filled in by whoever runs it. */
export type MaskedPart = string | { variable: string };

/** The sandbox's credential is public, so that it is written out. */
const publicCredential = "sandbox";

/** Made by each client itself, or only true of the connection that was. */
const leftOut = ["host", "connection", "content-length", "transfer-encoding", "accept-encoding"];

/** RFC 9110 §5.1 */
const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Whether a header is a name that a client takes, and not one that it makes itself. */
export const isSendable = (name: string): boolean =>
  headerName.test(name) && !leftOut.includes(name.toLowerCase());

/** What a terminal could take for a key press, or show as something else than it is. */
export const unsafe = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

const maskedKey =
  /((client_key|sitecoreContextId)=|"client_key"\s*:\s*")\*\*\*\(matches ([A-Za-z0-9._-]+)\)/gi;

const keyOf = (environment: string, part: CredentialPart = "clientKey"): MaskedPart =>
  isSandboxName(environment) ? publicCredential : { variable: credentialVariable(part, environment) };

/** Puts the variable back where redaction has taken a client key or context id out of an address or a JSON text. */
export const withKeys = (text: string): MaskedPart[] => {
  const parts: MaskedPart[] = [];
  let done = 0;
  for (const match of text.matchAll(maskedKey)) {
    const [whole, opening = "", name, environment = ""] = match;
    const part = name?.toLowerCase() === "sitecorecontextid" ? "contextId" : "clientKey";
    parts.push(text.slice(done, match.index) + opening, keyOf(environment, part));
    done = match.index + whole.length;
  }
  return [...parts, text.slice(done)];
};

/** What a masked `authorization` header stands for; null where it belongs to no environment. */
export const credentialOf = (label: string): { clientKey: MaskedPart; apiToken: MaskedPart } | null => {
  const environment = /^\*\*\*\(matches ([A-Za-z0-9._-]+)\)$/.exec(label)?.[1];
  if (environment === undefined) return null;
  if (isSandboxName(environment)) return { clientKey: publicCredential, apiToken: publicCredential };
  return {
    clientKey: keyOf(environment),
    apiToken: keyOf(environment, "apiToken"),
  };
};
