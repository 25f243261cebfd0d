/** Milliseconds that are looked back. */
const window = 5_000;

interface Sample {
  at: number;
  events: number;
  progress: number | null;
}

/** Tells rate and time left from the last seconds, so that a pause or a slow start does not count for ever. */
export const createForecastOfTime = () => {
  let samples: Sample[] = [];

  const span = (): { first: Sample; last: Sample; time: number } | null => {
    const [first] = samples;
    const last = samples.at(-1);
    if (first === undefined || last === undefined || last.at - first.at < 1) return null;
    return { first, last, time: last.at - first.at };
  };

  return {
    /** @param progress from 0 to 1; null while nobody can tell, or nothing goes on */
    sample(at: number, events: number, progress: number | null): void {
      samples.push({ at, events, progress });
      const start = samples.findIndex((sample) => sample.at >= at - window);
      if (start > 0) samples = samples.slice(start);
    },
    /** Events a second; null before it is known. */
    rate(): number | null {
      const found = span();
      return found && Math.round(((found.last.events - found.first.events) / found.time) * 10_000) / 10;
    },
    /** Milliseconds. */
    left(): number | null {
      const found = span();
      if (found === null || found.first.progress === null || found.last.progress === null) return null;
      const done = found.last.progress - found.first.progress;
      return done > 0 ? Math.round(((1 - found.last.progress) / done) * found.time) : null;
    },
  };
};
