import { useStepActions } from "./step-actions";
import { useStepSelection } from "./step-selection";
import { matchesKeys } from "../../../ui/key-names";

interface KeyParts {
  /** Rows that a page moves by. */
  page(): number;
  /** Goes on to the editor of the step, or to its name. */
  edit(part?: "name"): void;
  perform(run: () => void | Promise<void>): void;
}

/** Every key of the step list. Copy, cut and paste are the browser's own events; what holds in the whole view is a command. */
export const useStepKeys = ({ page, edit, perform }: KeyParts): ((event: KeyboardEvent) => void) => {
  const actions = useStepActions();
  const selection = useStepSelection();

  const at = (): number => selection.rows.findIndex(({ number }) => number === selection.active);
  const goTo = (index: number, extend: boolean): void => {
    const last = selection.rows.length - 1;
    const row = selection.rows[Math.min(Math.max(index, 0), last)];
    if (!row) return;
    if (extend) selection.extendTo(row.number);
    else selection.select(row.number);
  };
  const by = (rows: number, extend: boolean): void => {
    const from = at();
    // Without a selection the arrows begin at the end they come from.
    if (from === -1) goTo(rows > 0 ? 0 : Infinity, extend);
    else goTo(from + rows, extend);
  };
  const close = (): void => {
    const row = selection.activeRow;
    if (!row) return;
    if (row.foldable && !row.folded) selection.fold(row.number, true);
    else if (row.parent !== null) selection.select(row.parent);
  };
  const open = (): void => {
    const row = selection.activeRow;
    if (!row?.foldable) return;
    if (row.folded) selection.fold(row.number, false);
    else by(1, false);
  };

  const moves: Record<string, (extend: boolean) => void> = {
    ArrowUp: (extend) => by(-1, extend),
    ArrowDown: (extend) => by(1, extend),
    PageUp: (extend) => by(-page(), extend),
    PageDown: (extend) => by(page(), extend),
    Home: (extend) => goTo(0, extend),
    End: (extend) => goTo(Infinity, extend),
    ArrowLeft: close,
    ArrowRight: open,
  };
  const keys: readonly [string, () => void][] = [
    ["Alt+ArrowUp", () => perform(() => actions.move("up"))],
    ["Alt+ArrowDown", () => perform(() => actions.move("down"))],
    ["Alt+ArrowLeft", () => perform(() => actions.move("out"))],
    ["Alt+ArrowRight", () => perform(() => actions.move("in"))],
    ["Enter", () => selection.active !== null && edit()],
    ["F2", () => selection.active !== null && edit("name")],
    ["Delete", () => perform(actions.remove)],
    ["Backspace", () => perform(actions.remove)],
    ["Mod+D", () => perform(actions.duplicate)],
    ["Mod+/", () => perform(() => actions.toggleKey("disabled"))],
    ["Mod+A", () => selection.selectAll(selection.rows.map(({ number }) => number))],
    ["Mod+ ", () => selection.active !== null && selection.toggle(selection.active)],
    ["+", () => (actions.adding = true)],
    ["Insert", () => (actions.adding = true)],
    ["Escape", () => selection.select(null)],
  ];

  return (event) => {
    if (event.target !== event.currentTarget) return;
    const plain = !event.altKey && !event.ctrlKey && !event.metaKey;
    const move = plain ? moves[event.key] : undefined;
    const key = move ? undefined : keys.find(([combination]) => matchesKeys(event, combination));
    if (move) move(event.shiftKey);
    else if (key) key[1]();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
};
