/** Lets so many things be under way at once; who comes then waits in line. */
export const createSlots = (count: number) => {
  let free = count;
  const waiting: (() => void)[] = [];
  return {
    /** Waits for a slot. It must be given back. */
    take(): Promise<void> | undefined {
      if (free > 0) {
        free -= 1;
        return undefined;
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
    giveBack(): void {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    },
  };
};
