/**
 * The built-in catalogs: what an event must be, and how to say what is wrong with one. Core and renderer share it,
 * so that editor, log, command line and sandbox never disagree.
 */
export type { MessageType } from "./message-type";
export { messageTypes, messageTypeOf, findMessageType, inheritedNames } from "./message-types";
export { judge } from "./judge";
export { editorSchema } from "./editor-schema";
export { fieldType, type FieldType } from "./field-type";
export { summarise } from "./summarise";
export { isReservedName, reservedNames, reservedPrefix } from "./reserved-names";
export { currencies } from "./currencies";
export { documentedChannels } from "./channels";
