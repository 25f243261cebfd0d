/** Does the work of each file one after the other: each piece starts from what the one before has made. */
export interface TextQueue {
  /** @returns what the work comes to; a failure is its own and stops nobody behind it */
  inTurn<T>(path: string, work: () => Promise<T>): Promise<T>;
}

export const createTextQueue = (): TextQueue => {
  const tails = new Map<string, Promise<unknown>>();
  return {
    inTurn(path, work) {
      const next = (tails.get(path) ?? Promise.resolve()).then(work);
      const tail = next.catch(() => undefined);
      tails.set(path, tail);
      void tail.then(() => {
        if (tails.get(path) === tail) tails.delete(path);
      });
      return next;
    },
  };
};
