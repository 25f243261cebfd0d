import { dialog, type BrowserWindow } from "electron";
import type { RunSummary } from "../../../shared/model/run";
import type { Core } from "../../core/create-core";

const count = (value: number): string => value.toLocaleString("en-GB");

/** How far a run is, in a sentence: closing now would leave it there. */
const wordsOf = ({ name, environment, iterations, steps }: RunSummary): string => {
  const ended = steps.passed + steps.failed + steps.skipped + steps.notObservable;
  const far =
    iterations.planned > 1
      ? `${count(iterations.ended)} of ${count(iterations.planned)} iterations`
      : `${count(ended)}${steps.planned === null ? "" : ` of ${count(steps.planned)}`} steps`;
  return `“${name}” runs on ${environment}: ${far} are done.`;
};

const keepRunning = 0;
const stopAndClose = 1;

/**
 * Asks before the window closes while a run is on, because closing it ends Bellhop. What ran stays in the log either
 * way. (Interface "Starting it".)
 */
export const askBeforeClosing = (window: BrowserWindow, core: Core): void => {
  const running = new Set<string>();
  core.results.listen({
    started: ({ id }) => void running.add(id),
    ended: ({ id }) => void running.delete(id),
  });
  let asking = false;
  let agreed = false;

  const ask = async (): Promise<void> => {
    const answers = await Promise.all([...running].map((id) => core.call("runs.read", { id })));
    const runs = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
    const { response } = await dialog.showMessageBox(window, {
      type: "warning",
      title: "Bellhop",
      message: running.size === 1 ? "A run is on." : `${count(running.size)} runs are on.`,
      detail: `${runs.map(wordsOf).join("\n")}\nClosing the window stops it. What was sent stays in the log.`,
      buttons: ["Keep it running", "Stop it and close"],
      defaultId: keepRunning,
      cancelId: keepRunning,
      noLink: true,
    });
    if (response !== stopAndClose) return;
    agreed = true;
    window.close();
  };

  window.on("close", (event) => {
    if (agreed || running.size === 0) return;
    event.preventDefault();
    if (asking) return;
    asking = true;
    void ask().finally(() => (asking = false));
  });
};
