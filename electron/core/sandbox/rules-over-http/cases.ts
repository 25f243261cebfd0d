import { expect, it } from "vitest";
import type { GuestProfile } from "../../../../shared/model/guest-profile";
import type { JsonObject } from "../../../../shared/model/json";
import type { SandboxConfig } from "../config/sandbox-config";
import { startSandbox } from "../testing/sandbox-fixture";

/** An event of a browser (made on first need), by the way of sending that means its catalog; or time that passes. */
export type Step =
  { browser: string; catalog: "spec" | "sitecore"; type: string; fields: JsonObject } | { advance: number };

export interface Case {
  rule: string;
  /** Where the rule is written. */
  source: string;
  config?: Partial<SandboxConfig>;
  steps: Step[];
  /** What is true of browser `a`'s guest afterwards. */
  guest?: object;
  /** Statuses of all events, in their order; all are PROCESSED where it is absent. */
  statuses?: string[];
  /** Codes of the reasons of the last event. */
  reasons?: string[];
  /** Of the summary. */
  counts?: object;
}

export const minute = 60_000;
export const spec = (browser: string, type: string, fields: JsonObject = {}): Step => ({
  ...{ browser, catalog: "spec", type, fields },
});
export const sitecore = (browser: string, type: string, fields: JsonObject = {}): Step => ({
  ...{ browser, catalog: "sitecore", type, fields },
});
export const identity = { email: "ada@lovelace.example" };
export const crm = { identifiers: [{ provider: "CRM", id: "77" }] };
export const specOrder = (fields: JsonObject = {}): Step =>
  spec("a", "ORDER_CHECKOUT", {
    ...{ reference_id: "A-1", total_price: 40, payment_type: "PAYPAL", status: "CONFIRMED" },
    ...{ ordered_at: "2026-01-01T10:00:00Z", items: [{ sku: "TEE", quantity: 2, price: 20 }] },
    ...fields,
  });
export const sitecoreOrder = (fields: JsonObject = {}): Step =>
  sitecore("a", "ORDER_CHECKOUT", {
    order: {
      ...{ referenceId: "A-1", orderedAt: "2026-01-01T10:00:00.000Z", status: "PURCHASED" },
      ...{ currencyCode: "EUR", price: 40, paymentType: "Card", cardType: "Visa", orderItems: [], ...fields },
    },
  });
export const product = (fields: JsonObject): JsonObject => ({
  product: {
    ...{ type: "TEE", item_id: "T1", name: "Tee", orderedAt: "2026-01-01T10:00:00.000Z", currency: "EUR" },
    ...{ quantity: 1, price: 20, productId: "T1", ...fields },
  },
});

const play = async ({ config, steps }: Case) => {
  const test = await startSandbox(config ? { config } : {});
  const ids = new Map<string, string>();
  const idOf = async (browser: string): Promise<string> => {
    const id = ids.get(browser) ?? (await test.browser());
    ids.set(browser, id);
    return id;
  };
  for (const step of steps) {
    if ("advance" in step) {
      await test.sandbox.time.advance(step.advance);
      continue;
    }
    const { browser, catalog, type, fields } = step;
    const id = await idOf(browser);
    if (catalog === "spec") await test.post(test.view(id, { session_id: "s", type, ...fields }));
    else {
      const usual = { channel: "WEB", pos: "bellhop", currency: "EUR", language: "EN", page: "home" };
      const event = { client_key: "sandbox", browser_id: id, type, ...usual, ...fields };
      await test.call("POST", "/v1.2/events", { body: JSON.stringify(event) });
    }
  }
  const [events, counts] = [await test.events("?limit=1000"), await test.summary()];
  const shown = await test.call("GET", `/v1.2/browser/${await idOf("a")}/show.json?client_key=sandbox`);
  const { ref } = shown.body["customer"] as { ref: string };
  const guest = (await test.call("GET", `/_sandbox/guests/${ref}`)).body as unknown as GuestProfile;
  return { events, counts, guest };
};

/** Plays each case against a sandbox of its own, and looks at what came of it. */
export const playCases = (cases: readonly Case[]): void => {
  it.each(cases)("$rule ($source)", async (given) => {
    const { events, counts, guest } = await play(given);
    const statuses = given.statuses ?? events.map(() => "PROCESSED");
    expect(events.map(({ status }) => status)).toEqual(statuses);
    if (given.guest) expect(guest).toMatchObject(given.guest);
    if (given.counts) expect(counts).toMatchObject(given.counts);
    const reasons = (events.at(-1)?.["reasons"] ?? []) as { code: string }[];
    if (given.reasons) expect(reasons.map(({ code }) => code)).toEqual(given.reasons);
  });
};
