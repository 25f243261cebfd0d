import { defineStore } from "pinia";
import { shallowRef } from "vue";

/** What has to be asked before the sandbox forgets something. */
export type SandboxQuestion =
  | { about: "reset" }
  | { about: "restore"; name: string }
  | { about: "remove"; name: string }
  | { about: "import"; file: File };

interface QuestionWords {
  title: string;
  explanation: string;
  yes: string;
}

/** The question as the dialog puts it. */
export const questionWords = (question: SandboxQuestion): QuestionWords => {
  switch (question.about) {
    case "reset":
      return {
        title: "Reset the sandbox?",
        explanation:
          "It forgets every event, guest and order. Snapshots, settings, the log and your drafts stay as they are.",
        yes: "Reset",
      };
    case "restore":
      return {
        title: `Restore “${question.name}”?`,
        explanation:
          "What the sandbox knows now is replaced. Save a snapshot first if you want to come back to it.",
        yes: "Restore",
      };
    case "remove":
      return {
        title: `Remove the snapshot “${question.name}”?`,
        explanation: "It is gone for good. What the sandbox knows now stays as it is.",
        yes: "Remove",
      };
    case "import":
      return {
        title: `Import ${question.file.name}?`,
        explanation:
          "What the sandbox knows now is replaced. Save a snapshot first if you want to come back to it.",
        yes: "Import",
      };
  }
};

/** The question that is open, wherever it was asked from. */
export const useSandboxQuestions = defineStore("sandbox-questions", () => {
  const current = shallowRef<SandboxQuestion | null>(null);
  const ask = (question: SandboxQuestion): void => {
    current.value = question;
  };
  const close = (): void => {
    current.value = null;
  };
  return { current, ask, close };
});
