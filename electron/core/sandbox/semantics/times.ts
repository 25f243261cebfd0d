/** The latest and earliest instants that a date can hold, in epoch milliseconds. */
const furthest = 8.64e15;

/** ISO 8601 in UTC; an instant outside what a date can hold becomes the nearest that it can. */
export const isoTime = (epoch: number): string =>
  new Date(Math.min(furthest, Math.max(-furthest, Number.isNaN(epoch) ? 0 : epoch))).toISOString();

const dateAndTime = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * Reads a date, or a date and time as both catalogs write it (`YYYY-MM-DDThh:mm` without a zone is UTC here, whatever
 * zone this machine is in).
 *
 * @returns epoch milliseconds, undefined where the text is no such date
 */
export const readTime = (text: string): number | undefined => {
  const [, day, minutes = "00:00", seconds = ":00", zone = "Z"] = dateAndTime.exec(text) ?? [];
  const epoch = day === undefined ? NaN : Date.parse(`${day}T${minutes}${seconds}${zone}`);
  return Number.isNaN(epoch) ? undefined : epoch;
};
