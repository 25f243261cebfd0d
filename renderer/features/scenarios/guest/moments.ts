const clock = new Intl.DateTimeFormat("en-GB", {
  ...{ hour: "2-digit", minute: "2-digit", second: "2-digit" },
  fractionalSecondDigits: 3,
});

/** The time of day on this machine, to the millisecond: `10:44:12.031`. */
export const timeOfDay = (iso: string): string => clock.format(new Date(iso));
