import type { Draft } from "../../../shared/model/draft";

/**
 * The drafts in whose name, type or text every word of a search occurs, in any case. Those that have all words in
 * name or type come first; otherwise the order stays.
 */
export const findDrafts = <D extends Pick<Draft, "name" | "messageType" | "text">>(
  drafts: readonly D[],
  query: string,
): D[] => {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...drafts];
  const hasAll = (text: string): boolean => {
    const lower = text.toLowerCase();
    return words.every((word) => lower.includes(word));
  };
  const byName = drafts.filter(({ name, messageType }) => hasAll(`${name}\n${messageType}`));
  const named = new Set(byName);
  const byText = drafts.filter(
    (draft) => !named.has(draft) && hasAll(`${draft.name}\n${draft.messageType}\n${draft.text}`),
  );
  return [...byName, ...byText];
};
