import type * as Monaco from "monaco-editor/esm/vs/editor/editor.api";
import { loadMonaco } from "./load-monaco";

/** Something that can stand between `{{` and `}}`. */
export interface TemplateName {
  name: string;
  /** What it gives, in a few words. */
  gives: string;
}

/** The template that the cursor is in, as far as it is typed. */
const openTemplate = /\{\{\s*([$\w.-]*)$/;

/**
 * Completes names in templates, in texts and events of scenarios.
 *
 * @param namesOf what can stand in a template of the document that is edited
 * @returns a function that stops it
 */
export const completeTemplates = async (namesOf: () => readonly TemplateName[]): Promise<() => void> => {
  const monaco = await loadMonaco();
  const provider: Monaco.languages.CompletionItemProvider = {
    triggerCharacters: ["{", "$", ".", " "],
    provideCompletionItems(model, { lineNumber, column }) {
      const before = model.getValueInRange(new monaco.Range(lineNumber, 1, lineNumber, column));
      const typed = openTemplate.exec(before)?.[1];
      if (typed === undefined || !model.uri.path.includes("scenario-")) return { suggestions: [] };
      const after = model.getValueInRange(new monaco.Range(lineNumber, column, lineNumber, column + 3));
      const range = new monaco.Range(lineNumber, column - typed.length, lineNumber, column);
      const space = /\{\{$/.test(before) ? " " : "";
      const end = /^\s*\}/.test(after) ? "" : " }}";
      return {
        suggestions: namesOf().map(({ name, gives }, index) => ({
          label: name,
          kind: monaco.languages.CompletionItemKind.Variable,
          detail: gives,
          insertText: `${space}${name}${end}`,
          sortText: String(index).padStart(4, "0"),
          range,
        })),
      };
    },
  };
  const stops = ["yaml", "json"].map((language) =>
    monaco.languages.registerCompletionItemProvider(language, provider),
  );
  return () => stops.forEach((stop) => stop.dispose());
};
