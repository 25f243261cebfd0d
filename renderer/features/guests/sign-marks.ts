import type { ChangeSign } from "../../../shared/guest-words/change-line";

/** The mark of a change, the same everywhere. */
export const signMarks: Readonly<Record<ChangeSign, string>> = { added: "+", changed: "~", removed: "−" };

/** The mark for a screen reader. */
export const signWords: Readonly<Record<ChangeSign, string>> = {
  added: "added",
  changed: "changed",
  removed: "removed",
};
