import {
  CircleDot,
  FilePlus2,
  FolderSearch,
  PanelRight,
  PencilLine,
  Plus,
  Redo2,
  Save,
  Slash,
  SquareCode,
  Undo2,
} from "@lucide/vue";
import type { Ref } from "vue";
import { useArrangement, useCommand, type Command } from "../../layout";
import { useFileDialogs } from "./files/file-dialogs";
import { useScenarioFiles } from "./files/scenario-files-store";
import { useStepActions } from "./steps/step-actions";
import { useStepSelection } from "./steps/step-selection";
import { useScenarioTexts } from "./text/scenario-texts-store";

const section = "Scenarios";

interface ViewParts {
  visible: Ref<boolean>;
  yamlShown: Ref<boolean>;
  inspector: Ref<boolean>;
  toggleYaml(): void;
  toggleInspector(): void;
  focusSteps(): void;
}

/** In an editor and in a field, these keys are about what is typed there. */
const isElsewhere = (): boolean =>
  (document.activeElement?.closest("input, textarea, .monaco-editor, [role='dialog']") ?? null) !== null;

/** Puts what the view can do into the palette and on the keyboard. */
export const useScenarioCommands = (view: ViewParts): void => {
  const arrangement = useArrangement();
  const actions = useStepActions();
  const dialogs = useFileDialogs();
  const files = useScenarioFiles();
  const selection = useStepSelection();
  const texts = useScenarioTexts();

  const goThere = (): void => {
    arrangement.view = "scenarios";
    if (arrangement.log === "maximised") arrangement.log = "open";
  };
  const isOpen = (): boolean =>
    view.visible.value && files.open !== null && texts.of(files.open) !== undefined;
  const ofFile = (command: Omit<Command, "section" | "when">): Command => ({
    ...command,
    section,
    when: isOpen,
  });
  const ofSteps = (command: Omit<Command, "section" | "when">): Command => ({
    ...command,
    section,
    when: () => isOpen() && selection.selected.size > 0,
  });

  useCommand(() => [
    {
      id: "scenarios.new",
      title: "New scenario…",
      detail: "empty, or from a template",
      icon: FilePlus2,
      section,
      run: () => {
        goThere();
        dialogs.creating = true;
      },
    },
    {
      id: "scenarios.openElsewhere",
      title: "Open a scenario from elsewhere…",
      icon: FolderSearch,
      section,
      run: () => {
        goThere();
        dialogs.opening = true;
      },
    },
    ofFile({
      id: "scenarios.yaml",
      title: view.yamlShown.value ? "Hide the YAML" : "Show the YAML",
      icon: SquareCode,
      keys: "Mod+Shift+Y",
      run: view.toggleYaml,
    }),
    ofFile({
      id: "scenarios.guest",
      title: view.inspector.value ? "Hide the guest" : "Show the guest",
      icon: PanelRight,
      keys: "Mod+J",
      run: view.toggleInspector,
    }),
    ofFile({
      id: "scenarios.rename",
      title: "Rename the scenario's file…",
      icon: PencilLine,
      run: () => {
        dialogs.renaming = files.open;
      },
    }),
  ]);

  useCommand([
    ofFile({
      id: "scenarios.addStep",
      title: "Add step…",
      icon: Plus,
      run: () => {
        actions.adding = true;
      },
    }),
    ofFile({
      id: "scenarios.save",
      title: "Save the scenario",
      icon: Save,
      keys: "Mod+S",
      run: async () => {
        if (files.open !== null) await texts.save(files.open, "hand");
      },
    }),
    ofFile({ id: "scenarios.steps", title: "Move the focus to the steps", run: view.focusSteps }),
    ofSteps({
      id: "scenarios.breakpoint",
      title: "Set or remove a breakpoint",
      icon: CircleDot,
      keys: "F9",
      run: () => actions.toggleKey("breakpoint"),
    }),
    ofSteps({
      id: "scenarios.disable",
      title: "Disable or enable the selected steps",
      icon: Slash,
      run: () => actions.toggleKey("disabled"),
    }),
    ofFile({ id: "scenarios.foldAll", title: "Fold all steps", run: () => selection.foldAll(true) }),
    ofFile({ id: "scenarios.unfoldAll", title: "Unfold all steps", run: () => selection.foldAll(false) }),
    {
      ...ofFile({
        id: "scenarios.undo",
        title: "Undo the last change of the scenario",
        icon: Undo2,
        keys: "Mod+Z",
        run: actions.undo,
      }),
      when: () => isOpen() && !isElsewhere(),
    },
    {
      ...ofFile({
        id: "scenarios.redo",
        title: "Redo the change of the scenario",
        icon: Redo2,
        keys: ["Mod+Shift+Z", "Mod+Y"],
        run: actions.redo,
      }),
      when: () => isOpen() && !isElsewhere(),
    },
  ]);
};
