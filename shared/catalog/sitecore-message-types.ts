import type { StreamEvent } from "../model/event";
import type { JsonObject } from "../model/json";
import type { MessageType } from "./message-type";

/**
 * The message types as Sitecore's documentation has them. It has no schema for them that could be checked, so the
 * schemas hold only the fields that all sources agree on; the examples fit its documentation (data model 2.1).
 */
const text = (description: string): JsonObject => ({ type: "string", description });

const agreedFields: JsonObject = {
  type: text("What kind of event it is, in capitals."),
  browser_id: text(
    "Which browser sent it: the id that the browser call answered. The guest context supplies it.",
  ),
  channel: text("Where the guest is, such as `WEB`, `MOBILE_APP` or `KIOSK`. The environment supplies it."),
  pos: text(
    "The point of sale, exactly as the tenant has it. The environment supplies it. Where the tenant does not know " +
      "the name, the event is answered with 201 and then lost.",
  ),
  currency: text("Three capital letters of ISO 4217, such as `EUR`. The environment supplies it."),
  language: text("Two capital letters of ISO 639-1, such as `EN`. The environment supplies it."),
  page: text("The page's name, such as `Home page`."),
  ext: { type: "object", description: "Data of your own: up to 50 names with texts, numbers or booleans." },
};

const messageType = (
  words: Pick<MessageType, "name" | "title" | "summary" | "description" | "phrase">,
  example: StreamEvent,
): MessageType => {
  const type: JsonObject = text(words.description);
  if (words.name !== "CUSTOM") type["const"] = words.name;
  return {
    ...words,
    schema: {
      type: "object",
      description: words.summary,
      required: ["type", "browser_id", "pos"],
      properties: { ...agreedFields, type },
    },
    example,
  };
};

export const sitecoreMessageTypes: readonly MessageType[] = [
  messageType(
    {
      name: "VIEW",
      title: "Page view",
      summary: "A guest opened a page or a screen",
      description:
        "Send it each time a page or an app screen opens. `page` is the page's name, not its address.",
      phrase: "a page view",
    },
    { type: "VIEW", page: "Summer sale", referrer: "https://search.example/", ext: { pageType: "category" } },
  ),
  messageType(
    {
      name: "IDENTITY",
      title: "Guest identity",
      summary: "A guest said who they are",
      description:
        "Send it when a guest signs up or signs in. What identifies the guest stands in `identifiers`, whose " +
        "providers must be those of the tenant's identity rules; all else is only stored.",
      phrase: "who the guest is",
    },
    {
      type: "IDENTITY",
      identifiers: [{ provider: "email", id: "ada@lovelace.example.com" }],
      email: "ada@lovelace.example.com",
      firstname: "Ada",
      lastname: "Lovelace",
      dob: "1990-12-10T00:00",
      phone: "+442079460123",
      street: ["12 St James's Square"],
      city: "London",
      country: "GB",
      postal_code: "SW1Y 4JH",
      page: "Create account",
    },
  ),
  messageType(
    {
      name: "ORDER_CHECKOUT",
      title: "Order",
      summary: "A guest placed an order",
      description:
        "Send it once for each order, after an IDENTITY event of the same guest. The order stands in `order`, with " +
        "names such as `referenceId` and `orderItems`.",
      phrase: "an order",
    },
    {
      type: "ORDER_CHECKOUT",
      order: {
        referenceId: "A-10293",
        orderedAt: "2026-05-04T10:15:30.000Z",
        status: "PURCHASED",
        currencyCode: "EUR",
        price: 88.8,
        paymentType: "Card",
        cardType: "Visa",
        orderItems: [
          { type: "APPAREL", productId: "TEE-001", name: "Organic cotton tee", quantity: 2, price: 19.9 },
          { type: "APPAREL", productId: "BAG-014", name: "Canvas weekend bag", quantity: 1, price: 49 },
        ],
      },
      page: "Thank you",
    },
  ),
  messageType(
    {
      name: "ADD",
      title: "Add to cart",
      summary: "A guest put a product in the cart",
      description:
        "Send it for each product that goes into the cart. `product` has an `item_id` and numbers for amounts.",
      phrase: "a product added",
    },
    {
      type: "ADD",
      product: {
        type: "APPAREL",
        item_id: "TEE-001-M",
        productId: "TEE-001",
        name: "Organic cotton tee",
        orderedAt: "2026-05-04T10:10:00.000Z",
        quantity: 1,
        price: 19.9,
        currency: "EUR",
        originalPrice: 19.9,
        originalCurrencyCode: "EUR",
        referenceId: "TEE-001-M-1",
      },
      page: "Organic cotton tee",
    },
  ),
  messageType(
    {
      name: "SEARCH",
      title: "Search",
      summary: "A guest searched for something",
      description:
        "Send it when a guest searches: `product_name` is what for, `product_type` in which range.",
      phrase: "a search",
    },
    { type: "SEARCH", product_name: "rain coat", product_type: "APPAREL", page: "Search results" },
  ),
  messageType(
    {
      name: "CUSTOM",
      title: "Custom event",
      summary: "Something of your own happened",
      description:
        "Send it for what the other types do not cover. `type` is a name of your own; your data goes into `ext`.",
      phrase: "your own event",
    },
    {
      type: "shop:WISHLIST_ADD",
      ext: { sku: "HAT-014", listName: "Birthday", position: 3 },
      page: "Straw hat",
    },
  ),
];
