export type PresenterMove = "next" | "back" | "first" | "last" | "veil" | "leave";

const moves: Readonly<Record<string, PresenterMove>> = {
  ArrowRight: "next",
  ArrowDown: "next",
  PageDown: "next",
  " ": "next",
  ArrowLeft: "back",
  ArrowUp: "back",
  PageUp: "back",
  Backspace: "back",
  Home: "first",
  End: "last",
  v: "veil",
  V: "veil",
  Escape: "leave",
};

/** What a key does on the stage: the keys of every presentation, and of the remote controls that send them. */
export const moveOf = (
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">,
): PresenterMove | null => {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.key === " " && event.shiftKey) return "back";
  return moves[event.key] ?? null;
};
