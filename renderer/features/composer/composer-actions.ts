import { defineStore } from "pinia";
import { nextTick, ref, shallowRef } from "vue";
import { messageTypes, type MessageType } from "../../../shared/catalog/catalog";
import type { JsonValue } from "../../../shared/model/json";
import type { EventEditor, TextEdit, TextRange } from "../../editor";
import { locate, prettyJson, readEventText, removeField, writeField } from "../../editor";
import { useEnvironments } from "../environments";
import { useDrafts } from "./drafts-store";
import { useSend } from "./send-store";

type Editor = InstanceType<typeof EventEditor>;

/** What the parts of the composer ask of each other: the editor in front, the menu of types, the request. */
export const useComposer = defineStore("composer", () => {
  const drafts = useDrafts();
  const environments = useEnvironments();
  const send = useSend();
  const editor = shallowRef<Editor | null>(null);
  const shows = ref<"event" | "request">("event");
  const choosingType = ref(false);

  const types = (): readonly MessageType[] => messageTypes(environments.current?.catalog ?? "spec");

  /** The editor of a draft that was just opened is there with the next tick. */
  const focusEditor = async (): Promise<void> => {
    await nextTick();
    editor.value?.focus();
  };

  /** Makes a draft of a type's example and shows it. */
  const create = async (type: MessageType): Promise<void> => {
    shows.value = "event";
    await drafts.create({ name: type.title, messageType: type.name, text: prettyJson(type.example) });
    await focusEditor();
  };

  /** Brings a draft to the front. */
  const show = (id: string): void => drafts.select(id);

  /** A menu gives the focus back to its button when it closes, unless a draft was made with it. */
  let madeByMenu = false;
  const createByMenu = (type: MessageType): Promise<void> => {
    madeByMenu = true;
    return create(type);
  };
  const afterMenu = (event: Event): void => {
    if (!madeByMenu) return;
    madeByMenu = false;
    event.preventDefault();
    void focusEditor();
  };

  /** Goes to a place of the event. */
  const goTo = (range: TextRange): void => {
    shows.value = "event";
    editor.value?.goTo(range);
  };

  const edit = (edits: readonly TextEdit[]): void => {
    shows.value = "event";
    editor.value?.apply(edits);
    editor.value?.focus();
  };
  /** Writes an inherited field into the event and selects its value, ready to be typed over. */
  const override = (name: string, value: JsonValue): void => {
    if (!drafts.active) return;
    edit(writeField(drafts.active.text, name, value));
    const read = readEventText(drafts.active.text);
    if (read.state === "event") goTo(locate(read.tree, `/${name}`));
  };
  /** Takes a field out of the event, so that it is inherited again. */
  const inherit = (name: string): void => {
    if (drafts.active) edit(removeField(drafts.active.text, name));
  };

  const changeText = (text: string): void => {
    const draft = drafts.active;
    if (!draft || draft.text === text) return;
    drafts.change(draft.id, { text });
    send.edited(draft.id);
  };

  /** Lets a person choose a JSON file and makes a draft of it. */
  const openFile = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const input = document.createElement("input");
      input.type = "file";
      input.accept = ".json,application/json";
      input.onchange = () => {
        const file = input.files?.[0];
        if (file) drafts.openFile(file).then(resolve, reject);
        else resolve();
      };
      input.oncancel = () => resolve();
      input.click();
    });

  return {
    editor,
    shows,
    choosingType,
    types,
    create,
    createByMenu,
    afterMenu,
    focusEditor,
    show,
    goTo,
    override,
    inherit,
    changeText,
    openFile,
  };
});
