import type { editor } from "monaco-editor/esm/vs/editor/editor.api";

/** Gives the colour of a design token, such as `--pane`, as the browser computes it: `rgb(19, 24, 26)`. */
export type ReadColour = (token: string) => string;

const twoDigits = (value: string): string => Math.min(255, Number(value)).toString(16).padStart(2, "0");

/** Monaco takes `#rrggbb` and `#rrggbbaa` only. A token that is missing must not stop the editor. */
const colourOf = (read: ReadColour, token: string, alpha = ""): string => {
  const [, red, green, blue] = /^rgba?\((\d+),? (\d+),? (\d+)/.exec(read(token)) ?? [];
  if (red === undefined || green === undefined || blue === undefined) return "#808080";
  return `#${twoDigits(red)}${twoDigits(green)}${twoDigits(blue)}${alpha}`;
};

/** Which token gives each of Monaco's colours; a second value is the alpha channel in hex. */
const colours: Record<string, readonly [token: string, alpha?: string]> = {
  "editor.background": ["--pane"],
  "editor.foreground": ["--text"],
  "editorGutter.background": ["--pane"],
  "editor.lineHighlightBackground": ["--code-line"],
  "editor.lineHighlightBorder": ["--code-line", "00"],
  "editor.selectionBackground": ["--code-selection"],
  "editor.inactiveSelectionBackground": ["--code-selection", "99"],
  "editor.selectionHighlightBackground": ["--code-selection", "80"],
  "editor.wordHighlightBackground": ["--code-selection", "80"],
  "editor.wordHighlightStrongBackground": ["--code-selection", "80"],
  "editor.findMatchBackground": ["--brass-line", "99"],
  "editor.findMatchHighlightBackground": ["--brass-soft"],
  "editor.hoverHighlightBackground": ["--code-selection", "80"],
  "editor.foldBackground": ["--accent-soft", "80"],
  "editorLineNumber.foreground": ["--code-gutter"],
  "editorLineNumber.activeForeground": ["--text"],
  "editorCursor.foreground": ["--accent"],
  "editorBracketMatch.background": ["--accent-soft"],
  "editorBracketMatch.border": ["--accent"],
  // Brackets have the colour of punctuation, not one for each depth.
  ...Object.fromEntries(
    [1, 2, 3, 4, 5, 6].map((depth) => [
      `editorBracketHighlight.foreground${depth}`,
      ["--code-punctuation"] as const,
    ]),
  ),
  "editorBracketHighlight.unexpectedBracket.foreground": ["--code-punctuation"],
  "editorIndentGuide.background1": ["--line"],
  "editorIndentGuide.activeBackground1": ["--line-strong"],
  "editorWhitespace.foreground": ["--line-strong"],
  "editorError.foreground": ["--bad"],
  "editorWarning.foreground": ["--warn"],
  "editorInfo.foreground": ["--info"],
  "editorMarkerNavigation.background": ["--float"],
  "editorMarkerNavigationError.background": ["--bad"],
  "editorMarkerNavigationWarning.background": ["--warn"],
  "editorMarkerNavigationInfo.background": ["--info"],
  "editorWidget.background": ["--float"],
  "editorWidget.foreground": ["--text"],
  "editorWidget.border": ["--line-strong"],
  "editorHoverWidget.background": ["--float"],
  "editorHoverWidget.foreground": ["--text"],
  "editorHoverWidget.border": ["--line-strong"],
  "editorHoverWidget.statusBarBackground": ["--raised"],
  "editorSuggestWidget.background": ["--float"],
  "editorSuggestWidget.foreground": ["--text"],
  "editorSuggestWidget.border": ["--line-strong"],
  "editorSuggestWidget.selectedBackground": ["--accent-soft"],
  "editorSuggestWidget.selectedForeground": ["--text"],
  "editorSuggestWidget.selectedIconForeground": ["--accent"],
  "editorSuggestWidget.highlightForeground": ["--accent"],
  "editorSuggestWidget.focusHighlightForeground": ["--accent"],
  "symbolIcon.propertyForeground": ["--text-3"],
  "symbolIcon.enumeratorForeground": ["--text-3"],
  "symbolIcon.valueForeground": ["--text-3"],
  "list.hoverBackground": ["--hover"],
  "list.activeSelectionBackground": ["--accent-soft"],
  "list.focusBackground": ["--accent-soft"],
  "input.background": ["--raised"],
  "input.foreground": ["--text"],
  "input.border": ["--control-line"],
  "input.placeholderForeground": ["--text-3"],
  "inputOption.activeBackground": ["--accent-soft"],
  "inputOption.activeForeground": ["--accent"],
  "inputOption.activeBorder": ["--accent"],
  focusBorder: ["--focus"],
  "icon.foreground": ["--text-2"],
  "textLink.foreground": ["--accent"],
  "textLink.activeForeground": ["--accent"],
  "editorLink.activeForeground": ["--accent"],
  "menu.background": ["--float"],
  "menu.foreground": ["--text"],
  "menu.selectionBackground": ["--accent-soft"],
  "menu.selectionForeground": ["--text"],
  "menu.separatorBackground": ["--line"],
  "menu.border": ["--line-strong"],
  "scrollbar.shadow": ["--line", "00"],
  "scrollbarSlider.background": ["--text-3", "40"],
  "scrollbarSlider.hoverBackground": ["--text-3", "66"],
  "scrollbarSlider.activeBackground": ["--text-3", "80"],
  "editorOverviewRuler.border": ["--line", "00"],
  "editorStickyScroll.background": ["--pane"],
  "editorStickyScrollHover.background": ["--hover"],
  "widget.shadow": ["--frame", "00"],
};

/** Monaco's base themes name some of these with the language, which would win over a rule without it. */
const tokens: Record<string, string> = {
  "": "--text",
  "string.key": "--code-key",
  "string.key.json": "--code-key",
  "string.value": "--code-string",
  "string.value.json": "--code-string",
  "type.yaml": "--code-key",
  "string.yaml": "--code-string",
  "number.yaml": "--code-number",
  "keyword.yaml": "--code-keyword",
  "operators.yaml": "--code-punctuation",
  string: "--code-string",
  number: "--code-number",
  "number.json": "--code-number",
  keyword: "--code-keyword",
  "keyword.json": "--code-keyword",
  delimiter: "--code-punctuation",
  comment: "--code-comment",
};

/**
 * Monaco's theme made of the design tokens, so that there is one source of colour.
 *
 * @param read gives a token's colour in the theme that is on
 * @param kind which of Monaco's own themes fills in what no token names
 */
export const themeFromTokens = (read: ReadColour, kind: "dark" | "light"): editor.IStandaloneThemeData => ({
  base: kind === "dark" ? "vs-dark" : "vs",
  inherit: true,
  colors: Object.fromEntries(
    Object.entries(colours).map(([name, [token, alpha]]) => [name, colourOf(read, token, alpha)]),
  ),
  rules: Object.entries(tokens).map(([token, name]) => ({
    token,
    foreground: colourOf(read, name).slice(1),
  })),
});
