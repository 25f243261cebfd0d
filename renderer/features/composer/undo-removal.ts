import type { Draft } from "../../../shared/model/draft";

/** A draft that was removed, and what it takes to put it back into its place. */
export interface Removal {
  draft: Draft;
  /** The ids of those that stood below it, the nearest first. */
  below: readonly string[];
}

/** @param ids the drafts in their order, this one among them */
export const removalOf = (draft: Draft, ids: readonly string[]): Removal => ({
  draft,
  below: ids.slice(ids.indexOf(draft.id) + 1),
});

/** The draft before which a removed one goes again: the nearest of those below it that is still there; null for the end. */
export const placeOf = ({ below }: Removal, ids: readonly string[]): string | null =>
  below.find((id) => ids.includes(id)) ?? null;
