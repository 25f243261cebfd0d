const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads a duration as every file and option writes it: `500ms`, `2s`, `30m`, `1h`, `21d`.
 *
 * @returns milliseconds, or null where the text is not a duration
 */
export const parseDuration = (text: string): number | null => {
  const [, amount, unit] = /^(\d{1,12})(ms|s|m|h|d)$/.exec(text) ?? [];
  if (amount === undefined || unit === undefined) return null;
  return Number(amount) * (units[unit] ?? 1);
};

/**
 * Writes a duration in the largest unit that loses nothing.
 *
 * @param milliseconds a whole number, 0 or more
 */
export const formatDuration = (milliseconds: number): string => {
  const fits = ([, size]: [string, number]): boolean => milliseconds % size === 0;
  const [unit, size] = Object.entries(units).findLast(fits) ?? ["ms", 1];
  return milliseconds === 0 ? "0ms" : `${milliseconds / size}${unit}`;
};
