/** Work that waits for a pause in the typing; each name waits by itself. */
export interface Pauses {
  /** Does the work after a pause, in place of what waited under this name. */
  after(name: string, milliseconds: number, work: () => void): void;
  /** What waits under this name is not done. */
  drop(name: string): void;
}

export const createPauses = (): Pauses => {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const drop = (name: string): void => {
    clearTimeout(timers.get(name));
    timers.delete(name);
  };
  return {
    drop,
    after(name, milliseconds, work) {
      drop(name);
      const due = (): void => {
        timers.delete(name);
        work();
      };
      timers.set(name, setTimeout(due, milliseconds));
    },
  };
};
