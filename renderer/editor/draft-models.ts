import type * as Monaco from "monaco-editor/esm/vs/editor/editor.api";
import type { editor as monacoEditor } from "monaco-editor/esm/vs/editor/editor.api";
import type { JsonObject } from "../../shared/model/json";
import { changedPart } from "./changed-part";

type MonacoApi = typeof Monaco;

interface DraftModel {
  model: monacoEditor.ITextModel;
  /** Scroll, cursor and folds, so that a tab is found again as it was left. */
  viewState: monacoEditor.ICodeEditorViewState | null;
}

const models = new Map<string, DraftModel>();
const schemas = new Map<string, string>();

const uriOf = (monaco: MonacoApi, id: string) => monaco.Uri.parse(`inmemory://draft/${id}.json`);

/** The model of a draft: made on first need and kept while its tab is open, with its undo history. */
export const openModel = (monaco: MonacoApi, id: string, text: string): DraftModel => {
  const known = models.get(id);
  if (known) return known;
  const made = { model: monaco.editor.createModel(text, "json", uriOf(monaco, id)), viewState: null };
  models.set(id, made);
  return made;
};

/** Forgets the model of a draft whose tab was closed. */
export const closeModel = (id: string): void => {
  models.get(id)?.model.dispose();
  models.delete(id);
  schemas.delete(id);
};

/** Takes over a text that was changed elsewhere, as one step that can be undone. */
export const replaceText = (model: monacoEditor.ITextModel, text: string): void => {
  if (model.getValue() === text) return;
  model.pushStackElement();
  model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
  model.pushStackElement();
};

/** As `replaceText`, but only where the texts differ, so that cursors, folds and signs elsewhere stay. */
export const replaceChanged = (model: monacoEditor.ITextModel, text: string): void => {
  const part = changedPart(model.getValue(), text);
  if (!part) return;
  const [start, end] = [model.getPositionAt(part.start), model.getPositionAt(part.end)];
  const range = {
    ...{ startLineNumber: start.lineNumber, startColumn: start.column },
    ...{ endLineNumber: end.lineNumber, endColumn: end.column },
  };
  model.pushStackElement();
  model.pushEditOperations([], [{ range, text: part.content }], () => null);
  model.pushStackElement();
};

/** Tells the JSON service which schema a draft's completion and hover come from. A no-op where it is told already. */
export const setSchema = (monaco: MonacoApi, id: string, schema: JsonObject | null): void => {
  const text = JSON.stringify(schema ?? {});
  if (schemas.get(id) === text) return;
  schemas.set(id, text);
  const byText = new Map<string, string[]>();
  for (const [draft, its] of schemas) {
    byText.set(its, [...(byText.get(its) ?? []), uriOf(monaco, draft).toString()]);
  }
  monaco.languages.json.jsonDefaults.setDiagnosticsOptions({
    validate: false,
    allowComments: false,
    enableSchemaRequest: false,
    schemas: [...byText].map(([its, fileMatch], position) => ({
      uri: `inmemory://schema/${position}`,
      fileMatch,
      schema: JSON.parse(its) as JsonObject,
    })),
  });
};
