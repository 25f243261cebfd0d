import type { Body, EntryError, EntryRequest, EntryResponse } from "./model/entry";
import type { JsonValue } from "./model/json";
import type { Issue } from "./model/verdict";
import { isSecretField, mayNameSecret, replaceFields } from "./redact-fields";
import {
  needlesFor,
  needleTest,
  replaceCutNeedle,
  replaceNeedles,
  type KnownSecret,
  type Needle,
} from "./redact-values";

export type { KnownSecret } from "./redact-values";

/** What a redactor needs to know; everything else is fixed. */
export interface RedactionRules {
  /** Secrets by value, with what stands in their place. */
  known: readonly KnownSecret[];
  /** What stands in place of a secret field's value, such as `***(unknown, a1b2c3)`; null where it is public and stays. */
  labelOf(text: string): string | null;
}

/** Takes secrets out of what is to be kept or shown. What is redacted already stays as it is. */
export interface Redactor {
  /** Any text: an address, a message, a body. JSON stays JSON. */
  text(text: string): string;
  /** Names and values; secret headers by their name. */
  headers(headers: Record<string, string>): Record<string, string>;
  /** Any JSON value; texts and names by value, secret fields by their name. */
  json<T extends JsonValue>(value: T): T;
  body(body: Body): Body;
  request(request: EntryRequest): EntryRequest;
  response(response: EntryResponse): EntryResponse;
  error(error: EntryError): EntryError;
  issue(issue: Issue): Issue;
}

const cookieHeader = /^(?:set-)?cookie2?$/i;
const wholeLabel = /^\*\*\*(?:\([^()]*\))?$/;

/** A label may stand in JSON, in a header and in a line of text, and must not end any of them. */
const safeLabel = (label: string): string => label.replace(/[^A-Za-z0-9 *(),._-]/g, "_");

/** Texts that are remembered as having nothing in them: names and values of headers, mostly, which come with each send. */
const remembered = { texts: 500, longest: 100 };

interface Search {
  needles: Needle[];
  /** Whether a text needs to be looked at closely: says no only where nothing would be replaced. */
  isSuspect(text: string): boolean;
}

const createSearch = (known: readonly KnownSecret[]): Search => {
  const needles = needlesFor(known.map(({ text, label }) => ({ text, label: safeLabel(label) })));
  const hasNeedle = needleTest(needles);
  const clean = new Set<string>();
  const isSuspect = (text: string): boolean => {
    if (clean.has(text)) return false;
    if (hasNeedle(text) || mayNameSecret(text)) return true;
    if (text.length <= remembered.longest) {
      if (clean.size === remembered.texts) clean.clear();
      clean.add(text);
    }
    return false;
  };
  return { needles, isSuspect };
};

/** A search takes longer to make than most texts to go through, and the same secrets are looked for again and again. */
const searches = new WeakMap<readonly KnownSecret[], Search>();

const prepare = (known: readonly KnownSecret[]): Search => {
  const search = searches.get(known) ?? createSearch(known);
  searches.set(known, search);
  return search;
};

/** Builds a redactor. Pure: the same rules and input give the same output. */
export const createRedactor = ({ known, labelOf }: RedactionRules): Redactor => {
  const { needles, isSuspect } = prepare(known);
  const shownFor = (value: string): string | null => {
    if (value === "" || wholeLabel.test(value)) return null;
    const label = labelOf(value);
    return label === null ? null : safeLabel(label);
  };

  const text = (value: string): string =>
    isSuspect(value) ? replaceFields(replaceNeedles(value, needles), shownFor) : value;

  const header = (name: string, value: string): string => {
    if (cookieHeader.test(name)) return "***";
    return isSecretField(name) ? (shownFor(value) ?? value) : text(value);
  };
  const headers = (all: Record<string, string>): Record<string, string> =>
    Object.fromEntries(Object.entries(all).map(([name, value]) => [text(name), header(name, value)]));

  const field = (name: string, value: JsonValue): JsonValue => {
    const scalar = typeof value === "string" || typeof value === "number";
    const shown = scalar && isSecretField(name) ? shownFor(String(value)) : null;
    return shown ?? json(value);
  };
  /** A key of digits alone may stand as a number; a number with none in it stays one. */
  const number = (value: number): JsonValue => {
    const written = String(value);
    const shown = text(written);
    return shown === written ? value : shown;
  };
  const json = (value: JsonValue): JsonValue => {
    if (typeof value === "string") return text(value);
    if (typeof value === "number") return number(value);
    if (Array.isArray(value)) return value.map(json);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [text(name), field(name, item)]));
  };

  const bodyText = (value: string, truncated: boolean): string =>
    truncated ? replaceCutNeedle(text(value), needles) : text(value);
  const body = (whole: Body): Body => {
    if (whole.text !== undefined) return { ...whole, text: bodyText(whole.text, whole.truncated) };
    if (whole.base64 === undefined) return whole;
    // Looked for in the bytes: a label inside base64 would be no base64.
    return { ...whole, base64: btoa(bodyText(atob(whole.base64), whole.truncated)) };
  };

  return {
    text,
    headers,
    json: <T extends JsonValue>(value: T) => json(value) as T,
    body,
    request: ({ method, url, headers: sent, body: content }) => ({
      method,
      url: text(url),
      headers: headers(sent),
      body: content && body(content),
    }),
    response: ({ status, statusText, headers: received, body: content }) => ({
      status,
      statusText: text(statusText),
      headers: headers(received),
      body: content && body(content),
    }),
    error: ({ code, message, hint }) => ({ code, message: text(message), hint: text(hint) }),
    issue: (issue) => ({
      ...issue,
      path: text(issue.path),
      message: text(issue.message),
      ...(issue.hint !== undefined && { hint: text(issue.hint) }),
    }),
  };
};
