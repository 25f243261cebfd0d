/** Runs one piece of work after the other, in the order they were given. */
export interface Turns {
  take<T>(work: () => Promise<T>): Promise<T>;
}

export const createTurns = (): Turns => {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take(work) {
      const turn = last.then(work);
      // What fails is its own caller's concern.
      last = turn.catch(() => undefined);
      return turn;
    },
  };
};
