import { isJsonObject } from "../../../../shared/catalog/json-values";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { Issue } from "../../../../shared/model/verdict";
import { isIdentified } from "./identified";
import { placeOrder, repeatedReference, type OrderRequest } from "./orders";
import { readPrice } from "./prices";
import { issueOf, type Occasion, type Rule } from "./ruling";
import { sources } from "./sources";
import { finite, keyOf, own, textOf } from "./values";

/** Items of one order that a profile keeps; Sitecore's own reports know the first hundred. */
const mostItems = 1_000;

/** Where each catalog has what an order says. */
interface Shape {
  /** The object that holds the fields, as a JSON Pointer. */
  at: string;
  referenceId: string;
  orderedAt: string;
  price: string;
  paymentType: string;
  items: string;
  productId: string;
  /** The status of an order that names none. */
  status: string;
}

/** AsyncAPI document: ORDER_CHECKOUT, flat. */
const flat: Shape = {
  at: "",
  referenceId: "reference_id",
  orderedAt: "ordered_at",
  price: "total_price",
  paymentType: "payment_type",
  items: "items",
  productId: "sku",
  status: "CONFIRMED",
};

/** Sitecore: ORDER_CHECKOUT event, everything in `order`. */
const nested: Shape = {
  at: "/order",
  referenceId: "referenceId",
  orderedAt: "orderedAt",
  price: "price",
  paymentType: "paymentType",
  items: "orderItems",
  productId: "productId",
  status: "PURCHASED",
};

/**
 * ORDER_CHECKOUT in both shapes. Sitecore (ORDER_CHECKOUT event): the guest must be identified first. The AsyncAPI
 * document asks for no such thing, so there it is a setting.
 */
export const orderCheckout: Rule = (guest, index, occasion) => {
  const { event, rules } = occasion;
  const shape = event.catalog === "spec" ? flat : nested;
  const fields = event.catalog === "spec" ? event.payload : own(event.payload, "order");
  if (!isJsonObject(fields))
    return {
      failed: [
        failure(occasion, "missing-field", "/order", "/order must be an object with the order's fields."),
      ],
    };
  const failed: Issue[] = [];
  if (!isIdentified(guest, occasion) && (event.catalog === "sitecore" || rules.unidentifiedOrder === "fail"))
    failed.push(unidentified(occasion));
  const path = `${shape.at}/${shape.referenceId}`;
  const referenceId = keyOf(own(fields, shape.referenceId));
  if (referenceId === undefined)
    return {
      failed: [...failed, failure(occasion, "missing-field", path, `${path} must be the order's reference.`)],
    };
  const repeated = repeatedReference(occasion, referenceId, path);
  if (repeated !== undefined) failed.push(repeated);
  if (failed.length > 0) return { failed };
  const request = readOrder(occasion, fields, shape, referenceId);
  // The AsyncAPI document says how such an order looks, not what becomes of it.
  return placeOrder(guest, index, occasion, request, {
    certainty: event.catalog === "spec" ? "unverified" : "documented",
    source: event.catalog === "spec" ? sources.bellhop : sources.orderCheckout,
  });
};

const failure = (occasion: Occasion, code: string, path: string, message: string): Issue =>
  issueOf(occasion, { severity: "error", code, path, message, certainty: "unverified" });

const unidentified = (occasion: Occasion): Issue =>
  issueOf(occasion, {
    severity: "error",
    code: "unidentified-guest",
    path: "",
    message: "The guest is not identified, so the order has no owner.",
    hint: "Send an IDENTITY whose identifier has an identity rule first.",
    certainty: occasion.event.catalog === "sitecore" ? "documented" : "unverified",
  });

const readOrder = (
  occasion: Occasion,
  fields: JsonObject,
  shape: Shape,
  referenceId: string,
): OrderRequest => {
  const { event, rules } = occasion;
  const currency = own(
    event.catalog === "spec" ? event.payload : fields,
    event.catalog === "spec" ? "currency" : "currencyCode",
  );
  const { items, issues } = readItems(occasion, own(fields, shape.items), shape, currency);
  return {
    referenceId,
    orderedAt: own(fields, shape.orderedAt),
    paths: { price: `${shape.at}/${shape.price}`, orderedAt: `${shape.at}/${shape.orderedAt}` },
    status: textOf(own(fields, "status")) ?? shape.status,
    price: readPrice(own(fields, shape.price), currency, rules),
    paymentType: textOf(own(fields, shape.paymentType)) ?? null,
    items,
    issues,
  };
};

const readItems = (
  occasion: Occasion,
  value: JsonValue | undefined,
  shape: Shape,
  currency: JsonValue | undefined,
): Pick<OrderRequest, "items" | "issues"> => {
  if (value === undefined) return { items: [], issues: [] };
  const path = `${shape.at}/${shape.items}`;
  const warn = (code: string, message: string): Issue =>
    issueOf(occasion, { severity: "warning", code, path, message, certainty: "unverified" });
  if (!Array.isArray(value))
    return { items: [], issues: [warn("wrong-type", `${path} is no list, so the order has no items.`)] };
  const items: OrderRequest["items"] = [];
  for (const item of value.slice(0, mostItems)) {
    if (!isJsonObject(item)) continue;
    const price = readPrice(own(item, "price"), own(item, "currencyCode") ?? currency, occasion.rules);
    items.push({
      productId: keyOf(own(item, shape.productId)) ?? null,
      name: textOf(own(item, "name")) ?? null,
      type: textOf(own(item, "type")) ?? null,
      quantity: finite(own(item, "quantity")) ?? 1,
      price: price.amount,
      currencyCode: price.currency,
    });
  }
  const left = value.length - items.length;
  const issues =
    left === 0
      ? []
      : [
          warn(
            "items-left-out",
            `${left} of ${value.length} items of ${path} were left out: an order keeps ${mostItems} items that are objects.`,
          ),
        ];
  return { items, issues };
};
