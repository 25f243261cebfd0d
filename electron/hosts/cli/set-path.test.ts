import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../shared/model/json";
import { setPath } from "./set-path";

const set = (assignment: string, messageType = "ORDER_CHECKOUT", event: JsonObject = {}): JsonObject => {
  setPath(event, assignment, { catalog: "spec", messageType });
  return event;
};

describe("--set path=value", () => {
  it.each([
    ["total_price=59.7", { total_price: 59.7 }],
    ["reference_id=123", { reference_id: "123" }],
    ["reference_id=true", { reference_id: "true" }],
    ["note=plain words", { note: "plain words" }],
    ["flag=true", { flag: true }],
    ["nothing=null", { nothing: null }],
    ["items[0].sku=TEE-001", { items: [{ sku: "TEE-001" }] }],
    ["items[0].quantity=2", { items: [{ quantity: 2 }] }],
    ['ext={"a":1}', { ext: { a: 1 } }],
    ["ext.deep.er=1", { ext: { deep: { er: 1 } } }],
    ["ext.0=1", { ext: { "0": 1 } }],
    ["page=https://shop.example/?a=b", { page: "https://shop.example/?a=b" }],
    ["empty=", { empty: "" }],
  ])("%s is read as JSON unless the schema says string", (assignment, event) => {
    expect(set(assignment)).toEqual(event);
  });

  it("adds to what the event has already", () => {
    const event: JsonObject = { items: [{ sku: "A" }] };
    set("items[0].quantity=2", "ORDER_CHECKOUT", event);
    set("items[1].sku=B", "ORDER_CHECKOUT", event);
    expect(event).toEqual({ items: [{ sku: "A", quantity: 2 }, { sku: "B" }] });
  });

  it.each([
    ["nothing", "there is no value"],
    ["=1", "there is no value"],
    ["a..b=1", "a..b is not a path"],
    ["a[x]=1", "a[x] is not a path"],
    ["items[3].sku=A", "the list has 0 items, so the next one is [0]"],
    ["__proto__.polluted=1", "__proto__ is not a field name"],
  ])("%s is refused and says why", (assignment, message) => {
    expect(() => set(assignment)).toThrow(message);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it("says when a list stands where an object is meant", () => {
    expect(() => set("items.sku=A", "ORDER_CHECKOUT", { items: [] })).toThrow(
      "sku does not fit: there is a list",
    );
  });
});
