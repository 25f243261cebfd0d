import { reactive } from "vue";
import { fieldSentence } from "./document-problem";
import type { DocumentEdit } from "./edit-document";
import { useSandboxDocuments, type DocumentKind } from "./sandbox-documents";

export interface DocumentEdits {
  /** What is against the last change of a field, by the field's name. */
  problems: Record<string, string>;
  /** Changes something at once. @returns whether it is in effect; where not, `problems` has the reason */
  change(field: string, edit: DocumentEdit): Promise<boolean>;
  /** Forgets what was against a field, or against every field whose name begins so. */
  forget(field: string): void;
}

/** Changes by a form: each is in effect at once, or its field says why not. */
export const useDocumentEdits = (kind: DocumentKind): DocumentEdits => {
  const documents = useSandboxDocuments();
  const problems = reactive<Record<string, string>>({});
  const forget = (field: string): void => {
    for (const name of Object.keys(problems)) if (name.startsWith(field)) delete problems[name];
  };
  const change = async (field: string, edit: DocumentEdit): Promise<boolean> => {
    const problem = await documents.edit(kind, edit);
    forget(field);
    if (problem) problems[field] = fieldSentence(problem);
    return problem === null;
  };
  return { problems, change, forget };
};
