import type * as Monaco from "monaco-editor/esm/vs/editor/editor.api";
import type { editor as monacoEditor } from "monaco-editor/esm/vs/editor/editor.api";

type MonacoApi = typeof Monaco;

/** Lines of a text, from 1, both inclusive. */
export interface LineRange {
  first: number;
  last: number;
}

/** What an editor shows beside its text: the lines that are chosen elsewhere, and breakpoints in the gutter. */
export interface LineSigns {
  show(chosen: readonly LineRange[], breakpoints: readonly number[]): void;
}

export const createLineSigns = (monaco: MonacoApi, editor: monacoEditor.IStandaloneCodeEditor): LineSigns => {
  const drawn = editor.createDecorationsCollection();
  const stickiness = monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges;
  const whole = (first: number, last: number, options: monacoEditor.IModelDecorationOptions) => ({
    range: new monaco.Range(first, 1, last, 1),
    options: { isWholeLine: true, stickiness, ...options },
  });
  return {
    show(chosen, breakpoints) {
      const lines = editor.getModel()?.getLineCount() ?? 0;
      drawn.set([
        ...chosen
          .filter(({ first }) => first <= lines)
          .map(({ first, last }) =>
            whole(first, Math.min(last, lines), {
              className: "chosen-lines",
              marginClassName: "chosen-lines chosen-margin",
              lineNumberClassName: "chosen-number",
            }),
          ),
        ...breakpoints
          .filter((line) => line <= lines)
          .map((line) =>
            whole(line, line, {
              glyphMarginClassName: "breakpoint-sign",
              glyphMarginHoverMessage: { value: "A run pauses before this step." },
            }),
          ),
      ]);
    },
  };
};
