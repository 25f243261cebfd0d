/** The channels that Sitecore's documentation lists (event object). */
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
