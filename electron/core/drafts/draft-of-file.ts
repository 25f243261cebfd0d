import { randomUUID } from "node:crypto";
import { messageTypeOf } from "../../../shared/catalog/catalog";
import { AppError } from "../../../shared/contract/errors";
import type { CheckedInputOf } from "../../../shared/contract/commands";
import type { StreamEvent } from "../../../shared/model/event";

/** As `drafts.save` has it: 20 million characters. */
const longestText = 20_000_000;

const refused = (message: string, hint: string): AppError =>
  new AppError({ code: "INVALID_INPUT", message, hint, field: "/ticket" });

const parse = (name: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw refused(`${name} is not JSON: ${reason}.`, "Choose a file that holds one event as a JSON object.");
  }
};

/** The one event that a file holds. */
const eventOf = (name: string, text: string): StreamEvent => {
  if (text.length > longestText) {
    throw refused(
      `${name} is too long for a draft.`,
      "An event of the Stream API is a few kilobytes at most.",
    );
  }
  const value = parse(name, text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw refused(
      `${name} holds ${Array.isArray(value) ? "a list" : "a single value"}, not one event.`,
      "Choose a file that holds one event as a JSON object.",
    );
  }
  return value as StreamEvent;
};

/**
 * What is to be saved for an uploaded file: its text as it is, named as the file. A `type` that no catalog message
 * has makes it a CUSTOM one.
 *
 * @throws AppError INVALID_INPUT where it does not hold one JSON object
 */
export const draftOfFile = ({
  name,
  text,
}: {
  name: string;
  text: string;
}): CheckedInputOf<"drafts.save"> => {
  const event = eventOf(name, text);
  return {
    id: randomUUID(),
    name: name.replace(/\.json$/i, "") || name,
    messageType: messageTypeOf(event, "spec") ?? "CUSTOM",
    text,
    revision: 0,
  };
};
