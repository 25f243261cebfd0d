import { defineStore } from "pinia";
import { nextTick, ref, shallowRef } from "vue";
import { messageTypes, type MessageType } from "../../../shared/catalog/catalog";
import type { DraftTemplate } from "../../../shared/model/draft";
import type { JsonValue } from "../../../shared/model/json";
import type { EventEditor, TextEdit, TextRange } from "../../editor";
import { locate, prettyJson, readEventText, removeField, writeField } from "../../editor";
import { useEnvironments } from "../environments";
import { useDrafts } from "./drafts-store";
import { useGiven } from "./given-store";
import { useSend } from "./send-store";
import { useTemplates } from "./templates-store";

type Editor = InstanceType<typeof EventEditor>;

/** What the parts of the composer ask of each other: the editor in front, the menu of types, the request. */
export const useComposer = defineStore("composer", () => {
  const drafts = useDrafts();
  const environments = useEnvironments();
  const send = useSend();
  const given = useGiven();
  const templates = useTemplates();
  const editor = shallowRef<Editor | null>(null);
  const shows = ref<"event" | "request">("event");
  const choosingType = ref(false);
  /** Rises each time the search of the drafts is to have the focus. */
  const searchAsked = ref(0);

  const types = (): readonly MessageType[] => messageTypes(environments.current?.catalog ?? "spec");

  /** The editor of a draft that was just opened is there with the next tick. */
  const focusEditor = async (): Promise<void> => {
    await nextTick();
    editor.value?.focus();
  };

  /** Makes a draft of a type's example and shows it. */
  const create = async (type: MessageType): Promise<void> => {
    shows.value = "event";
    drafts.create({ name: type.title, messageType: type.name, text: prettyJson(type.example) });
    await focusEditor();
  };

  /** Brings a draft to the front. */
  const show = (id: string): void => drafts.select(id);

  /** Makes a draft of a template and shows it. */
  const createFrom = async (template: DraftTemplate): Promise<void> => {
    shows.value = "event";
    templates.use(template);
    await focusEditor();
  };

  /** A menu gives the focus back to its button when it closes, unless what was chosen needs it. */
  let ofMenu: (() => void) | undefined;
  const afterMenuRun = (run: () => void): void => {
    ofMenu = run;
  };
  const afterMenu = (event: Event): void => {
    if (!ofMenu) return;
    event.preventDefault();
    ofMenu();
    ofMenu = undefined;
  };
  const createByMenu = (type: MessageType): Promise<void> => {
    afterMenuRun(() => void focusEditor());
    return create(type);
  };
  const createFromByMenu = (template: DraftTemplate): Promise<void> => {
    afterMenuRun(() => void focusEditor());
    return createFrom(template);
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

  /** Lets a person choose JSON files and makes drafts of them. */
  const openFile = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const take = async (files: readonly File[]): Promise<void> => {
        if (files.length > 0 && (await given.takeFiles(files))) await focusEditor();
      };
      const input = document.createElement("input");
      input.type = "file";
      input.accept = ".json,.jsonl,.ndjson,.txt,application/json";
      input.multiple = true;
      input.onchange = () => void take([...(input.files ?? [])]).then(resolve, reject);
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
    createFrom,
    createFromByMenu,
    afterMenu,
    afterMenuRun,
    searchAsked,
    focusEditor,
    show,
    goTo,
    override,
    inherit,
    changeText,
    openFile,
  };
});
