/** The scheme and host of the window's page. A scheme of our own has an origin, unlike `file:`. */
export const applicationScheme = "app";
export const applicationOrigin = "app://bellhop";
export const applicationPage = `${applicationOrigin}/`;

/** The page that stands in for one that crashes again and again. */
export const crashedPath = "/crashed";

/** Whether an address lies in the window's own origin. */
export const isOurs = (address: string): boolean =>
  address === applicationOrigin || address.startsWith(applicationPage);
