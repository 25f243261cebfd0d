import type { RunSummary } from "../../../../shared/model/run";
import { printable } from "../output";
import { counted, durationWords, grouped, hasIterations, shortened } from "../reporters/words";

/** How a run goes, beside its reports. */
export interface Progress {
  update(run: RunSummary): void;
  /** Makes room for other text on the same terminal; the line comes back by itself. */
  clear(): void;
  /** Nothing is played until the next update. */
  rest(): void;
  end(): void;
}

/** Milliseconds between two pictures of a terminal, and two lines of a log that is kept. */
const redrawn = 100;
const told = 10_000;

/** `First purchase, iteration 40 of 100, 1,203 events, 95 a second, about 40 s left`. */
export const progressWords = (run: RunSummary): string => {
  const { iterations, steps, events, rate, left } = run;
  const ended = steps.passed + steps.failed + steps.skipped + steps.notObservable;
  return [
    printable(run.name),
    hasIterations(run)
      ? `iteration ${grouped(iterations.ended)} of ${grouped(iterations.planned)}`
      : steps.planned === null
        ? counted(ended, "step")
        : `step ${grouped(ended)} of ${grouped(steps.planned)}`,
    counted(events, "event"),
    rate === null ? "" : `${grouped(Math.round(rate))} a second`,
    steps.failed > 0 ? `${grouped(steps.failed)} failed` : "",
    left === null ? "" : `about ${durationWords(left)} left`,
  ]
    .filter((word) => word !== "")
    .join(", ");
};

/** Nothing is told: `--quiet`. */
export const noProgress: Progress = {
  update: () => undefined,
  clear: () => undefined,
  rest: () => undefined,
  end: () => undefined,
};

/** A line at the bottom of a terminal. Each picture is one write that covers the last, so that nothing flickers. */
export const terminalProgress = (terminal: NodeJS.WriteStream): Progress => {
  let run: RunSummary | null = null;
  let shown = "";
  const draw = (): void => {
    if (run === null) return;
    const text = shortened(progressWords(run), Math.max(20, (terminal.columns || 80) - 1));
    if (text !== shown) terminal.write(`\r${text}\u001b[K`);
    shown = text;
  };
  const timer = setInterval(draw, redrawn);
  const clear = (): void => {
    if (shown !== "") terminal.write("\r\u001b[K");
    shown = "";
  };
  const rest = (): void => {
    run = null;
    clear();
  };
  return {
    update: (next) => void (run = next),
    clear,
    rest,
    end() {
      clearInterval(timer);
      rest();
    },
  };
};

/** A plain line now and then, for what is kept and read later. */
export const plainProgress = (say: (line: string) => void): Progress => {
  let run: RunSummary | null = null;
  const timer = setInterval(() => void (run && say(progressWords(run))), told);
  return {
    update: (next) => void (run = next),
    clear: () => undefined,
    rest: () => void (run = null),
    end: () => clearInterval(timer),
  };
};
