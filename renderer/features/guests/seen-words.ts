const minute = 60_000;
const day = 24 * 60 * minute;
const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "short" });
const date = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const farDate = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric" });

const startOfDay = (milliseconds: number): number => new Date(milliseconds).setHours(0, 0, 0, 0);

/**
 * When a guest was last seen, as short as it can be said: `now`, `10:36`, `Sun`, `3 Nov`, `Nov 2024`.
 *
 * @param now epoch milliseconds, by the clock that the time comes from
 */
export const seenWords = (iso: string, now: number): string => {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return "";
  if (Math.abs(now - at) < minute) return "now";
  const days = Math.round((startOfDay(now) - startOfDay(at)) / day);
  if (days === 0) return time.format(at);
  if (days > 0 && days < 7) return weekday.format(at);
  return Math.abs(days) < 330 ? date.format(at) : farDate.format(at);
};
