/** Whether this keyboard says Cmd where others say Ctrl. */
export const isMac = typeof navigator !== "undefined" && /mac/i.test(navigator.platform);

const macNames: Record<string, string> = { Mod: "⌘", Ctrl: "⌃", Alt: "⌥", Shift: "⇧" };
const names: Record<string, string> = {
  Mod: "Ctrl",
  Enter: "↵",
  Escape: "Esc",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Shift: "⇧",
};

const spokenNames: Record<string, string> = { Mod: "Ctrl", Escape: "Escape" };

/**
 * The caps of a combination, left to right.
 *
 * @param keys such as `Mod+K` or `Shift+F6`; `Mod` is Cmd on macOS and Ctrl elsewhere
 */
export const keyCaps = (keys: string, mac = isMac): string[] =>
  keys.split("+").map((key) => (mac ? macNames[key] : undefined) ?? names[key] ?? key);

/** The combination in words, for screen readers and titles: `Ctrl+Enter`. */
export const keyWords = (keys: string, mac = isMac): string =>
  keys
    .split("+")
    .map((key) => (mac && key === "Mod" ? "Cmd" : (spokenNames[key] ?? key)))
    .join("+");

/** The combination as `aria-keyshortcuts` wants it: `Control+Enter`. */
export const keyShortcuts = (keys: string, mac = isMac): string =>
  keys
    .split("+")
    .map((key) => (key === "Mod" ? (mac ? "Meta" : "Control") : key === "Ctrl" ? "Control" : key))
    .join("+");

/**
 * Whether a key press is a combination. Letters are compared by the character that the layout gives, digits by the
 * place of the key, because a French keyboard gives digits with Shift only.
 */
export const matchesKeys = (
  event: Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">,
  keys: string,
  mac = isMac,
): boolean => {
  const parts = keys.split("+");
  const wanted = parts.pop() ?? "";
  const has = (name: string): boolean => parts.includes(name);
  const ctrl = has("Ctrl") || (!mac && has("Mod"));
  const meta = mac && has("Mod");
  if (event.ctrlKey !== ctrl || event.metaKey !== meta) return false;
  if (event.altKey !== has("Alt") || event.shiftKey !== has("Shift")) return false;
  if (/^[0-9]$/.test(wanted)) return event.code === `Digit${wanted}` || event.key === wanted;
  // The key below Escape gives another sign on many keyboards, and with Shift on all of them.
  if (wanted === "`") return event.code === "Backquote";
  return event.key.toLowerCase() === wanted.toLowerCase();
};
