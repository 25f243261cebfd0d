import type { Settings } from "../../../shared/model/settings";

const storageKey = "bellhop-theme";
const systemDark = (): MediaQueryList => matchMedia("(prefers-color-scheme: dark)");

export const isDark = (theme: Settings["theme"]): boolean =>
  theme === "dark" || (theme === "system" && systemDark().matches);

/** Paints the window in a theme and lets the page remember it for its next first paint (see `public/theme.js`). */
export const applyTheme = (theme: Settings["theme"]): void => {
  document.documentElement.dataset.theme = isDark(theme) ? "dark" : "light";
  try {
    localStorage.setItem(storageKey, theme);
  } catch {
    // A browser that keeps nothing for this page starts in the system's theme.
  }
};

/** Calls back when the system turns dark or light. */
export const onSystemTheme = (listener: () => void): void =>
  systemDark().addEventListener("change", listener);
