import type { editor as monacoEditor } from "monaco-editor/esm/vs/editor/editor.api";

/** What Monaco's find widget tells of itself; there are no types for it. */
interface FindController extends monacoEditor.IEditorContribution {
  getState(): {
    readonly isRevealed: boolean;
    onFindReplaceStateChange(listener: (change: { isRevealed: boolean }) => void): void;
  };
}

/**
 * Marks the editor's host as long as its find widget is open. The style sheet hides a closed one, which Monaco would
 * leave in the way of the Tab key; and Monaco gives an opening one the focus before it marks it as visible itself.
 */
export const markOpenFind = (editor: monacoEditor.IStandaloneCodeEditor, host: HTMLElement): void => {
  const state = editor.getContribution<FindController>("editor.contrib.findController")?.getState();
  state?.onFindReplaceStateChange(({ isRevealed }) => {
    if (isRevealed) host.toggleAttribute("data-finding", state.isRevealed);
  });
};
