import { readEvent } from "../stream/read-event";
import type { SandboxRequest } from "./sandbox-request";

const textOf = async ({ method, query, text }: SandboxRequest): Promise<string | null> =>
  method === "GET" ? query.get("message") : await text();

/** The type of the event that a request carries, read as the API reads it; null where it carries none. */
export const eventTypeOf = async (request: SandboxRequest): Promise<string | null> => {
  try {
    const text = await textOf(request);
    const event = text === null ? {} : readEvent(text);
    const type = Object.hasOwn(event, "type") ? event["type"] : null;
    return typeof type === "string" ? type : null;
  } catch {
    // What is wrong with it is for the API to say.
    return null;
  }
};
