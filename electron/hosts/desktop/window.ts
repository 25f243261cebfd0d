import { BrowserWindow, nativeTheme, screen, type Session } from "electron";
import { join } from "node:path";
import { applicationPage } from "./application-address";
import { reloadAfterCrash } from "./reload-after-crash";
import { webPreferences } from "./security";
import { readWindowState, smallest, writeWindowState } from "./window-state";

export interface WindowOptions {
  session: Session;
  /** Absolute paths. */
  preload: string;
  icon: string;
  profileFolder: string;
  report(problem: string): void;
  /** Is told that the page's process ended, and why. */
  crashed(reason: string): void;
}

/** The page's own background (`--frame` of the design), so that nothing flashes before it is drawn. */
const background = (): string => (nativeTheme.shouldUseDarkColors ? "#0d1113" : "#f4f6f6");

/** Makes the window, hidden, where it stood last; it is not loaded yet. */
export const createWindow = (options: WindowOptions): BrowserWindow => {
  const stateFile = join(options.profileFolder, "window.json");
  const areas = screen.getAllDisplays().map((display) => display.workArea);
  const state = readWindowState(stateFile, areas);
  const window = new BrowserWindow({
    title: "Bellhop",
    icon: options.icon,
    show: false,
    width: 1440,
    height: 900,
    ...state.bounds,
    minWidth: smallest.width,
    minHeight: smallest.height,
    backgroundColor: background(),
    webPreferences: webPreferences(options.preload, options.session),
  });
  if (state.maximized) window.maximize();
  window.on("close", () =>
    writeWindowState(stateFile, { bounds: window.getNormalBounds(), maximized: window.isMaximized() }),
  );
  reloadAfterCrash(window.webContents, options);
  return window;
};

/** Loads the page and shows the window once it is drawn. */
export const showWindow = async (window: BrowserWindow): Promise<void> => {
  window.once("ready-to-show", () => window.show());
  await window.loadURL(applicationPage);
};

/** Brings the window to the front. */
export const focusWindow = (window: BrowserWindow): void => {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
};
