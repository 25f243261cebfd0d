/** Whether the screen is ours because we asked; a person may have had it full before. */
let asked = false;

/** Takes the whole screen where that is allowed; without it the stage fills the window. */
export const enterFullScreen = async (): Promise<void> => {
  if (document.fullscreenElement || !document.fullscreenEnabled) return;
  try {
    await document.documentElement.requestFullscreen({ navigationUI: "hide" });
    asked = true;
  } catch {
    // Refused: the stage fills the window.
  }
};

/** Gives the screen back where we took it. */
export const leaveFullScreen = async (): Promise<void> => {
  if (!asked) return;
  asked = false;
  if (document.fullscreenElement) await document.exitFullscreen().catch(() => undefined);
};

/**
 * Tells when the screen is taken back: Escape is the browser's own key then, and no page sees it.
 *
 * @returns a function that stops listening
 */
export const onScreenTakenBack = (listener: () => void): (() => void) => {
  const look = (): void => {
    if (!asked || document.fullscreenElement) return;
    asked = false;
    listener();
  };
  document.addEventListener("fullscreenchange", look);
  return () => document.removeEventListener("fullscreenchange", look);
};
