import { expect, test } from "vitest";
import type { JsonObject } from "../model/json";
import { editorSchema, fieldType, inheritedNames, messageTypes } from "./catalog";
import { snippetOf } from "./editor-schema";

const propertiesOf = (schema: JsonObject) => schema["properties"] as Record<string, JsonObject>;

test("the editor's schema is flat, and what is inherited need not be written", () => {
  const schema = editorSchema("spec", "IDENTITY", inheritedNames);
  expect(schema["required"]).toEqual(["type", "email"]);
  expect(JSON.stringify(schema)).not.toMatch(/allOf|\$ref|"x-/);
  expect(Object.keys(propertiesOf(schema))).toEqual([
    "type",
    "page",
    "ext",
    "email",
    "firstname",
    "lastname",
    "date_of_birth",
    "gender",
    "phone",
    "channel",
    "browser_id",
    "session_id",
    "pos",
    "currency",
    "language",
  ]);
  expect(propertiesOf(schema)["type"]).toMatchObject({ const: "IDENTITY" });
  expect(propertiesOf(schema)["gender"]).toMatchObject({ enum: ["Male", "Female", "Other", "Unknown"] });
});

test("a name that is inherited is not offered among the type's own, yet keeps its values and its words", () => {
  const { channel, email, pos } = propertiesOf(editorSchema("spec", "IDENTITY", ["channel"]));
  expect(channel).toMatchObject({ doNotSuggest: true, enum: expect.any(Array) as unknown });
  expect(email).not.toHaveProperty("doNotSuggest");
  expect(pos).not.toHaveProperty("doNotSuggest");
});

test("a field that nothing supplies stays required", () => {
  expect(editorSchema("spec", "VIEW", ["channel", "browser_id", "session_id"])["required"]).toEqual([
    "type",
    "pos",
    "currency",
  ]);
});

test("hovers are written for reading: marked up where the editor can show it, plain elsewhere", () => {
  const { currency, channel, page } = propertiesOf(editorSchema("spec", "VIEW", ["currency"]));
  expect(currency?.["description"]).toContain("such as EUR.");
  expect(currency?.["markdownDescription"]).toMatch(
    /such as `EUR`.*\n\n_Inherited: write it only to override it\._$/s,
  );
  expect(page?.["markdownDescription"]).not.toContain("Inherited");
  expect(channel?.["enumDescriptions"]).toHaveLength((channel?.["enum"] as string[]).length);
});

test("objects and lists are offered whole, as a snippet in which a text stays what it is", () => {
  const { items } = propertiesOf(editorSchema("spec", "ORDER_CHECKOUT", []));
  expect(items?.["defaultSnippets"]).toMatchObject([
    { body: [{ sku: "TEE-001", quantity: 2 }, { sku: "BAG-014" }] },
  ]);
  expect(propertiesOf(editorSchema("spec", "ADD", []))["product"]?.["defaultSnippets"]).toMatchObject([
    { body: { sku: "TEE-001", price: 19.9 } },
  ]);
});

test("in a snippet, what would mean something to it is escaped", () => {
  const value = { plain: "Tee", odd: 'a "b" ${1:c} \\', caret: "^d", count: 1, list: ["$0"] };
  expect(snippetOf(value)["defaultSnippets"]).toMatchObject([
    {
      body: {
        plain: "Tee",
        odd: '^"a \\\\"b\\\\" \\${1:c\\} \\\\\\\\"',
        caret: '^"^d"',
        count: 1,
        list: ['^"\\$0"'],
      },
    },
  ]);
  expect(snippetOf("a text")).toEqual({});
});

test("every field of every type has words", () => {
  for (const catalog of ["spec", "sitecore"] as const) {
    for (const { name } of messageTypes(catalog)) {
      const schema = editorSchema(catalog, name, inheritedNames);
      for (const [field, { markdownDescription }] of Object.entries(propertiesOf(schema))) {
        expect([name, field, markdownDescription]).toEqual([name, field, expect.stringMatching(/.{10}/)]);
      }
    }
  }
});

test("an event of one's own has the schema of CUSTOM, and a reserved name that is not described takes any object", () => {
  expect(editorSchema("spec", "shop:WISHLIST_ADD", [])).toEqual(editorSchema("spec", "CUSTOM", []));
  expect(editorSchema("spec", "CONFIRM", [])).toEqual({
    $schema: "http://json-schema.org/draft-07/schema#",
    type: "object",
  });
});

test("the editor's schema leaves the catalog's own as it is", () => {
  const before = JSON.stringify(messageTypes("spec"));
  propertiesOf(editorSchema("spec", "VIEW", ["pos"]));
  expect(JSON.stringify(messageTypes("spec"))).toBe(before);
});

test.each([
  ["spec", "ORDER_CHECKOUT", ["total_price"], "number"],
  ["spec", "ORDER_CHECKOUT", ["items"], "array"],
  ["spec", "ORDER_CHECKOUT", ["items", "0"], "object"],
  ["spec", "ORDER_CHECKOUT", ["items", "12", "quantity"], "integer"],
  ["spec", "ORDER_CHECKOUT", ["items", "first", "quantity"], undefined],
  ["spec", "ORDER_CHECKOUT", ["reference_id"], "string"],
  ["spec", "ADD", ["product", "sku"], "string"],
  ["spec", "ADD", ["product", "colour"], undefined],
  ["spec", "shop:WISHLIST_ADD", ["ext"], "object"],
  ["spec", "shop:WISHLIST_ADD", ["ext", "position"], undefined],
  ["spec", "VIEW", [], "object"],
  ["spec", "VIEW", ["constructor"], undefined],
  ["spec", "VIEW", ["__proto__", "type"], undefined],
  ["spec", "CONFIRM", ["pos"], undefined],
  ["sitecore", "ADD", ["pos"], "string"],
  ["sitecore", "ADD", ["product", "price"], undefined],
] as const)("in %s, %s %j is of type %s", (catalog, messageType, path, type) => {
  expect(fieldType(catalog, messageType, path)).toBe(type);
});
