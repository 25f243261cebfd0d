import { credentialOf, isSendable, unsafe, withKeys, type MaskedPart } from "./masked-parts";
import { isJsonText, toBase64 } from "./body-text";
import type { Body, Entry } from "./model/entry";

type Part = MaskedPart;

/** Within single quotes a shell takes everything as it is, but the single quote. */
const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const word = (parts: Part[]): string =>
  parts
    .filter((part) => part !== "")
    .map((part) => (typeof part === "string" ? quote(part) : `"$${part.variable}"`))
    .join("") || "''";

const inDoubleQuotes = (part: Part): string => (typeof part === "string" ? part : `$${part.variable}`);

const authorization = (label: string): string | null => {
  const credential = credentialOf(label);
  if (credential === null) return null;
  const { clientKey, apiToken } = credential;
  const whole = `${inDoubleQuotes(clientKey)}:${inDoubleQuotes(apiToken)}`;
  return typeof clientKey === "string" ? quote(whole) : `"${whole}"`;
};

const headerOptions = (headers: Record<string, string>): string[] =>
  Object.entries(headers).flatMap(([name, value]) => {
    const lower = name.toLowerCase();
    // What is no name of a header, curl would read as something else: `@x` as a file to send.
    if (!isSendable(name)) return [];
    const credential = lower === "authorization" ? authorization(value) : null;
    if (credential !== null) return [`-u ${credential}`];
    return [`--header ${word(withKeys(`${lower}: ${value}`.replace(unsafe, "\ufffd")))}`];
  });

const escapeInJson = (character: string): string => {
  if (character === "\n") return character;
  // Between values these are white space; within them they stand only as escapes already.
  if (character === "\t" || character === "\r") return " ";
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
};

/** The body as an option, and what must run before curl to feed it. */
const bodyOption = ({ text, base64 }: Body): { option: string; before: string } => {
  if (text !== undefined && isJsonText(text)) {
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
