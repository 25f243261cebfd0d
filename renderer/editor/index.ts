export { closeModel } from "./draft-models";
export { applyEdits, prettyJson, removeField, writeField, type TextEdit } from "./edit-fields";
export { default as EventEditor } from "./EventEditor.vue";
export { default as JsonView } from "./JsonView.vue";
export { isWritten, locate, marksOfText, marksOfVerdict, type Mark } from "./marks";
export { lineAndColumn, readEventText, type EventText, type TextRange } from "./read-event-text";
export { rangeOfPlace } from "./place-in-text";
export { default as YamlEditor } from "./YamlEditor.vue";
