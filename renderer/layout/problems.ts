import { defineStore } from "pinia";
import { ref } from "vue";
import { AppError } from "../../shared/contract/errors";

export interface Problem {
  message: string;
  hint?: string;
}

/** What an error says to a person, whatever was thrown. */
export const problemOf = (error: unknown): Problem => {
  if (error instanceof AppError) {
    return error.hint === undefined
      ? { message: error.message }
      : { message: error.message, hint: error.hint };
  }
  return { message: error instanceof Error ? error.message : String(error) };
};

/** The same as one text, for the line below a field. */
export const problemWords = (error: unknown): string => {
  const { message, hint } = problemOf(error);
  return hint === undefined ? message : `${message} ${hint}`;
};

/** The last thing that went wrong and has no place of its own; it stays in view until it is closed. */
export const useProblems = defineStore("problems", () => {
  const current = ref<Problem | null>(null);
  const report = (error: unknown): void => {
    current.value = problemOf(error);
  };
  const dismiss = (): void => {
    current.value = null;
  };
  return { current, report, dismiss };
});
