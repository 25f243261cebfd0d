import type { RunSummary } from "../../../../shared/model/run";
import { printable, type Output } from "../output";
import { isOpen, type Gate, type RunsEnd } from "./reporter";
import { totalsOf } from "./totals";
import { counted, durationWords, grouped } from "./words";

type Tint = Output["tint"];

/** `8 passed, 1 failed`: what there was none of is left out. */
const tally = (
  tint: Tint,
  counts: [count: number, word: string, tone: "ok" | "bad" | "warn" | "quiet"][],
): string =>
  counts
    .filter(([count]) => count > 0)
    .map(([count, word, tone]) => tint(tone, `${grouped(count)} ${word}`))
    .join(", ") || tint("quiet", "none");

/** What the sandbox made of the events of this time. */
const gateWords = (tint: Tint, gate: Gate): string => {
  const counts = tally(tint, [
    [gate.processed, "processed", "ok"],
    [gate.failed, "failed", "bad"],
    [gate.dropped, "dropped", "bad"],
    [gate.rejected, "rejected", "bad"],
    [gate.pending, "still pending", "warn"],
  ]);
  const verdict = isOpen(gate) ? tint("ok", "open") : tint("bad", "shut");
  return `Gate        ${verdict}: ${counts}\n`;
};

/** A word that a shell takes as one. */
const shellWord = (text: string): string =>
  /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** A seed is only worth a line where something is to be looked at again. */
const again = (tint: Tint, { seed }: RunSummary): string =>
  `${tint("quiet", `To play the same events again: --seed ${printable(shellWord(seed))}`)}\n`;

/** The last lines: how many of what, the gate, and how to play what failed once more. */
export const summaryWords = (tint: Tint, end: RunsEnd): string => {
  const { scenarios, iterations, steps, events, duration } = totalsOf(end);
  const failed = end.runs.find(({ state }) => state === "failed");
  const rate = duration > 0 && events > 0 ? `, ${Math.round((events / duration) * 1000)} a second` : "";
  const lines = [
    `Scenarios   ${tally(tint, [
      [scenarios.passed, "passed", "ok"],
      [scenarios.failed, "failed", "bad"],
      [scenarios.refused, "not played", "bad"],
      [scenarios.stopped, "stopped", "warn"],
    ])}\n`,
    iterations.passed + iterations.failed > end.runs.length
      ? `Iterations  ${tally(tint, [
          [iterations.passed, "passed", "ok"],
          [iterations.failed, "failed", "bad"],
        ])}\n`
      : "",
    end.runs.length === 0
      ? ""
      : `Steps       ${tally(tint, [
          [steps.passed, "passed", "ok"],
          [steps.failed, "failed", "bad"],
          [steps.notObservable, "not observable", "warn"],
          [steps.skipped, "skipped", "quiet"],
        ])}\n`,
    end.runs.length === 0
      ? ""
      : `Events      ${counted(events, "event")} in ${durationWords(duration)}${rate}\n`,
    end.gate ? gateWords(tint, end.gate) : "",
    failed ? again(tint, failed) : "",
  ];
  return `\n${lines.join("")}`;
};
