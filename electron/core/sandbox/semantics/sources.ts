/** Where the rules are written, as people read it beside a change. */
export const sources = {
  asyncApi: "AsyncAPI document",
  bellhop: "Bellhop's reading",
  browserCreate: "Sitecore: create a browser ID",
  sessions: "Sitecore: understanding sessions and events",
  forceClose: "Sitecore's demo code (FORCE_CLOSE is not documented)",
  identityRules: "Sitecore: configure identity rules, examples of identity rules",
  personalData: "Sitecore: examples of identity rules using personal data (data model 2.0)",
  addContacts: "Sitecore: ADD_CONTACTS event",
  add: "Sitecore: ADD event",
  clearCart: "Sitecore: CLEAR_CART event",
  checkout: "Sitecore: CHECKOUT event; Sitecore Stack Exchange 30928",
  orderCheckout: "Sitecore: ORDER_CHECKOUT event",
} as const;
