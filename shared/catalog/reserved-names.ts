/**
 * Names that no event of one's own may have: Sitecore's list of standard types (custom event, Cloud SDK 0.6), in
 * upper case, because names are compared so.
 */
export const reservedNames: ReadonlySet<string> = new Set([
  "ADD",
  "ADD_CONSUMERS",
  "ADD_CONTACTS",
  "CAMPAIGN_TRACKING",
  "CHECKOUT",
  "CLEAR_CART",
  "CONFIRM",
  "FEEDBACK",
  "IDENTITY",
  "INTERACTION",
  "ORDER_CHECKOUT",
  "PAYMENT",
  "SUBSCRIPTION",
  "SEARCH",
  "TRACKING",
  "VIEW",
]);

/** What Sitecore's own widgets start their names with. */
export const reservedPrefix = "SC_";

/** Whether a name belongs to Sitecore, in whatever case it is written. */
export const isReservedName = (name: string): boolean => {
  const upper = name.toUpperCase();
  return reservedNames.has(upper) || upper.startsWith(reservedPrefix);
};
