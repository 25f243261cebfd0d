import { isJsonObject } from "../../../../shared/catalog/json-values";
import type { GuestSession } from "../../../../shared/model/guest-profile";
import type { JsonValue } from "../../../../shared/model/json";
import { withSession } from "./open-sessions";
import { issueOf, type Rule } from "./ruling";
import { sources } from "./sources";
import { keyOf, kindOf, own } from "./values";
import { counted, shown } from "./words";

/** More items than anybody confirms; a hostile event could have a million. */
const mostItems = 1_000;
const mostFlaws = 20;

/**
 * CONFIRM names the products that will be bought. Sitecore Stack Exchange 30928: a bad one is PROCESSED all the same,
 * and it is the CHECKOUT that fails; so what was wrong is kept for then. That several CONFIRMs add up, and that a good
 * one makes up for a bad one before it, is Bellhop's reading.
 */
export const confirm: Rule = (guest, index, occasion) => {
  const session = guest.sessions[index] as GuestSession;
  const { items, flaws } = readItems(own(occasion.event.payload, "product"));
  const inCart = new Set(session.cart.map(({ id }) => id));
  for (const id of items)
    if (!inCart.has(id) && flaws.length < mostFlaws) flaws.push(`${shown(id)} was never added`);
  const known = items.filter((id) => inCart.has(id));
  const all = [...new Set([...(session.confirmed?.items ?? []), ...known])];
  const sessions = withSession(guest.sessions, index, { ...session, confirmed: { items: all, flaws } });
  const issues = flaws.map((flaw) =>
    issueOf(occasion, {
      severity: "warning",
      code: "bad-confirm",
      path: "/product",
      message: `/product is not as CONFIRM needs it: ${flaw}. This event is processed; the CHECKOUT will fail.`,
      certainty: "observed",
    }),
  );
  const why =
    flaws.length === 0
      ? `${counted(items.length, "product")} of the cart ${items.length === 1 ? "was" : "were"} confirmed.`
      : `The confirmation was noted, but a checkout will fail: ${flaws[0]}.`;
  return { guest: { ...guest, sessions }, issues, why, certainty: "observed", source: sources.checkout };
};

const readItems = (product: JsonValue | undefined): { items: string[]; flaws: string[] } => {
  if (!Array.isArray(product)) {
    const flaw =
      product === undefined ? "product is missing" : `product is ${kindOf(product)} and not a list`;
    return { items: [], flaws: [flaw] };
  }
  if (product.length === 0) return { items: [], flaws: ["product is an empty list"] };
  const items: string[] = [];
  const flaws: string[] = [];
  for (const [place, entry] of product.slice(0, mostItems).entries()) {
    const id = isJsonObject(entry) ? keyOf(own(entry, "item_id")) : undefined;
    if (id !== undefined) items.push(id);
    else if (flaws.length < mostFlaws) flaws.push(`product ${place + 1} has no item_id`);
  }
  return { items, flaws };
};
