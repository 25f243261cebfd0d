/** Milliseconds that an orderly end may take. */
const longestEnd = 10_000;

/**
 * Waits until this process is asked to end: Ctrl-C, a signal, or the end of the process that started it over an
 * IPC channel. To be called early, so that nothing is missed.
 */
export const endIsAsked = (): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => resolve();
    // Kept for good: a second Ctrl-C must not cut the orderly end short.
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
    if (process.connected) process.on("disconnect", end);
  });

/** Ends in order; what hangs is cut. */
export const endWithin = async (close: () => Promise<void>): Promise<void> => {
  const cut = setTimeout(() => {
    process.stderr.write("Bellhop did not end in time and was cut off.\n");
    process.exit(1);
  }, longestEnd);
  await close();
  clearTimeout(cut);
};
