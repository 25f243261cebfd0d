import type { Draft } from "../../../shared/model/draft";

/** The drafts in the person's order; those that it does not name yet are new and stand on top, the newest first. */
export const orderDrafts = (drafts: Iterable<Draft>, order: readonly string[]): Draft[] => {
  const places = new Map(order.map((id, index) => [id, index]));
  const placeOf = ({ id }: Draft): number => places.get(id) ?? -1;
  return [...drafts].sort(
    (one, other) => placeOf(one) - placeOf(other) || other.createdAt.localeCompare(one.createdAt),
  );
};

/** The ids with one of them put before another (null: at the end). */
export const moveBefore = (ids: readonly string[], id: string, before: string | null): string[] => {
  if (id === before) return [...ids];
  const rest = ids.filter((each) => each !== id);
  const at = before === null ? rest.length : rest.indexOf(before);
  return at === -1 ? [...ids] : [...rest.slice(0, at), id, ...rest.slice(at)];
};

/**
 * Before which draft one goes that is moved up (-1) or down (1) by a row.
 *
 * @returns undefined where it cannot go further
 */
export const stepTarget = (ids: readonly string[], id: string, step: 1 | -1): string | null | undefined => {
  const at = ids.indexOf(id);
  if (at === -1) return undefined;
  if (step === -1) return ids[at - 1];
  return at === ids.length - 1 ? undefined : (ids[at + 2] ?? null);
};
