/**
 * Moves the focus within a list by arrows, Home and End, so that Tab passes the list as one stop.
 *
 * @param event a key press inside the list
 * @param selector which elements of the list take the focus
 */
export const moveFocus = (event: KeyboardEvent, selector: string): void => {
  const list = event.currentTarget;
  if (!(list instanceof HTMLElement) || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey)
    return;
  const rows = [...list.querySelectorAll<HTMLElement>(selector)];
  const at = rows.findIndex((row) => row === document.activeElement);
  if (at === -1) return;
  const targets: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: rows.length - 1,
  };
  const row = rows[targets[event.key] ?? -1];
  if (!row) return;
  event.preventDefault();
  row.focus();
};
