/**
 * Does something that listens for the end of the run, with a signal of its own: a run is long, and what listens to its
 * one signal would stay in memory until its end.
 */
export const untilStopped = async <T>(
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const controller = new AbortController();
  const abort = (): void => controller.abort(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await work(controller.signal);
  } finally {
    signal.removeEventListener("abort", abort);
  }
};
