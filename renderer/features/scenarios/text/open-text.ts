import { AppError } from "../../../../shared/contract/errors";
import type { ScenarioIssue, ScenarioReading, ScenarioText } from "../../../../shared/model/scenario";
import type { Problem } from "../../../layout";

/** How the text that is open stands to the file on the disk: one union, no booleans beside it. */
export type SaveState =
  | { state: "saved" }
  /** Something was typed; it is saved in a moment. */
  | { state: "changed" }
  | { state: "saving" }
  /** It cannot be read as a scenario yet, so the file keeps what it says. */
  | { state: "held" }
  /** Saving failed; the text is safe in the profile, and is tried again. */
  | { state: "failed"; problem: Problem }
  /** Another program changed the file meanwhile. */
  | { state: "conflict"; theirs: ScenarioText }
  /** Another program took the file away. */
  | { state: "gone" };

/** A file that is open in the window. */
export interface OpenText {
  path: string;
  /** Its editor's id. */
  documentId: string;
  /** What the disk held when text and disk last agreed. `shown` is the same with the editor's line ends. */
  base: { text: string; shown: string; version: string };
  /** As it stands in the editor. */
  text: string;
  /** What a text says, and which text that was: the newest may still be on its way to be read; null asks anew. */
  reading: ScenarioReading;
  readOf: string | null;
  save: SaveState;
  /** Whether it may use more than the sandbox: false of a file from elsewhere, until its folder is vouched for. */
  trusted: boolean;
  /** Whether its text is in the editor's keeping; until then it can only be looked at. */
  isReady: boolean;
}

/** Whether there is something that the disk does not have. */
export const isChanged = ({ text, base }: Pick<OpenText, "text" | "base">): boolean => text !== base.shown;

/** What makes a text no YAML at all. Files keep what they say while a person is in the middle of such a line. */
const syntax: ReadonlySet<string> = new Set(["not-yaml", "not-readable"]);

/** Whether a text is too broken to be written by itself. */
export const isBroken = ({ outline, issues }: ScenarioReading): boolean =>
  outline === null || issues.some(({ code }) => syntax.has(code));

/** Texts that were typed and not saved when the window went, by path. */
export type KeptTexts = Readonly<Record<string, { text: string; version: string }>>;

/** What the profile kept, as far as it makes sense: another version of Bellhop may have written it. */
export const readKeptTexts = (value: unknown): KeptTexts => {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value as Record<string, unknown>).flatMap(([path, each]) => {
      if (typeof each !== "object" || each === null) return [];
      const { text, version } = each as Record<string, unknown>;
      return typeof text === "string" && typeof version === "string" ? [[path, { text, version }]] : [];
    }),
  );
};

const first = (issues: readonly ScenarioIssue[]): ScenarioIssue | undefined =>
  issues.find(({ severity }) => severity === "error") ?? issues[0];

/** How saving stands, in a few words: "Saved", "Not saved: line 4, …". */
export const saveWords = ({ save, reading }: Pick<OpenText, "save" | "reading">): string => {
  switch (save.state) {
    case "saved":
      return "Saved";
    case "changed":
    case "saving":
      return "Saving…";
    case "held": {
      const issue = first(reading.issues);
      return issue ? `Not saved: line ${issue.line} cannot be read` : "Not saved: it cannot be read";
    }
    case "failed":
      return `Not saved: ${save.problem.message}`;
    case "conflict":
      return "Not saved: changed on the disk as well";
    case "gone":
      return "Not saved: the file is gone";
  }
};

/** Why steps cannot be changed while a text cannot be read. */
export const unreadable = (reading: ScenarioReading): AppError => {
  const line = reading.issues[0]?.line;
  return new AppError({
    code: "INVALID_INPUT",
    message: "The text cannot be read as a scenario now, so its steps cannot be changed.",
    hint: line === undefined ? "Correct it in the YAML." : `Correct line ${line} in the YAML first.`,
  });
};
