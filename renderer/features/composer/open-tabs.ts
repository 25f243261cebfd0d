import type { JsonValue } from "../../../shared/model/json";

/** Which drafts are open in tabs, in their order, and which of them is in front. */
export interface OpenTabs {
  open: readonly string[];
  active: string | null;
}

export const noTabs: OpenTabs = { open: [], active: null };

/** Brings a draft to the front, in a new tab at the end where it has none. */
export const openTab = ({ open }: OpenTabs, id: string): OpenTabs => ({
  open: open.includes(id) ? open : [...open, id],
  active: id,
});

/** Closes a tab; the one to its right comes to the front, else the one to its left. */
export const closeTab = (tabs: OpenTabs, id: string): OpenTabs => {
  const at = tabs.open.indexOf(id);
  if (at === -1) return tabs;
  const open = tabs.open.filter((other) => other !== id);
  return { open, active: tabs.active === id ? (open[at] ?? open[at - 1] ?? null) : tabs.active };
};

/** The next tab (`step` 1) or the one before (-1), round the row. */
export const stepTab = (tabs: OpenTabs, step: 1 | -1): OpenTabs => {
  if (tabs.active === null || tabs.open.length === 0) return tabs;
  const at = tabs.open.indexOf(tabs.active);
  return { ...tabs, active: tabs.open[(at + step + tabs.open.length) % tabs.open.length] ?? tabs.active };
};

/** Keeps the tabs of drafts that still exist. */
export const onlyExisting = (tabs: OpenTabs, exists: (id: string) => boolean): OpenTabs =>
  tabs.open.filter((id) => !exists(id)).reduce(closeTab, tabs);

/** Puts the tabs that a person has opened meanwhile behind the remembered ones; what is in front there stays in front. */
export const behind = (remembered: OpenTabs, meanwhile: OpenTabs): OpenTabs =>
  meanwhile.active === null
    ? remembered
    : { open: meanwhile.open.reduce(openTab, remembered).open, active: meanwhile.active };

/** Reads what was remembered; another version of Bellhop may have written it. */
export const readTabs = (value: JsonValue): OpenTabs => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return noTabs;
  const { open, active } = value;
  const ids = Array.isArray(open) ? open.filter((id) => typeof id === "string") : [];
  const unique = [...new Set(ids)];
  const front = typeof active === "string" && unique.includes(active) ? active : (unique[0] ?? null);
  return { open: unique, active: front };
};
