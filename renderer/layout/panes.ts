const focusable =
  "a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex]:not([tabindex='-1'])";

/** Where the focus last was in a pane, so that coming back goes on from there. */
const lastFocus = new WeakMap<Element, HTMLElement>();

/** When a pane last had the focus, so that a view is entered where it was left. */
const lastUsed = new WeakMap<Element, number>();

const isShown = (element: Element): boolean =>
  element.checkVisibility() && element.closest("[inert]") === null;

const panes = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-pane]")].filter(isShown);

/** What a pane wants focused first: what it marks `data-pane-focus`, else a selected row, else its first control. */
const entryPoint = (pane: HTMLElement): HTMLElement => {
  const remembered = lastFocus.get(pane);
  if (remembered && pane.contains(remembered) && isShown(remembered)) return remembered;
  const wishes = ["[data-pane-focus]", "[aria-selected='true'], [aria-current='true']", focusable];
  for (const wish of wishes) {
    const found = [...pane.querySelectorAll<HTMLElement>(wish)].find(
      (element) => isShown(element) && element.getAttribute("role") !== "separator",
    );
    if (found?.matches(focusable)) return found;
  }
  pane.tabIndex = -1;
  return pane;
};

/** Remembers the focus of each pane. @returns a function that stops it */
export const rememberPaneFocus = (): (() => void) => {
  const remember = (event: FocusEvent): void => {
    const pane = event.target instanceof HTMLElement ? event.target.closest("[data-pane]") : null;
    if (!pane || !(event.target instanceof HTMLElement)) return;
    lastFocus.set(pane, event.target);
    lastUsed.set(pane, event.timeStamp);
  };
  document.addEventListener("focusin", remember);
  return () => document.removeEventListener("focusin", remember);
};

/** Moves the focus to the next pane (`step` 1) or the one before (-1), round the window. */
export const focusPane = (step: 1 | -1): void => {
  const all = panes();
  if (all.length === 0) return;
  const here = document.activeElement?.closest("[data-pane]");
  const at = all.findIndex((pane) => pane === here);
  const next = all[(at + step + all.length * 2) % all.length] ?? all[0];
  if (next) entryPoint(next).focus();
};

/** Puts the focus into the pane of that name, where it is in view. */
export const focusPaneNamed = (name: string): void => {
  const pane = panes().find((element) => element.dataset.pane === name);
  if (pane) entryPoint(pane).focus();
};

/** Puts the focus into a view that has just been opened: into the pane where it was last, else into the first. */
export const focusView = (view: HTMLElement | null): void => {
  const inside = panes().filter((pane) => view?.contains(pane));
  const used = inside.filter((pane) => lastUsed.has(pane));
  const latest = used.sort((a, b) => (lastUsed.get(b) ?? 0) - (lastUsed.get(a) ?? 0))[0];
  const pane = latest ?? inside[0];
  if (pane) entryPoint(pane).focus();
};
