import type { editor } from "monaco-editor/esm/vs/editor/editor.api";

/** What every editor of the window has in common. */
const shared: editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  fontFamily: '"JetBrains Mono Variable", "JetBrains Mono", "Cascadia Mono", Consolas, monospace',
  fontLigatures: false,
  minimap: { enabled: false },
  stickyScroll: { enabled: false },
  // The place of a suggestion or hover must not be cut off by the pane.
  fixedOverflowWidgets: true,
  accessibilitySupport: "auto",
  guides: { indentation: false, bracketPairs: false },
  overviewRulerLanes: 0,
  overviewRulerBorder: false,
  hideCursorInOverviewRuler: true,
  renderLineHighlightOnlyWhenFocus: true,
  scrollBeyondLastLine: false,
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
  lineNumbersMinChars: 4,
  lineDecorationsWidth: 16,
  glyphMargin: false,
  folding: true,
  showFoldingControls: "mouseover",
  unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: true },
  links: false,
  // Dimmed, its number could not be read.
  renderFinalNewline: "on",
  // EditorMenu takes its place.
  contextmenu: false,
  dropIntoEditor: { enabled: false },
  occurrencesHighlight: "off",
};

/** The line height that belongs to a font size: 20 px for 13. */
const lineHeight = (fontSize: number): number => Math.round((fontSize * 20) / 13);

/** Options of the editor of a draft. `label` is its name for screen readers. */
export const draftOptions = (
  label: string,
  fontSize: number,
): editor.IStandaloneEditorConstructionOptions => ({
  ...shared,
  ariaLabel: `${label}. F1 explains a field; Ctrl+M lets the Tab key leave the editor.`,
  fontSize,
  lineHeight: lineHeight(fontSize),
  padding: { top: 8, bottom: 24 },
  tabSize: 2,
  insertSpaces: true,
  detectIndentation: false,
  wordWrap: "on",
  wrappingIndent: "indent",
  formatOnPaste: true,
  // A quote typed over a chosen value replaces it, rather than put quotes round quotes.
  autoSurround: "brackets",
  quickSuggestions: { strings: true, other: true, comments: false },
  suggest: { showWords: false, showStatusBar: false, preview: false },
  wordBasedSuggestions: "off",
  hover: { delay: 250, above: false },
});

/** Options of a view that is only for reading. */
export const readingOptions = (
  label: string,
  fontSize: number,
): editor.IStandaloneEditorConstructionOptions => ({
  ...shared,
  ariaLabel: label,
  readOnly: true,
  domReadOnly: true,
  fontSize: Math.max(10, fontSize - 1),
  lineHeight: lineHeight(fontSize) - 2,
  padding: { top: 8, bottom: 8 },
  wordWrap: "on",
  renderLineHighlight: "none",
  matchBrackets: "never",
  foldingStrategy: "indentation",
  quickSuggestions: false,
  largeFileOptimizations: true,
  stopRenderingLineAfter: 20_000,
});
