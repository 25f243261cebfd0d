import type * as Monaco from "monaco-editor/esm/vs/editor/editor.api";
import type { editor as monacoEditor } from "monaco-editor/esm/vs/editor/editor.api";
import type { Mark } from "./marks";

type MonacoApi = typeof Monaco;

const owner = "bellhop";

/** Draws the marks as wavy lines, with message and hint on hover. */
export const showMarks = (
  monaco: MonacoApi,
  model: monacoEditor.ITextModel,
  marks: readonly Mark[],
): void => {
  const severities = {
    error: monaco.MarkerSeverity.Error,
    warning: monaco.MarkerSeverity.Warning,
    info: monaco.MarkerSeverity.Info,
  };
  monaco.editor.setModelMarkers(
    model,
    owner,
    marks.map(({ range, severity, message, hint }) => ({
      ...monaco.Range.fromPositions(model.getPositionAt(range.start), model.getPositionAt(range.end)),
      severity: severities[severity],
      message: hint ? `${message}\n${hint}` : message,
    })),
  );
};
