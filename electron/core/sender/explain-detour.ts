/** What looks like an answer and is somebody else's: a redirect, or a web page in the API's place. */
import type { EntryError, EntryResponse } from "../../../shared/model/entry";

const placeOf = ({ hostname, port, protocol }: URL): string =>
  `${hostname}:${port || (protocol === "https:" ? "443" : "80")}`;

const logIn =
  "A network's login page (captive portal) or a proxy answers like this: open any page in a browser, log in there, and send again.";

/** A 3xx is not followed: where an event and a credential go is a person's decision. */
export const explainRedirect = (status: number, location: string | null, url: URL): EntryError => {
  const place = placeOf(url);
  if (location === null) {
    const hint = "Check the environment's address: an API for events answers itself.";
    return { code: "REDIRECT", message: `${place} answered ${status} and names no other address.`, hint };
  }
  const target = URL.canParse(location, url.href) ? new URL(location, url) : null;
  const isElsewhere = target !== null && target.hostname !== url.hostname;
  return {
    code: "REDIRECT",
    message: `${place} answered ${status} and points to ${target?.href ?? location}. Bellhop does not follow redirects.`,
    hint: isElsewhere
      ? `${logIn} If that address is the API's own, make it the environment's.`
      : "Make that the environment's address if it is right.",
  };
};

const titlePattern = /<title[^>]{0,200}>([^<]{1,200})/i;

/** The title of a web page as words in quotes; empty where it has none. */
const titled = (html: string): string => {
  const title = titlePattern
    .exec(html.slice(0, 20_000))?.[1]
    ?.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim()
    .slice(0, 100);
  return title ? `, titled ${JSON.stringify(title)},` : "";
};

/** Whether an answer is a page for browsers, by its type or, where it has none, by how it begins. */
export const isWebPage = ({ headers, body }: Pick<EntryResponse, "headers" | "body">): boolean => {
  const text = body?.text ?? "";
  // JSON is JSON, whatever its server calls it.
  if (/^\s*[{[]/.test(text)) return false;
  const type = headers["content-type"] ?? "";
  return type === "" ? /^\s*<(?:!doctype html|html)[\s>]/i.test(text) : /^text\/html\b|xhtml/i.test(type);
};

/** "a web page, titled …," for an answer that is one. */
export const pageWords = ({ body }: Pick<EntryResponse, "body">): string =>
  `a web page${titled(body?.text ?? "")}`;

/**
 * A success that is a web page is none: the API answers JSON, so somebody else has answered.
 *
 * @returns null where the answer may be the API's
 */
export const explainWebPage = (
  response: Pick<EntryResponse, "status" | "headers" | "body"> | null,
  url: string,
): EntryError | null => {
  if (response === null || response.status < 200 || response.status > 299 || !isWebPage(response))
    return null;
  return {
    code: "PROTOCOL",
    message: `${placeOf(new URL(url))} answered ${response.status} with ${pageWords(response)} and not with JSON: it was not the API.`,
    hint: `${logIn} If this network has none, check the environment's address. Most likely nothing was taken.`,
  };
};
