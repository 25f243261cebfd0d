import { readRevision } from "./sandbox-client";

/** Milliseconds between two looks. */
const interval = 1_000;

interface WatchOptions {
  /** The sandbox of another process; null where there is none to look at. */
  url(): Promise<string | null>;
  /** Its guests have changed, or it is another sandbox now. */
  onChange(): void;
}

/** Notices what changes in another process's sandbox, by its revision. Keeps no process alive. */
export const watchRemote = ({ url, onChange }: WatchOptions): { close(): void } => {
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  let seen: string | null = null;

  const look = async (): Promise<void> => {
    const address = await url();
    const revision = address === null ? null : await readRevision(address);
    const now = revision === null ? null : `${address ?? ""} ${revision}`;
    if (now !== null && seen !== null && now !== seen && !closed) onChange();
    // While it does not answer, what was last seen still tells whether something has changed.
    seen = address === null ? null : (now ?? seen);
  };

  const schedule = (): void => {
    if (closed) return;
    timer = setTimeout(() => {
      // A look that fails shows nothing; the next one may.
      void look()
        .catch(() => undefined)
        .finally(schedule);
    }, interval).unref();
  };
  schedule();

  return {
    close() {
      closed = true;
      if (timer) clearTimeout(timer);
    },
  };
};
