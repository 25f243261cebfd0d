import { credentialVariable, isSandboxName } from "./environment-names";
import type { Body, Entry } from "./model/entry";
import type { CredentialPart } from "./model/environment";

/** A part of a shell word: text to be quoted, or a variable to be filled in by the shell. */
type Part = string | { variable: string };

/** The sandbox's credential is public, so that it is written out. */
const publicCredential = "sandbox";

/** Made by curl itself, or only true of the connection that was. */
const leftOut = ["host", "connection", "content-length", "transfer-encoding", "accept-encoding"];

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** What a terminal could take for a key press, or show as something else than it is. */
const unsafe = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** Within single quotes a shell takes everything as it is, but the single quote. */
const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const word = (parts: Part[]): string =>
  parts
    .filter((part) => part !== "")
    .map((part) => (typeof part === "string" ? quote(part) : `"$${part.variable}"`))
    .join("") || "''";

const maskedKey =
  /((client_key|sitecoreContextId)=|"client_key"\s*:\s*")\*\*\*\(matches ([A-Za-z0-9._-]+)\)/gi;

/** Puts the variable back where redaction has taken a client key or context id out of an address or a JSON text. */
const withKeys = (text: string): Part[] => {
  const parts: Part[] = [];
  let done = 0;
  for (const match of text.matchAll(maskedKey)) {
    const [whole, opening = "", name, environment = ""] = match;
    const part = name?.toLowerCase() === "sitecorecontextid" ? "contextId" : "clientKey";
    parts.push(text.slice(done, match.index) + opening, keyOf(environment, part));
    done = match.index + whole.length;
  }
  return [...parts, text.slice(done)];
};

const keyOf = (environment: string, part: CredentialPart): Part =>
  isSandboxName(environment) ? publicCredential : { variable: credentialVariable(part, environment) };

const authorization = (label: string): string | null => {
  const environment = /^\*\*\*\(matches ([A-Za-z0-9._-]+)\)$/.exec(label)?.[1];
  if (environment === undefined) return null;
  if (isSandboxName(environment)) return quote(`${publicCredential}:${publicCredential}`);
  return `"$${credentialVariable("clientKey", environment)}:$${credentialVariable("apiToken", environment)}"`;
};

const headerOptions = (headers: Record<string, string>): string[] =>
  Object.entries(headers).flatMap(([name, value]) => {
    const lower = name.toLowerCase();
    // What is no name of a header (RFC 9110 §5.1), curl would read as something else: `@x` as a file to send.
    if (leftOut.includes(lower) || !headerName.test(name)) return [];
    const credential = lower === "authorization" ? authorization(value) : null;
    if (credential !== null) return [`-u ${credential}`];
    return [`--header ${word(withKeys(`${lower}: ${value}`.replace(unsafe, "\ufffd")))}`];
  });

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const escapeInJson = (character: string): string => {
  if (character === "\n") return character;
  // Between values these are white space; within them they stand only as escapes already.
  if (character === "\t" || character === "\r") return " ";
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
};

const toBase64 = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""));

/** The body as an option, and what must run before curl to feed it. */
const bodyOption = ({ text, base64 }: Body): { option: string; before: string } => {
  if (text !== undefined && isJson(text)) {
    return { option: `--data-raw ${word(withKeys(text.replace(unsafe, escapeInJson)))}`, before: "" };
  }
  if (text !== undefined && text.replaceAll("\n", "").search(unsafe) === -1) {
    return { option: `--data-raw ${word(withKeys(text))}`, before: "" };
  }
  // Bytes that a terminal would not take as they are.
  const encoded = base64 ?? toBase64(text ?? "");
  return { option: "--data-binary @-", before: `printf %s ${quote(encoded)} | base64 --decode | ` };
};

/**
 * A request of the log as a curl command for a POSIX shell, over several lines. It holds no secret: a credential
 * stands as the variables that Bellhop itself reads (`BELLHOP_CLIENT_KEY_<ENV>`, `BELLHOP_API_TOKEN_<ENV>`), the
 * sandbox's public one as it is. Whatever the entry holds, the shell runs curl with it and nothing else.
 *
 * @param entry as the log gives it, so already redacted
 */
export const toCurl = ({ request }: Pick<Entry, "request">): string => {
  const { method, url, headers, body } = request;
  const sent = body === null ? null : bodyOption(body);
  const address = url.replace(unsafe, encodeURIComponent);
  const options = [
    ...(method === "GET" && body === null ? [] : [`--request ${quote(method.replace(/[^A-Za-z]/g, ""))}`]),
    // curl itself would read brackets and braces as patterns.
    ...(/[[\]{}]/.test(address) ? ["--globoff"] : []),
    `--url ${word(withKeys(address))}`,
    ...headerOptions(headers),
    ...(sent === null ? [] : [sent.option]),
  ];
  const cut = body?.truncated
    ? "# The body was longer than what the log keeps: this is its beginning.\n"
    : "";
  return `${cut}${sent?.before ?? ""}curl ${options.join(" \\\n  ")}`;
};
