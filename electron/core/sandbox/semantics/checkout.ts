import type { CartItem, GuestProfile, GuestSession } from "../../../../shared/model/guest-profile";
import type { Issue } from "../../../../shared/model/verdict";
import { isIdentified } from "./identified";
import { placeOrder, repeatedReference } from "./orders";
import { addValue, valueOf, type Price, type Values } from "./prices";
import { issueOf, type Occasion, type Rule } from "./ruling";
import { sources } from "./sources";
import { keyOf, own, textOf } from "./values";
import { shown } from "./words";

/**
 * CHECKOUT makes an order of what was added and confirmed in its session. Sitecore Stack Exchange 30928: it fails
 * where an ADD or the CONFIRM is missing or invalid, where a confirmed item was never added, and where the CONFIRM's
 * `product` is an object instead of a list. Sitecore (data model 2.0, ADD_CONTACTS): no contact, no order.
 */
export const checkout: Rule = (guest, index, occasion) => {
  const session = guest.sessions[index] as GuestSession;
  const referenceId = keyOf(own(occasion.event.payload, "reference_id"));
  const status = textOf(own(occasion.event.payload, "status"));
  const items = session.cart.filter(({ id }) => session.confirmed?.items.includes(id));
  const failed = [
    ...missingFields(occasion, referenceId, status),
    ...cartFaults(guest, session, items, occasion),
  ];
  const repeated =
    referenceId === undefined ? undefined : repeatedReference(occasion, referenceId, "/reference_id");
  if (repeated !== undefined) failed.push(repeated);
  if (failed.length > 0 || referenceId === undefined || status === undefined) return { failed };
  const { price, issues } = priceOf(items, occasion);
  const request = {
    referenceId,
    orderedAt: undefined,
    // Its prices came with earlier events.
    paths: { price: "", orderedAt: "" },
    status,
    price,
    paymentType: null,
    items: items.map(({ id, name, quantity, price: each, currency }) => ({
      productId: id,
      name,
      type: null,
      quantity,
      price: each,
      currencyCode: currency,
    })),
    issues,
  };
  return placeOrder(guest, index, occasion, request, { certainty: "observed", source: sources.checkout });
};

/** Both are required (data model 2.1, CHECKOUT event); that their absence fails the event is not verified. */
const missingFields = (
  occasion: Occasion,
  referenceId: string | undefined,
  status: string | undefined,
): Issue[] => {
  const missing = (path: string, message: string): Issue =>
    issueOf(occasion, { severity: "error", code: "missing-field", path, message, certainty: "unverified" });
  return [
    ...(referenceId === undefined
      ? [missing("/reference_id", "/reference_id must be the order's reference.")]
      : []),
    ...(status === undefined ? [missing("/status", "/status must say PURCHASED.")] : []),
  ];
};

const cartFaults = (
  guest: GuestProfile,
  { cart, confirmed }: GuestSession,
  items: readonly CartItem[],
  occasion: Occasion,
): Issue[] => {
  const faults: Issue[] = [];
  const fault = (code: string, message: string, hint: string): void => {
    faults.push(
      issueOf(occasion, { severity: "error", code, path: "", message, hint, certainty: "observed" }),
    );
  };
  if (cart.length === 0)
    fault("nothing-added", "No product was added in this session.", "Send an ADD for each product first.");
  if (confirmed === undefined)
    fault("nothing-confirmed", "No CONFIRM came in this session.", "Send a CONFIRM with the item_ids first.");
  for (const flaw of confirmed?.flaws ?? [])
    fault(
      "bad-confirm",
      `The CONFIRM before it was not valid: ${flaw}.`,
      "CONFIRM's product is a list of objects, each with the item_id of an ADD.",
    );
  for (const { id, flaw } of items)
    if (flaw !== undefined)
      fault(
        "invalid-add",
        `The ADD of ${shown(id)} was not valid: ${flaw}.`,
        "Numbers are written without quotation marks.",
      );
  if (occasion.rules.dataModel === "2.0" && !isIdentified(guest, occasion))
    fault(
      "unidentified-guest",
      "In data model 2.0 there is no order without an identified contact.",
      "Send ADD_CONTACTS or IDENTITY first.",
    );
  return faults.slice(0, 100);
};

/** An order has one currency: that of its first item that counts. What is in another is said and left out. */
const priceOf = (items: readonly CartItem[], occasion: Occasion): { price: Price; issues: Issue[] } => {
  const values: Values = valueOf(items);
  const [first, ...others] = Object.keys(values);
  if (first === undefined) {
    const currency = items[0]?.currency ?? null;
    return { price: { amount: 0, currency, flaw: "no price of its items counts" }, issues: [] };
  }
  const amount = addValue({}, first, values[first] ?? 0)[first] ?? 0;
  if (others.length === 0) return { price: { amount, currency: first, flaw: null }, issues: [] };
  const issue = issueOf(occasion, {
    severity: "warning",
    code: "mixed-currencies",
    path: "",
    message: `The order counts what is in ${first}; its items in ${others.join(", ")} are left out.`,
    certainty: "unverified",
  });
  return { price: { amount, currency: first, flaw: null }, issues: [issue] };
};
