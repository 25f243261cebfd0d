import { credentialOf, isSendable, unsafe, withKeys, type MaskedPart } from "./masked-parts";
import type { Body, Entry } from "./model/entry";

/** A JavaScript string that shows what it is: nothing in it ends it, and nothing hides. */
const literal = (text: string): string =>
  JSON.stringify(text).replace(
    unsafe,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

const expression = (parts: readonly MaskedPart[]): string =>
  parts
    .filter((part) => part !== "")
    .map((part) => (typeof part === "string" ? literal(part) : `process.env.${part.variable}`))
    .join(" + ") || '""';

const header = (name: string, value: string): string => {
  const credential = name.toLowerCase() === "authorization" ? credentialOf(value) : null;
  if (credential === null) return expression(withKeys(value));
  const { clientKey, apiToken } = credential;
  const pair = [clientKey, ":", apiToken];
  return `"Basic " + btoa(${pair.every((part) => typeof part === "string") ? literal(pair.join("")) : expression(pair)})`;
};

const bodyOf = ({ text, base64 }: Body): string =>
  text === undefined
    ? `Uint8Array.from(atob(${literal(base64 ?? "")}), (character) => character.charCodeAt(0))`
    : expression(withKeys(text));

/**
 * A request of the log as a call of `fetch` (Fetch Standard) that Node runs. It holds no secret: a credential stands as
 * the variables that Bellhop itself reads, the sandbox's public one as it is. Whatever the entry holds stands in strings.
 *
 * @param entry as the log gives it, so already redacted
 */
export const toFetch = ({ request }: Pick<Entry, "request">): string => {
  const { method, url, headers, body } = request;
  const lines = Object.entries(headers)
    .filter(([name]) => isSendable(name))
    .map(([name, value]) => `    ${literal(name.toLowerCase())}: ${header(name, value)},`);
  const options = [
    `  method: ${literal(method)},`,
    ...(lines.length > 0 ? ["  headers: {", ...lines, "  },"] : []),
    ...(body === null ? [] : [`  body: ${bodyOf(body)},`]),
  ];
  const cut = body?.truncated
    ? "// The body was longer than what the log keeps: this is its beginning.\n"
    : "";
  return `${cut}await fetch(${expression(withKeys(url))}, {\n${options.join("\n")}\n});`;
};
