import { TooLate, within } from "./within";

/**
 * Waits for something that may hang, such as a keychain that waits for a person: only the first to ask waits. While
 * its question is open, whoever asks after it is told at once that there is no answer yet.
 *
 * @param ask begins or joins the question
 * @param over is told when a question that somebody did not wait for has ended, in whatever way
 * @returns a function that takes the milliseconds to wait @throws TooLate
 */
export const createPatience = <T>(
  ask: () => Promise<T>,
  over: () => void,
): ((milliseconds: number) => Promise<T>) => {
  let open: Promise<T> | null = null;
  const leaveOpen = (question: Promise<T>): void => {
    if (open !== null) return;
    open = question;
    const end = (): void => {
      open = null;
      over();
    };
    question.then(end, end);
  };
  return async (milliseconds) => {
    if (open !== null) throw new TooLate("it has not answered yet");
    const question = ask();
    try {
      return await within(question, milliseconds);
    } catch (error) {
      if (error instanceof TooLate) leaveOpen(question);
      throw error;
    }
  };
};
