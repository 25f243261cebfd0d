import type * as Monaco from "monaco-editor/esm/vs/editor/editor.api";
import type { editor as monacoEditor } from "monaco-editor/esm/vs/editor/editor.api";
import type { Mark } from "./marks";

type MonacoApi = typeof Monaco;

/** Every mark that a model has, whoever made it: a language service's and our own. */
export const marksOfModel = (monaco: MonacoApi, model: monacoEditor.ITextModel): Mark[] =>
  monaco.editor.getModelMarkers({ resource: model.uri }).map((marker) => ({
    severity:
      marker.severity === monaco.MarkerSeverity.Error
        ? "error"
        : marker.severity === monaco.MarkerSeverity.Warning
          ? "warning"
          : "info",
    code: marker.owner,
    path: null,
    message: marker.message,
    range: {
      start: model.getOffsetAt({ lineNumber: marker.startLineNumber, column: marker.startColumn }),
      end: model.getOffsetAt({ lineNumber: marker.endLineNumber, column: marker.endColumn }),
    },
  }));
