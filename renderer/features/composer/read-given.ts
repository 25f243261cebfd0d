import { findMessageType, messageTypeOf } from "../../../shared/catalog/catalog";
import { isJsonValue } from "../../../shared/contract/inputs";
import type { StreamEvent } from "../../../shared/model/event";
import type { JsonObject, JsonValue } from "../../../shared/model/json";
import { lineAndColumn, prettyJson, readEventText } from "../../editor";
import type { NewDraft } from "./drafts-store";
import { readCurl } from "./read-command";

/** Characters that are looked through at most; an event is a few kilobytes. */
export const longestGiven = 5_000_000;
/** Drafts that can be made at once. */
export const mostDrafts = 100;

/** What a pasted or dropped text comes to: drafts to be made, or why there are none. */
export type Given =
  | {
      state: "read";
      drafts: NewDraft[];
      /** What did not become a draft, or not as it was, in sentences. */
      notes: string[];
    }
  | { state: "refused"; message: string };

const refused = (message: string): Given => ({ state: "refused", message });
const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const parse = (text: string): { value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

/** An entry as the log copies it and `bellhop log --json` prints it. */
const isEntry = (value: JsonObject): boolean =>
  isObject(value["request"]) && isObject(value["verdict"]) && "event" in value && "direction" in value;

/** What is an event, and what it is to be called; or a sentence that says why not. */
const eventOf = (value: unknown): StreamEvent | string => {
  if (Array.isArray(value)) return "is a list within a list";
  if (!isObject(value)) return "is a single value, not an event";
  if (!isJsonValue(value)) return "is nested more than 500 levels deep";
  if (!isEntry(value)) return Object.keys(value).length === 0 ? "is empty" : value;
  if (isObject(value["event"])) return value["event"];
  return `is an entry of the log without an event (${String(value["type"]).slice(0, 100)})`;
};

const keyNote = "The client key was left out: the environment's credential supplies it.";

const draftOf = (event: StreamEvent, text?: string): { draft: NewDraft; keyLeftOut: boolean } => {
  const { client_key: key, ...rest } = event;
  const keyLeftOut = key !== undefined;
  const known = messageTypeOf(event, "spec");
  const own = typeof event["type"] === "string" ? event["type"] : "";
  const title = known === undefined || known === "CUSTOM" ? "" : findMessageType("spec", known)?.title;
  const name = title || own.trim() || "Event";
  const kept = text !== undefined && !keyLeftOut ? text : prettyJson(rest as JsonValue);
  return {
    draft: { name: name.slice(0, 180), messageType: known ?? "CUSTOM", text: kept },
    keyLeftOut,
  };
};

const readList = (values: readonly unknown[], what: "item" | "line"): Given => {
  if (values.length === 0) return refused("The list is empty, so there is no event in it.");
  const drafts: NewDraft[] = [];
  const notes: string[] = [];
  let keys = false;
  for (const [index, value] of values.entries()) {
    if (drafts.length >= mostDrafts) {
      const left = (values.length - index).toLocaleString("en-GB");
      notes.push(`Only the first ${mostDrafts} events are listed; ${left} more are left out.`);
      break;
    }
    const event = eventOf(value);
    if (typeof event === "string") {
      if (notes.length < 5) notes.push(`${what === "item" ? "Item" : "Line"} ${index + 1} ${event}.`);
      continue;
    }
    const { draft, keyLeftOut } = draftOf(event);
    keys ||= keyLeftOut;
    drafts.push(draft);
  }
  if (drafts.length === 0) return refused(`There is no event in it. ${notes.join(" ")}`);
  return { state: "read", drafts, notes: keys ? [...notes, keyNote] : notes };
};

const readValue = (value: unknown, text?: string): Given => {
  if (Array.isArray(value)) return readList(value, "item");
  const event = eventOf(value);
  if (typeof event === "string") return refused(`The JSON ${event}. An event is an object with a "type".`);
  const { draft, keyLeftOut } = draftOf(event, event === value ? text : undefined);
  return { state: "read", drafts: [draft], notes: keyLeftOut ? [keyNote] : [] };
};

/** `message` of the address of an `http-get` event (interface §2). */
const readAddress = (address: string): Given => {
  let message: string | null;
  try {
    message = new URL(address).searchParams.get("message");
  } catch {
    return refused("This address cannot be read.");
  }
  if (message === null) {
    return refused(
      'This address carries no event. That of an event has it in "message", as …/event/create.json?message={…}.',
    );
  }
  const parsed = parse(message);
  return parsed ? readValue(parsed.value) : refused('What the address has in "message" is not JSON.');
};

const readCommand = (command: string): Given => {
  const curl = readCurl(command);
  if (curl.state === "unclosed") return refused("The curl command ends within a quote; copy it whole.");
  if (curl.body !== null) {
    if (curl.body.startsWith("@")) {
      return refused("The curl command reads its body from a file. Drop that file here instead.");
    }
    const parsed = parse(curl.body);
    return parsed ? readValue(parsed.value) : refused("The body of the curl command is not JSON.");
  }
  if (curl.url !== null) return readAddress(curl.url);
  return refused("The curl command has neither a body nor an address with an event.");
};

const readLines = (text: string): Given | undefined => {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length < 2) return undefined;
  const values = lines.map((line) => parse(line));
  if (values.every((parsed) => parsed !== undefined)) {
    return readList(
      values.map(({ value }) => value),
      "line",
    );
  }
  return undefined;
};

const readable = (text: string): ReturnType<typeof readEventText> | undefined => {
  try {
    return readEventText(text);
  } catch {
    // Nested so deep that the parser ran out of stack.
    return undefined;
  }
};

/** Where a text stops being JSON, as the editor would say it. */
const whereItBreaks = (text: string): string => {
  const read = readable(text);
  const [first] = read?.state === "unreadable" ? read.problems : [];
  if (!first) return "This is not JSON.";
  const { line, column } = lineAndColumn(text, first.range.start);
  return `This is not JSON. Line ${line}, column ${column}: ${first.message}`;
};

/**
 * Reads a text that a person pastes or drops: one event, a list or lines of events, entries of the log, a curl command,
 * or the address of an event. One event keeps its text as it was written. A client key at its top is left out, because
 * a draft lies on the disk as it is.
 */
export const readGiven = (given: string): Given => {
  const text = given.replace(/^\ufeff/, "");
  const trimmed = text.trim();
  if (trimmed === "") return refused("There is nothing in it.");
  if (text.length > longestGiven) {
    return refused("This is longer than 5 million characters. An event is a few kilobytes at most.");
  }
  if (/^curl(\.exe)?\s/i.test(trimmed)) return readCommand(trimmed);
  if (/^https?:\/\/\S+$/i.test(trimmed)) return readAddress(trimmed);
  const parsed = parse(trimmed);
  if (parsed) return readValue(parsed.value, text);
  return readLines(trimmed) ?? refused(whereItBreaks(text));
};
