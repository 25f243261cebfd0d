import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import guestSchema from "../../../docs/schemas/guest.schema.json";
import { messageTypes } from "../../../shared/catalog/catalog";
import { valueAt } from "../../../shared/catalog/json-values";
import type { JsonObject } from "../../../shared/model/json";
import { scenarioSchema } from "../../../shared/scenario/scenario-schema";
import { startSandbox } from "../sandbox/testing/sandbox-fixture";

const check = new Ajv2020({ allErrors: true, strictTypes: false }).compile(guestSchema);

/** The schema with every map closed, so that an attribute it does not tell of is found. */
const closed = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const inside = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return "properties" in inside && !("additionalProperties" in inside)
    ? { ...inside, additionalProperties: false }
    : inside;
};
const checkClosed = new Ajv2020({ allErrors: true, strictTypes: false }).compile(
  closed(guestSchema) as object,
);

describe("the published schema of a guest", () => {
  it("tells of everything that a sandbox's guest has after every kind of event", async () => {
    const { post, browser, view, call } = await startSandbox();
    const [first, second] = [await browser(), await browser()];
    const complete = (id: string, event: JsonObject): JsonObject => ({
      ...view(id),
      ...event,
      browser_id: id,
    });
    for (const id of [first, second]) {
      for (const { name, example } of messageTypes("spec")) {
        await post(complete(id, { ...example, ...(name === "IDENTITY" && { email: "ada@example.com" }) }));
      }
    }
    await call("GET", "/_sandbox/summary?settle=10s");
    const { body } = await call("GET", "/_sandbox/guests");
    const profiles = await Promise.all(
      (body["items"] as JsonObject[]).map(
        async ({ ref }) => (await call("GET", `/_sandbox/guests/${String(ref)}`)).body,
      ),
    );
    for (const profile of profiles) {
      expect(checkClosed(profile), JSON.stringify(checkClosed.errors)).toBe(true);
      expect(check(profile)).toBe(true);
    }
    expect(profiles.some(({ orders }) => Array.isArray(orders) && orders.length > 0)).toBe(true);
    expect(profiles.some(({ merges }) => Array.isArray(merges) && merges.length > 0)).toBe(true);
  });

  it("has the attributes that the scenario's schema offers under expect", () => {
    const offered = valueAt(scenarioSchema, "/$defs/guestExpect/properties") as JsonObject;
    expect(Object.keys(offered).sort()).toEqual(Object.keys(guestSchema.properties).sort());
  });
});
