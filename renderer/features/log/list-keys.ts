/** What a key does in the list of the log; positions are not yet held within its ends. */
export type ListMove =
  /** Chooses the entry there, or selects everything up to it, or goes there and leaves the selection as it is. */
  | { does: "choose" | "extend" | "visit"; to: number }
  | { does: "toggle" | "all" | "open" | "leave" | "remove" | "undo" };

interface Place {
  /** Position of the chosen entry; where there is none, behind the last. */
  at: number;
  /** Rows that one sees at once. */
  page: number;
  total: number;
}

const moves: Readonly<Record<string, (place: Place) => number>> = {
  ArrowUp: ({ at }) => at - 1,
  ArrowDown: ({ at }) => at + 1,
  PageUp: ({ at, page }) => at - page,
  PageDown: ({ at, page }) => at + page,
  Home: () => 0,
  End: ({ total }) => total - 1,
};
const others: Readonly<Record<string, ListMove>> = {
  Enter: { does: "open" },
  Escape: { does: "leave" },
  " ": { does: "toggle" },
  Delete: { does: "remove" },
  Backspace: { does: "remove" },
};
const modifiedOthers: Readonly<Record<string, ListMove>> = { a: { does: "all" }, z: { does: "undo" } };

type Keys = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** The keys of every list: arrows choose, with Shift they extend, with Ctrl or Cmd they only go there. */
export const listMoveOf = (event: Keys, place: Place): ListMove | null => {
  if (event.altKey) return null;
  const modified = event.ctrlKey || event.metaKey;
  const move = moves[event.key];
  if (move) {
    const does = event.shiftKey ? "extend" : modified ? "visit" : "choose";
    return modified && event.shiftKey ? null : { does, to: move(place) };
  }
  if (modified) return event.shiftKey ? null : (modifiedOthers[event.key] ?? null);
  return event.shiftKey ? null : (others[event.key] ?? null);
};
