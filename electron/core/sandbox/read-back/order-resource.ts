import type { GuestOrder } from "../../../../shared/model/guest-profile";
import { withoutNulls } from "./guest-resource";

/**
 * An order in the names that ORDER_CHECKOUT gives its fields (facts §2); what the Order REST API calls them is
 * unverified.
 *
 * @param href its own address
 */
export const orderResource = (
  order: GuestOrder,
  guestRef: string,
  href: string,
): Record<string, unknown> => ({
  href,
  ...withoutNulls({
    ref: order.ref,
    guestRef,
    referenceId: order.referenceId,
    orderedAt: order.orderedAt,
    status: order.status,
    currencyCode: order.currencyCode,
    price: order.price,
    paymentType: order.paymentType,
    channel: order.channel,
    pointOfSale: order.pointOfSale,
    orderItems: order.items.map(({ ref, productId, name, type, quantity, price, currencyCode }) =>
      withoutNulls({ ref, type, name, productId, quantity, price, currencyCode }),
    ),
  }),
});
