/** Monaco, set up once. Import it dynamically (`load-monaco.ts`), so that the first paint does not wait for it. */
import * as monaco from "monaco-editor/esm/vs/editor/editor.api";
import "monaco-editor/esm/vs/editor/editor.all";
import EditorWorker from "monaco-editor/esm/vs/editor/editor.worker?worker";
import { StandaloneServices } from "monaco-editor/esm/vs/editor/standalone/browser/standaloneServices.js";
import JsonWorker from "monaco-editor/esm/vs/language/json/json.worker?worker";
import "monaco-editor/esm/vs/language/json/monaco.contribution";
import { IStorageService } from "monaco-editor/esm/vs/platform/storage/common/storage.js";
import "./monaco.css";
import { plainJsonConfiguration, plainJsonLanguage, plainJsonTokens } from "./plain-json-language";
import { themeFromTokens } from "./theme";

/** Without this Monaco starts its workers from `blob:`, which the policy forbids. */
self.MonacoEnvironment = {
  getWorker: (_id, label) => (label === "json" ? new JsonWorker() : new EditorWorker()),
};

const themeName = "bellhop";

/** Lets the browser compute colours: the built style sheet may write them in any of CSS's ways. */
const withColours = <T>(work: (read: (token: string) => string) => T): T => {
  const probe = document.body.appendChild(document.createElement("span"));
  const read = (token: string): string => {
    probe.style.color = `var(${token}, transparent)`;
    return getComputedStyle(probe).color;
  };
  try {
    return work(read);
  } finally {
    probe.remove();
  }
};

const applyTheme = (): void => {
  const kind = document.documentElement.dataset["theme"] === "light" ? "light" : "dark";
  monaco.editor.defineTheme(
    themeName,
    withColours((read) => themeFromTokens(read, kind)),
  );
  monaco.editor.setTheme(themeName);
};

applyTheme();
new MutationObserver(applyTheme).observe(document.documentElement, { attributeFilter: ["data-theme"] });

/** The verdict's marks are ours; Monaco's JSON service completes, explains, formats and folds. */
monaco.languages.json.jsonDefaults.setModeConfiguration({
  documentFormattingEdits: true,
  documentRangeFormattingEdits: true,
  completionItems: true,
  hovers: true,
  documentSymbols: true,
  tokens: true,
  colors: false,
  foldingRanges: true,
  diagnostics: false,
  selectionRanges: true,
});

monaco.languages.register({ id: plainJsonLanguage });
monaco.languages.setMonarchTokensProvider(plainJsonLanguage, plainJsonTokens);
monaco.languages.setLanguageConfiguration(plainJsonLanguage, plainJsonConfiguration);

/** Descriptions stand beside the suggestions from the start, where one would have to know a key to see them. */
StandaloneServices.get(IStorageService).store("expandSuggestionDocs", true, 0, 0);

// Characters are measured once; a font that arrives later would leave the cursor beside them.
void document.fonts.ready.then(() => monaco.editor.remeasureFonts());

export { monaco };
