/** What is saved, and how it is told. */
export interface AutosaveOptions {
  /** Milliseconds without a change until it is saved. */
  delay: number;
  /** Saves what the thing with this id is by then. */
  save(id: string): Promise<void>;
  /** A save failed; what was not saved stays unsaved and goes with the next save. */
  failed(error: unknown, id: string): void;
}

/** Saves each thing a moment after its last change, one save of it at a time, and never loses a change. */
export interface Autosave {
  /** Something changed. */
  touch(id: string): void;
  /** Whether a change is not saved yet, or is being saved. */
  isUnsaved(id: string): boolean;
  /** Starts at once every save that waits; for when the window goes away. */
  flush(): void;
  /** Tries again what failed. */
  retry(): void;
  /** It is gone: nothing of it is to be saved any more. */
  forget(id: string): void;
}

interface Waiting {
  timer: ReturnType<typeof setTimeout> | undefined;
  dirty: boolean;
  running: boolean;
}

export const createAutosave = ({ delay, save, failed }: AutosaveOptions): Autosave => {
  const all = new Map<string, Waiting>();

  const start = async (id: string, waiting: Waiting): Promise<void> => {
    clearTimeout(waiting.timer);
    waiting.timer = undefined;
    // A save that runs sees to it that what changed meanwhile follows.
    if (waiting.running || !waiting.dirty) return;
    waiting.dirty = false;
    waiting.running = true;
    try {
      await save(id);
    } catch (error) {
      waiting.dirty = true;
      if (all.get(id) === waiting) failed(error, id);
      return;
    } finally {
      waiting.running = false;
    }
    if (all.get(id) !== waiting) return;
    if (waiting.dirty) schedule(id, waiting);
    else all.delete(id);
  };

  const schedule = (id: string, waiting: Waiting): void => {
    clearTimeout(waiting.timer);
    waiting.timer = setTimeout(() => void start(id, waiting), delay);
  };

  const startAll = (): void => {
    for (const [id, waiting] of [...all]) void start(id, waiting);
  };

  return {
    touch(id) {
      const waiting = all.get(id) ?? { timer: undefined, dirty: false, running: false };
      all.set(id, waiting);
      waiting.dirty = true;
      schedule(id, waiting);
    },
    isUnsaved: (id) => all.has(id),
    flush: startAll,
    retry: startAll,
    forget(id) {
      clearTimeout(all.get(id)?.timer);
      all.delete(id);
    },
  };
};
