import type { JsonObject } from "../../../../shared/model/json";
import { Refusal } from "../http/answer";

/** Levels of lists and maps that an event may have. Anything deeper is an attack on whoever reads it next. */
export const deepest = 200;

const unreadable = (message: string): Refusal =>
  new Refusal(400, "unreadable-event", message, {
    developerMessage: 'Send one JSON object, such as {"type":"VIEW","browser_id":"…","pos":"bellhop"}.',
  });

/** Counts levels without recursion, so that counting cannot overflow. */
export const isTooDeep = (text: string, most = deepest): boolean => {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index += 1;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > most) return true;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return false;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(
      `The event is not JSON: ${error instanceof Error ? error.message.slice(0, 200) : "unreadable"}.`,
    );
  }
};

/**
 * Reads an event from a body or a `message` field.
 *
 * @throws Refusal 400 where it is not one JSON object ("unreadable JSON": Sitecore's troubleshooting, 1153275)
 */
export const readEvent = (text: string): JsonObject => {
  if (text.trim() === "") throw unreadable("The event is empty.");
  if (isTooDeep(text)) throw unreadable(`The event is nested deeper than ${deepest} levels.`);
  const event = parse(text);
  if (Array.isArray(event))
    throw unreadable("The event is a list; the Stream API takes one event a request.");
  if (typeof event !== "object" || event === null) throw unreadable("The event is JSON, but not an object.");
  // What JSON.parse makes is JSON.
  return event as JsonObject;
};
