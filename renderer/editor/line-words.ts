import type * as Monaco from "monaco-editor/esm/vs/editor/editor.api";
import type { editor as monacoEditor } from "monaco-editor/esm/vs/editor/editor.api";
import { OctagonX, TriangleAlert } from "@lucide/vue";
import { h, render } from "vue";
import { inlineWords, type Mark } from "./marks";

type MonacoApi = typeof Monaco;

const rank = { error: 2, warning: 1, info: 0 } as const;
/** Pixels between the end of a line and its words. */
const gap = 24;
/** Less room than this holds nothing that can be read. */
const leastRoom = 120;

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

/** Words as an element without a width of its own: Monaco would push a wide one to the left, over the text. */
const elementOf = (mark: Mark, room: number): HTMLElement => {
  const anchor = document.createElement("div");
  anchor.className = "line-words";
  // The same words stand in the inspector, where screen readers find them.
  anchor.setAttribute("aria-hidden", "true");
  const words = document.createElement("span");
  words.className = `line-words-${mark.severity}`;
  words.style.maxWidth = `${room}px`;
  render(h(mark.severity === "error" ? OctagonX : TriangleAlert, { size: 12 }), words);
  words.append(inlineWords(mark));
  anchor.append(words);
  return anchor;
};

/** What stands after the lines of an editor. */
export interface LineWords {
  /**
   * Says after each line what is wrong in it, but not in the line that is being typed in, where words that come and go
   * with each key would be in the way.
   */
  show(marks: readonly Mark[], typingIn: number | null): void;
}

export const createLineWords = (monaco: MonacoApi, editor: monacoEditor.IStandaloneCodeEditor): LineWords => {
  let widgets: monacoEditor.IContentWidget[] = [];

  const clear = (): void => {
    for (const widget of widgets) editor.removeContentWidget(widget);
    widgets = [];
  };

  const widgetFor = (
    model: monacoEditor.ITextModel,
    line: number,
    mark: Mark,
  ): monacoEditor.IContentWidget | null => {
    const column = model.getLineMaxColumn(line);
    const room = editor.getLayoutInfo().contentWidth - editor.getOffsetForColumn(line, column) - gap;
    if (room < leastRoom) return null;
    const element = elementOf(mark, room);
    return {
      getId: () => `line-words-${line}`,
      getDomNode: () => element,
      getPosition: () => ({
        position: { lineNumber: line, column },
        preference: [monaco.editor.ContentWidgetPositionPreference.EXACT],
      }),
    };
  };

  return {
    show(marks, typingIn) {
      clear();
      const model = editor.getModel();
      if (!model) return;
      for (const [line, mark] of worstByLine(model, marks)) {
        const widget = line === typingIn ? null : widgetFor(model, line, mark);
        if (!widget) continue;
        widgets.push(widget);
        editor.addContentWidget(widget);
      }
    },
  };
};
