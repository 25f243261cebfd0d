/** The channels that Sitecore's documentation lists (event object). The specification has four of its own. */
export const documentedChannels: ReadonlySet<string> = new Set([
  "AIRPORT_KIOSK",
  "BRANCH",
  "CALL_CENTER",
  "EMAIL",
  "GDS",
  "KIOSK",
  "MOBILE_APP",
  "MOBILE_WEB",
  "SMS",
  "OFFLINE",
  "OTA",
  "OTHER",
  "WEB",
]);

/** The channels that the specification lists. */
export const specificationChannels: ReadonlySet<string> = new Set([
  "WEB",
  "MOBILE_WEB",
  "MOBILE_APP",
  "SERVER_SIDE",
]);
