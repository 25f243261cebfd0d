const units = [
  { name: "day", length: 86_400_000 },
  { name: "hour", length: 3_600_000 },
  { name: "minute", length: 60_000 },
  { name: "second", length: 1_000 },
] as const;

const counted = (count: number, name: string): string => `${count} ${name}${count === 1 ? "" : "s"}`;

/**
 * A length of time in words, in its two largest units: "21 days", "1 day 2 hours", "500 ms".
 *
 * @param milliseconds 0 or more
 */
export const lengthWords = (milliseconds: number): string => {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  let rest = milliseconds;
  const parts = units.flatMap(({ name, length }) => {
    const count = Math.floor(rest / length);
    rest -= count * length;
    return count > 0 ? [counted(count, name)] : [];
  });
  return parts.slice(0, 2).join(" ");
};

/** How far the sandbox's clock is from the real time: "21 days ahead", "real time". */
export const offsetWords = (offset: number): string => {
  if (offset === 0) return "real time";
  return offset > 0 ? `${lengthWords(offset)} ahead` : `${lengthWords(-offset)} behind`;
};

const moment = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

/** A time of the sandbox as people read it, in their own time zone: "Wed, 16 Dec 2026, 10:41:03". */
export const clockWords = (epoch: number): string => moment.format(epoch);

/** What can be let pass with one click. */
export const steps = [
  { label: "30 min", words: "30 minutes", advance: "30m" },
  { label: "1 hour", words: "1 hour", advance: "1h" },
  { label: "1 day", words: "1 day", advance: "1d" },
  { label: "3 weeks", words: "3 weeks", advance: "21d" },
] as const;
