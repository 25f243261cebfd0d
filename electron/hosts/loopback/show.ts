import { once } from "node:events";
import { canOpenBrowser, type Surroundings } from "../display";
import { openInBrowser } from "../open-external";
import type { WindowArguments } from "../window-arguments";
import { findAppBrowser, openAppWindow } from "./app-window";
import type { Loopback } from "./start-loopback";

/** How the program will be seen: in a window of its own, in the default browser, or where a person takes the address. */
export type View = { kind: "window"; browser: string } | { kind: "tab" } | { kind: "address" };

/** Chooses before the core starts, which asks whether the end of the window is the end. */
export const chooseView = async ({ open, browser }: WindowArguments, where: Surroundings): Promise<View> => {
  if (!open || !canOpenBrowser(where)) return { kind: "address" };
  const path = browser ? null : await findAppBrowser(where);
  return path === null ? { kind: "tab" } : { kind: "window", browser: path };
};

const openTab = async (loopback: Loopback): Promise<void> => {
  // Where there is no browser the printed address is enough.
  await openInBrowser(loopback.address()).catch(() => undefined);
};

/**
 * Shows the program.
 *
 * @returns resolves when a window was closed that a person had used; for a tab or an address never
 */
export const show = async (view: View, loopback: Loopback, profileFolder: string): Promise<void> => {
  if (view.kind === "window") {
    const child = openAppWindow(view.browser, loopback.address(), profileFolder);
    await Promise.race([once(child, "exit"), once(child, "error")]).catch(() => undefined);
    if (loopback.wasEntered()) return;
    // It never came as far as the page: a browser that cannot run here.
    process.stderr.write(
      `${view.browser} ended before it showed Bellhop, so the default browser is asked.\n`,
    );
    await openTab(loopback);
  }
  if (view.kind === "tab") await openTab(loopback);
  await new Promise(() => undefined);
};
