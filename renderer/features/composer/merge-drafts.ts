import type { Draft } from "../../../shared/model/draft";

/** What becomes of a draft that was changed here and in another window at once. */
export type Merged =
  /** Both changes fit into one draft. */
  | { outcome: "one"; draft: Draft }
  /** Both texts are kept: theirs under the draft's id, ours as a draft of its own. */
  | { outcome: "two"; theirs: Draft; ours: Pick<Draft, "name" | "messageType" | "text"> };

/**
 * Brings two changes of one draft together, so that nobody's typing is lost.
 *
 * @param base as it was last the same in both windows; undefined where it never was
 * @param ours as it is here, not saved
 * @param theirs as it is saved now
 */
export const mergeDrafts = (base: Draft | undefined, ours: Draft, theirs: Draft): Merged => {
  const name = ours.name === base?.name ? theirs.name : ours.name;
  const both = ours.text !== base?.text && theirs.text !== base?.text && ours.text !== theirs.text;
  if (both) {
    const copy = {
      name: `${name.slice(0, 180)} (other window)`,
      messageType: ours.messageType,
      text: ours.text,
    };
    return { outcome: "two", theirs, ours: copy };
  }
  const text = ours.text === base?.text ? theirs.text : ours.text;
  return { outcome: "one", draft: { ...theirs, name, text } };
};
