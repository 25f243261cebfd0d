import type { WebContents } from "electron";
import { applicationOrigin, crashedPath } from "./application-address";

/** Crashes within a minute after which the page is not loaded again by itself. */
const mostReloads = 3;
const minute = 60_000;

/**
 * Loads the page again where its process has ended. What was typed is kept by autosave, so it is there again. One that
 * ends again and again gives way to a page that says so and has a button to try once more.
 */
export const reloadAfterCrash = (
  contents: WebContents,
  { report, crashed }: { report(problem: string): void; crashed(reason: string): void },
): void => {
  let crashes: number[] = [];
  contents.on("render-process-gone", (_event, { reason, exitCode }) => {
    if (reason === "clean-exit") return;
    report(`The window's page ended: ${reason}.`);
    crashed(`${reason}, exit code ${exitCode}`);
    const now = Date.now();
    crashes = [...crashes.filter((at) => now - at < minute), now];
    if (crashes.length <= mostReloads) contents.reload();
    else
      // A failure to load it has nobody left to be told to.
      contents.loadURL(`${applicationOrigin}${crashedPath}`).catch(() => undefined);
  });
};
