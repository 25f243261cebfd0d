import type { languages } from "monaco-editor/esm/vs/editor/editor.api";

/**
 * JSON for reading: colours and folding by indentation, without the JSON worker, so that a body of 10 MB costs no
 * second parse. A body that is not JSON is shown with the same rules and simply has few colours.
 */
export const plainJsonLanguage = "plain-json";

export const plainJsonTokens: languages.IMonarchLanguage = {
  tokenizer: {
    root: [
      [/"(?:[^"\\]|\\.)*"(?=\s*:)/, "string.key"],
      [/"(?:[^"\\]|\\.)*"/, "string.value"],
      [/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/, "number"],
      [/\b(?:true|false|null)\b/, "keyword"],
      [/[{}[\],:]/, "delimiter"],
    ],
  },
};

export const plainJsonConfiguration: languages.LanguageConfiguration = {
  brackets: [
    ["{", "}"],
    ["[", "]"],
  ],
};
