import {
  Braces,
  CircleQuestionMark,
  ClipboardPaste,
  Copy,
  Diff,
  FileJson,
  FilePlus2,
  FoldVertical,
  LayoutTemplate,
  PanelRight,
  ScanText,
  Search,
  SendHorizontal,
  SquarePen,
  Undo2,
  UnfoldVertical,
  UserRoundPlus,
  X,
} from "@lucide/vue";
import { nextTick, type Ref } from "vue";
import { useArrangement, useCommand, usePaletteProvider, type Command } from "../../layout";
import { useComparison } from "./comparison-store";
import { useComposer } from "./composer-actions";
import { useDrafts } from "./drafts-store";
import { findDrafts } from "./find-drafts";
import { useGiven } from "./given-store";
import { useGuest } from "./guest-store";
import { useSend } from "./send-store";
import { useTemplates } from "./templates-store";
import { useUndo } from "./undo-store";

const section = "Compose";
const draftsInPalette = 8;

/** Puts what the composer can do into the palette and on the keyboard. */
export const useComposerCommands = (visible: Ref<boolean>, inspector: Ref<boolean>): void => {
  const comparison = useComparison();
  const composer = useComposer();
  const drafts = useDrafts();
  const given = useGiven();
  const guest = useGuest();
  const send = useSend();
  const templates = useTemplates();
  const undo = useUndo();
  const arrangement = useArrangement();

  const goThere = (): void => {
    arrangement.view = "compose";
    if (arrangement.log === "maximised") arrangement.log = "open";
  };
  const hasDraft = (): boolean => visible.value && drafts.active !== undefined;
  const inEditor = (): boolean => hasDraft() && document.activeElement?.closest(".event-editor") !== null;

  const ofDraft = (command: Omit<Command, "section" | "when">): Command => ({
    ...command,
    section,
    when: hasDraft,
  });

  useCommand(() => [
    {
      id: "composer.new",
      title: "New draft…",
      detail: "choose a type",
      icon: FilePlus2,
      keys: ["Mod+N", "Alt+N"],
      section,
      run: () => {
        goThere();
        composer.choosingType = true;
      },
    },
    ...composer.types().map((type) => ({
      id: `composer.new.${type.name}`,
      title: `New draft: ${type.name}`,
      detail: type.phrase,
      icon: SquarePen,
      section,
      run: () => {
        goThere();
        return composer.create(type);
      },
    })),
    ...templates.list.map((template) => ({
      id: `composer.template.${template.id}`,
      title: `New draft: ${template.name}`,
      detail: `your template, ${template.messageType}`,
      icon: LayoutTemplate,
      section,
      run: () => {
        goThere();
        return composer.createFrom(template);
      },
    })),
    {
      id: "composer.paste",
      title: "New drafts from JSON or cURL…",
      detail: "paste a text",
      icon: ClipboardPaste,
      section,
      run: () => {
        goThere();
        given.askForText();
      },
    },
    {
      id: "composer.search",
      title: "Search the drafts",
      icon: Search,
      keys: "Alt+S",
      section,
      run: async () => {
        goThere();
        await nextTick();
        composer.searchAsked += 1;
      },
    },
    {
      id: "composer.undo",
      title: undo.last ? `Undo: ${undo.last.words}` : "Undo",
      icon: Undo2,
      section,
      when: () => visible.value && undo.last !== null,
      run: undo.undo,
    },
    {
      id: "composer.openFile",
      title: "Open a JSON file as a draft…",
      icon: FileJson,
      keys: "Mod+O",
      section,
      run: () => {
        goThere();
        return composer.openFile();
      },
    },
    {
      id: "guest.new",
      title: "New guest",
      icon: UserRoundPlus,
      section,
      when: () => visible.value,
      run: guest.renew,
    },
    {
      id: "composer.inspector",
      title: inspector.value ? "Hide the inspector" : "Show the inspector",
      icon: PanelRight,
      keys: "Mod+J",
      section,
      when: () => visible.value,
      run: () => {
        inspector.value = !inspector.value;
      },
    },
  ]);

  useCommand([
    ofDraft({ id: "composer.send", title: "Send", icon: SendHorizontal, keys: "Mod+Enter", run: send.send }),
    {
      ...ofDraft({ id: "composer.cancel", title: "Cancel the send", icon: X, run: send.cancel }),
      when: () => hasDraft() && send.active.state === "sending",
    },
    ofDraft({
      id: "composer.duplicate",
      title: "Duplicate the draft",
      icon: Copy,
      run: () => {
        if (drafts.active) drafts.duplicate(drafts.active.id);
        return composer.focusEditor();
      },
    }),
    ofDraft({
      id: "composer.saveAsTemplate",
      title: "Save the draft as a template…",
      icon: LayoutTemplate,
      run: () => {
        templates.saving = drafts.active ?? null;
      },
    }),
    ofDraft({
      id: "composer.compare",
      title: "Compare the draft with an entry…",
      icon: Diff,
      keys: "Alt+C",
      run: () => comparison.open({ draft: drafts.active?.id }),
    }),
    ofDraft({
      id: "composer.format",
      title: "Format the event",
      icon: Braces,
      keys: "Shift+Alt+F",
      run: () => composer.editor?.format(),
    }),
    ofDraft({
      id: "composer.explain",
      title: "Explain the field at the cursor",
      icon: CircleQuestionMark,
      keys: "F1",
      run: () => composer.editor?.explain(),
    }),
    {
      ...ofDraft({
        id: "composer.findHere",
        title: "Find in the event",
        icon: Search,
        keys: "Mod+F",
        hidden: true,
        run: () => composer.editor?.find(),
      }),
      when: inEditor,
    },
    ofDraft({
      id: "composer.find",
      title: "Find in the event",
      icon: Search,
      run: () => composer.editor?.find(),
    }),
    ofDraft({
      id: "composer.fold",
      title: "Fold all",
      icon: FoldVertical,
      run: () => composer.editor?.foldAll(),
    }),
    ofDraft({
      id: "composer.unfold",
      title: "Unfold all",
      icon: UnfoldVertical,
      run: () => composer.editor?.unfoldAll(),
    }),
    ofDraft({
      id: "composer.request",
      title: composer.shows === "event" ? "Show the request" : "Show the event",
      icon: ScanText,
      keys: "Mod+Shift+Enter",
      run: () => {
        composer.shows = composer.shows === "event" ? "request" : "event";
      },
    }),
    ofDraft({
      id: "composer.close",
      title: "Close the tab",
      icon: X,
      keys: ["Alt+W", "Mod+W"],
      run: () => {
        if (drafts.active) drafts.close(drafts.active.id);
      },
    }),
    ofDraft({
      id: "composer.nextTab",
      title: "Next tab",
      keys: ["Alt+PageDown", "Mod+PageDown"],
      run: () => drafts.step(1),
    }),
    ofDraft({
      id: "composer.previousTab",
      title: "Previous tab",
      keys: ["Alt+PageUp", "Mod+PageUp"],
      run: () => drafts.step(-1),
    }),
  ]);

  usePaletteProvider({
    id: "drafts",
    section: "Drafts",
    search: (query) => {
      const fits = findDrafts(drafts.list, query);
      const items = fits.slice(0, draftsInPalette).map(({ id, name, messageType }) => ({
        id: `draft.${id}`,
        title: name,
        detail: messageType,
        icon: SquarePen,
        run: () => {
          goThere();
          composer.show(id);
          return composer.focusEditor();
        },
      }));
      return Promise.resolve(items);
    },
  });
};
