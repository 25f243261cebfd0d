import type { StreamEvent } from "../model/event";
import type { JsonObject } from "../model/json";
import type { CatalogName } from "../model/verdict";
import { flattenSchema } from "./flatten-schema";
import type { MessageType } from "./message-type";
import { isReservedName } from "./reserved-names";
import { sitecoreMessageTypes } from "./sitecore-message-types";
import { messages } from "./spec.asyncapi.yaml";

/** What environment and guest context supply, so that a draft need not have it. */
export const inheritedNames: readonly string[] = [
  "channel",
  "pos",
  "currency",
  "language",
  "browser_id",
  "session_id",
];

const asDraft = (event: JsonObject | undefined): StreamEvent =>
  Object.fromEntries(Object.entries(event ?? {}).filter(([name]) => !inheritedNames.includes(name)));

const catalogs: Readonly<Record<CatalogName, readonly MessageType[]>> = {
  spec: messages.map(({ name, title, summary, description, phrase, schema, examples }) => ({
    name,
    title,
    summary,
    description,
    phrase,
    schema: flattenSchema(schema),
    example: asDraft(examples[0]),
  })),
  sitecore: sitecoreMessageTypes,
};

/** The message types of a catalog, in the order in which a list shows them. */
export const messageTypes = (catalog: CatalogName): readonly MessageType[] => catalogs[catalog];

/**
 * The message type with a name; a name that is nobody's is an event's own, hence `CUSTOM`.
 *
 * @returns undefined for a reserved name that the catalog does not describe
 */
export const findMessageType = (catalog: CatalogName, name: string): MessageType | undefined => {
  const named = catalogs[catalog].find((type) => type.name === name);
  if (named !== undefined) return named;
  return isReservedName(name) ? undefined : catalogs[catalog].find((type) => type.name === "CUSTOM");
};

/**
 * Which message type an event's `type` means. A name of one's own is `CUSTOM` (interface: an event of one's own has
 * its name as `type`).
 *
 * @returns undefined when the type is missing, empty or not a string, or a reserved name that is not described
 */
export const messageTypeOf = (event: StreamEvent, catalog: CatalogName): string | undefined => {
  const type = event["type"];
  return typeof type === "string" && type !== "" ? findMessageType(catalog, type)?.name : undefined;
};
