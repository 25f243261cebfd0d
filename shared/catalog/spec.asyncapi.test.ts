import { Parser } from "@asyncapi/parser";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { JsonObject, JsonValue } from "../model/json";

const text = readFileSync(new URL("spec.asyncapi.yaml", import.meta.url), "utf8");
const document = parse(text) as {
  servers: Record<string, { url: string; protocol: string; security: JsonValue }>;
  channels: Record<string, { publish: { operationId: string; message: { oneOf: { $ref: string }[] } } }>;
  components: {
    securitySchemes: Record<string, JsonObject>;
    messages: Record<string, { name: string; contentType: string; payload: { $ref: string } }>;
    schemas: Record<string, JsonObject>;
  };
};

test("the official parser accepts the document without an error, and asks no network for anything", async () => {
  const asked: string[] = [];
  const refuse = (schema: string) => ({
    schema,
    order: 1,
    canRead: true,
    read: (address: { toString(): string }) => {
      asked.push(address.toString());
      throw new Error("The document must not refer to anything outside.");
    },
  });
  const resolvers = ["http", "https", "file"].map(refuse);
  const parser = new Parser({ __unstable: { resolver: { resolvers } } });
  const { document: parsed, diagnostics } = await parser.parse(text);
  expect(diagnostics.filter(({ severity }) => severity === 0)).toEqual([]);
  // The two that remain: AsyncAPI 3 exists, and the vendor's contact has no e-mail address to give.
  expect(diagnostics.map(({ code }) => String(code)).sort()).toEqual([
    "asyncapi-info-contact-properties",
    "asyncapi-latest-version",
  ]);
  expect(
    parsed
      ?.allMessages()
      .all()
      .map((message) => message.name())
      .sort(),
  ).toEqual(["ADD", "CUSTOM", "IDENTITY", "ORDER_CHECKOUT", "SEARCH", "VIEW"]);
  expect(asked).toEqual([]);
});

test("the servers are the four regions, each with basic authentication", () => {
  const servers = Object.entries(document.servers).map(([name, { url, protocol, security }]) => [
    name,
    url,
    protocol,
    security,
  ]);
  const security = [{ basicAuth: [] }];
  expect(servers).toEqual([
    ["eu", "https://api-engage-eu.sitecorecloud.io", "https", security],
    ["us", "https://api-engage-us.sitecorecloud.io", "https", security],
    ["ap", "https://api-engage-ap.sitecorecloud.io", "https", security],
    ["jp", "https://api-engage-jpe.sitecorecloud.io", "https", security],
  ]);
  expect(constraintsOf(document.components.securitySchemes["basicAuth"] ?? null)).toEqual({
    type: "httpApiKey",
    name: "Authorization",
    in: "header",
  });
});

test("one channel takes the six messages", () => {
  expect(Object.keys(document.channels)).toEqual(["/v1.2/event/create.json"]);
  const operation = document.channels["/v1.2/event/create.json"]?.publish;
  expect(operation?.operationId).toBe("sendEvent");
  expect(operation?.message.oneOf.map(({ $ref }) => $ref)).toEqual(
    ["ViewEvent", "IdentityEvent", "OrderCheckoutEvent", "AddEvent", "SearchEvent", "CustomEvent"].map(
      (name) => `#/components/messages/${name}`,
    ),
  );
  const messages = Object.entries(document.components.messages).map(([key, message]) => [
    key,
    message.name,
    message.contentType,
    message.payload.$ref,
  ]);
  const json = "application/json";
  expect(messages).toEqual([
    ["ViewEvent", "VIEW", json, "#/components/schemas/ViewEventPayload"],
    ["IdentityEvent", "IDENTITY", json, "#/components/schemas/IdentityEventPayload"],
    ["OrderCheckoutEvent", "ORDER_CHECKOUT", json, "#/components/schemas/OrderCheckoutEventPayload"],
    ["AddEvent", "ADD", json, "#/components/schemas/AddEventPayload"],
    ["SearchEvent", "SEARCH", json, "#/components/schemas/SearchEventPayload"],
    ["CustomEvent", "CUSTOM", json, "#/components/schemas/CustomEventPayload"],
  ]);
});

const string = { type: "string" };
const base = { $ref: "#/components/schemas/BaseEventPayload" };
const price = { type: "number", format: "float" };
const product = { sku: string, name: string, price, category: string };

/** Every constraint of the contract, written out; words are left out on both sides. */
const constraints: Record<string, JsonObject> = {
  BaseEventPayload: {
    type: "object",
    required: ["channel", "type", "browser_id", "session_id", "pos", "currency"],
    properties: {
      channel: { type: "string", enum: ["WEB", "MOBILE_WEB", "MOBILE_APP", "SERVER_SIDE"] },
      type: string,
      browser_id: string,
      session_id: string,
      pos: string,
      currency: string,
      language: string,
      page: { type: "string", format: "uri" },
      ext: { type: "object", additionalProperties: true },
    },
  },
  ViewEventPayload: {
    allOf: [
      base,
      {
        type: "object",
        properties: { type: { type: "string", const: "VIEW" }, page: { type: "string", format: "uri" } },
      },
    ],
  },
  IdentityEventPayload: {
    allOf: [
      base,
      {
        type: "object",
        required: ["email"],
        properties: {
          type: { type: "string", const: "IDENTITY" },
          email: { type: "string", format: "email" },
          firstname: string,
          lastname: string,
          date_of_birth: { type: "string", format: "date" },
          gender: { type: "string", enum: ["Male", "Female", "Other", "Unknown"] },
          phone: string,
        },
      },
    ],
  },
  OrderCheckoutEventPayload: {
    allOf: [
      base,
      {
        type: "object",
        required: ["reference_id", "total_price"],
        properties: {
          type: { type: "string", const: "ORDER_CHECKOUT" },
          reference_id: string,
          status: { type: "string", enum: ["CONFIRMED", "PENDING", "CANCELED"] },
          total_price: price,
          payment_type: {
            type: "string",
            enum: ["CREDIT_CARD", "DEBIT_CARD", "PAYPAL", "GIFT_CARD", "OTHER"],
          },
          ordered_at: { type: "string", format: "date-time" },
          items: { type: "array", items: { $ref: "#/components/schemas/OrderItem" } },
        },
      },
    ],
  },
  AddEventPayload: {
    allOf: [
      base,
      {
        type: "object",
        required: ["product"],
        properties: {
          type: { type: "string", const: "ADD" },
          product: { $ref: "#/components/schemas/ProductReference" },
        },
      },
    ],
  },
  SearchEventPayload: {
    allOf: [
      base,
      {
        type: "object",
        required: ["search_term"],
        properties: {
          type: { type: "string", const: "SEARCH" },
          search_term: string,
          num_results: { type: "integer", minimum: 0 },
        },
      },
    ],
  },
  CustomEventPayload: {
    allOf: [
      base,
      {
        type: "object",
        required: ["type"],
        properties: { type: { type: "string", minLength: 1, maxLength: 50 } },
      },
    ],
  },
  OrderItem: {
    type: "object",
    required: ["sku", "quantity", "price"],
    properties: { ...product, quantity: { type: "integer", minimum: 1 } },
  },
  ProductReference: { type: "object", required: ["sku"], properties: product },
};

const words = new Set(["title", "description", "examples"]);

const constraintsOf = (schema: JsonValue): JsonValue => {
  if (Array.isArray(schema)) return schema.map(constraintsOf);
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([keyword]) => !words.has(keyword) && !keyword.startsWith("x-"))
      .map(([keyword, value]) => [keyword, constraintsOf(value)]),
  );
};

describe("the schemas have the contract's constraints, all of them and no more", () => {
  test("none is missing and none is added", () => {
    expect(Object.keys(document.components.schemas).sort()).toEqual(Object.keys(constraints).sort());
  });

  test.each(Object.entries(constraints))("%s", (name, expected) => {
    expect(constraintsOf(document.components.schemas[name] ?? null)).toEqual(expected);
  });
});

test("every field has words for the editor's hover", () => {
  const wordless: string[] = [];
  const visit = (schema: JsonValue | undefined, path: string): void => {
    if (typeof schema !== "object" || schema === null || Array.isArray(schema)) return;
    if (Array.isArray(schema["allOf"])) {
      schema["allOf"].forEach((branch, index) => visit(branch, `${path}/${index}`));
    } else if (schema["$ref"] === undefined && String(schema["description"] ?? "").length < 10) {
      wordless.push(path);
    }
    const properties = schema["properties"];
    if (typeof properties !== "object" || properties === null || Array.isArray(properties)) return;
    for (const [name, property] of Object.entries(properties)) visit(property, `${path}/${name}`);
  };
  for (const [name, schema] of Object.entries(document.components.schemas)) visit(schema, name);
  expect(wordless).toEqual([]);
});
