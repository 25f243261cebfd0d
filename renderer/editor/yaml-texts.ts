import type { editor as monacoEditor } from "monaco-editor/esm/vs/editor/editor.api";
import { replaceChanged } from "./draft-models";
import { loadMonaco } from "./load-monaco";

/** A text that outlives its editor: one undo history for what is typed in it and for what is changed from elsewhere. */
export interface YamlText {
  /** As it stands now; line ends are all alike in it. */
  read(): string;
  /** Takes over another text as one step that can be undone; only what differs is touched. */
  replace(text: string): void;
  undo(): void;
  redo(): void;
  /** Takes the text and its history away. */
  close(): void;
}

interface KeptModel {
  model: monacoEditor.ITextModel;
  /** Scroll, cursor and folds, so that a text is found again as it was left. */
  viewState: monacoEditor.ICodeEditorViewState | null;
}

const kept = new Map<string, KeptModel>();

/** What an editor of this document shows; undefined where nobody keeps it. */
export const keptModel = (documentId: string): KeptModel | undefined => kept.get(documentId);

/**
 * Keeps a text under the id that its editors have.
 *
 * @param changed is told the whole text after each change, whoever made it
 * @throws where Monaco cannot be fetched
 */
export const openYamlText = async (
  documentId: string,
  text: string,
  changed: (text: string) => void,
): Promise<YamlText> => {
  const [monaco, yaml] = await Promise.all([loadMonaco(), import("./yaml-service")]);
  const model = monaco.editor.createModel(text, "yaml", yaml.yamlUri(monaco, documentId));
  model.updateOptions({ tabSize: 2, insertSpaces: true });
  kept.set(documentId, { model, viewState: null });
  model.onDidChangeContent(() => changed(model.getValue()));
  return {
    read: () => model.getValue(),
    replace: (next) => replaceChanged(model, next),
    undo: () => void model.undo(),
    redo: () => void model.redo(),
    close() {
      kept.delete(documentId);
      model.dispose();
    },
  };
};
