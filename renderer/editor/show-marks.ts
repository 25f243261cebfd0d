import type * as Monaco from "monaco-editor/esm/vs/editor/editor.api";
import type { editor as monacoEditor } from "monaco-editor/esm/vs/editor/editor.api";
import { inlineWords, type Mark } from "./marks";

type MonacoApi = typeof Monaco;

const owner = "bellhop";
const rank = { error: 2, warning: 1, info: 0 } as const;

const rangeOf = (monaco: MonacoApi, model: monacoEditor.ITextModel, { start, end }: Mark["range"]) =>
  monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));

/** Draws the marks as wavy lines, with message and hint on hover. */
export const showMarkers = (
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
    marks.map((mark) => ({
      ...rangeOf(monaco, model, mark.range),
      severity: severities[mark.severity],
      message: mark.hint ? `${mark.message}\n${mark.hint}` : mark.message,
    })),
  );
};

/** The worst mark of each line; among equals the first. Notes stay in the inspector. */
const worstByLine = (model: monacoEditor.ITextModel, marks: readonly Mark[]): Map<number, Mark> => {
  const lines = new Map<number, Mark>();
  for (const mark of marks) {
    if (mark.severity === "info") continue;
    const line = model.getPositionAt(mark.range.start).lineNumber;
    const other = lines.get(line);
    if (!other || rank[mark.severity] > rank[other.severity]) lines.set(line, mark);
  }
  return lines;
};

/**
 * The decorations that say after a line what is wrong in it. Not in the line that is being typed in, where words that
 * come and go with each key would be in the way.
 */
export const inlineDecorations = (
  monaco: MonacoApi,
  model: monacoEditor.ITextModel,
  marks: readonly Mark[],
  typingIn: number | null,
): monacoEditor.IModelDeltaDecoration[] =>
  [...worstByLine(model, marks)]
    .filter(([line]) => line !== typingIn)
    .map(([line, mark]) => {
      const column = model.getLineMaxColumn(line);
      return {
        range: new monaco.Range(line, column, line, column),
        options: {
          showIfCollapsed: true,
          after: {
            content: inlineWords(mark).slice(0, 120),
            inlineClassName: `mark-words mark-words-${mark.severity}`,
            cursorStops: monaco.editor.InjectedTextCursorStops.None,
          },
        },
      };
    });
