import { AppError } from "../../../shared/contract/errors";
import type { Draft } from "../../../shared/model/draft";
import { createAutosave } from "./autosave";
import { mergeDrafts, type Merged } from "./merge-drafts";

/** Milliseconds after the last key until a draft is saved. */
const saveDelay = 300;

type Aside = Extract<Merged, { outcome: "two" }>;

export interface DraftSyncParts {
  /** The drafts as this window shows them, by id. */
  drafts: Map<string, Draft>;
  /** Saves on the revision that was seen (0 for a new one). @throws AppError CONFLICT, NOT_FOUND */
  write(draft: Draft, revision: number, before: string | null | undefined): Promise<Draft>;
  /** Every draft as it is saved now. */
  read(): Promise<Draft[]>;
  /** @throws AppError CONFLICT where it is no longer the revision that was seen */
  erase(id: string, revision: number): Promise<unknown>;
  /** Makes a draft of its own of a text that lost its place to another window's. */
  keepAside(aside: Aside): void;
  /** A draft is not here any more. */
  gone(id: string): void;
  failed(error: unknown): void;
}

/** Keeps the drafts of a window the same as those of every other window, and loses nothing that is typed in any. */
export interface DraftSync {
  /** A new one, saved at once; before another one, or on top. */
  add(draft: Draft, before?: string | null): void;
  change(id: string, part: Partial<Pick<Draft, "name" | "text">>): void;
  /** Removes it everywhere. @returns as it was, or null where another window has changed it: then it stays, as changed */
  remove(id: string): Promise<Draft | null>;
  /** What is saved, as another window has left it. */
  take(draft: Draft): void;
  takeRemoval(id: string): void;
  takeAll(all: readonly Draft[]): void;
  /** Saves at once what waits; for when the window goes away. */
  flush(): void;
  /** Tries again what failed. */
  retry(): void;
  isUnsaved(id: string): boolean;
}

const isCode = (error: unknown, ...codes: AppError["code"][]): boolean =>
  error instanceof AppError && codes.includes(error.code);

export const createDraftSync = ({ drafts, write, read, erase, ...parts }: DraftSyncParts): DraftSync => {
  /** Each draft as it was last the same here and there. */
  const saved = new Map<string, Draft>();
  /** What was heard of a draft while a change of this window was on its way. */
  const heard = new Map<string, Draft | "removed">();
  const places = new Map<string, string | null>();

  const show = (draft: Draft): void => {
    saved.set(draft.id, draft);
    drafts.set(draft.id, draft);
  };
  const drop = (id: string): void => {
    autosave.forget(id);
    for (const map of [drafts, saved, heard, places]) map.delete(id);
    parts.gone(id);
  };

  /** What is saved now counts as saved; what was typed meanwhile stays. */
  const noteSaved = (sent: Draft, answer: Draft): void => {
    places.delete(answer.id);
    const now = drafts.get(answer.id);
    if (!now) return;
    saved.set(answer.id, answer);
    const text = now.text === sent.text ? answer.text : now.text;
    const name = now.name === sent.name ? answer.name : now.name;
    drafts.set(answer.id, { ...answer, text, name });
    const later = heard.get(answer.id);
    heard.delete(answer.id);
    if (later === undefined || text !== answer.text || name !== answer.name) return;
    if (later === "removed") drop(answer.id);
    else if (later.revision > answer.revision) show(later);
  };

  /**
   * Another window was faster: both are brought together here first and saved then. Nothing may come between looking
   * at what this window shows and changing it, because a person goes on typing.
   */
  const reconcile = async (id: string): Promise<void> => {
    const theirs = (await read()).find((draft) => draft.id === id);
    const ours = drafts.get(id);
    if (!ours) return;
    heard.delete(id);
    if (!theirs) {
      saved.delete(id);
      autosave.touch(id);
      return;
    }
    const merged = mergeDrafts(saved.get(id), ours, theirs);
    if (merged.outcome === "two") {
      show(theirs);
      parts.keepAside(merged);
      return;
    }
    saved.set(id, theirs);
    drafts.set(id, merged.draft);
    if (merged.draft.text !== theirs.text || merged.draft.name !== theirs.name) autosave.touch(id);
  };

  const autosave = createAutosave({
    delay: saveDelay,
    async save(id) {
      const draft = drafts.get(id);
      if (!draft) return;
      const sent = { ...draft };
      try {
        noteSaved(sent, await write(sent, saved.get(id)?.revision ?? 0, places.get(id)));
      } catch (error) {
        if (!isCode(error, "CONFLICT", "NOT_FOUND")) throw error;
        await reconcile(id);
      }
    },
    failed: (error) => {
      // A lost connection has its own bar, and its return saves again.
      if (!isCode(error, "CLOSED")) parts.failed(error);
    },
  });

  const take = (draft: Draft): void => {
    const known = saved.get(draft.id);
    if (known && draft.revision <= known.revision) return;
    if (autosave.isUnsaved(draft.id)) heard.set(draft.id, draft);
    else show(draft);
  };
  const takeRemoval = (id: string): void => {
    if (autosave.isUnsaved(id)) heard.set(id, "removed");
    else drop(id);
  };

  /** @returns whether it is gone; else it is no longer the revision that was seen */
  const eraseAt = async (id: string, revision: number): Promise<boolean> => {
    try {
      await erase(id, revision);
      return true;
    } catch (error) {
      if (isCode(error, "CONFLICT")) return false;
      throw error;
    }
  };

  return {
    add(draft, before) {
      drafts.set(draft.id, draft);
      if (before !== undefined) places.set(draft.id, before);
      autosave.touch(draft.id);
      autosave.flush();
    },
    change(id, part) {
      const draft = drafts.get(id);
      if (!draft) return;
      drafts.set(id, { ...draft, ...part });
      autosave.touch(id);
    },
    async remove(id) {
      const shown = drafts.get(id) ?? null;
      const seen = [shown, saved.get(id)];
      const wasSeen = ({ text, name }: Draft): boolean =>
        seen.some((draft) => draft?.text === text && draft.name === name);
      let theirs: Draft | undefined = saved.get(id);
      // What is there may be a change of this window, whose answer is still on its way.
      while (!(await eraseAt(id, theirs?.revision ?? 0))) {
        theirs = (await read()).find((draft) => draft.id === id);
        if (!theirs) break;
        if (wasSeen(theirs)) continue;
        take(theirs);
        return null;
      }
      // The news of the removal may have come before its answer.
      const draft = drafts.get(id) ?? shown;
      drop(id);
      return draft;
    },
    take,
    takeRemoval,
    takeAll(all) {
      const there = new Set(all.map(({ id }) => id));
      for (const id of [...drafts.keys()]) if (!there.has(id) && !autosave.isUnsaved(id)) drop(id);
      for (const draft of all) take(draft);
    },
    flush: autosave.flush,
    retry: autosave.retry,
    isUnsaved: autosave.isUnsaved,
  };
};
