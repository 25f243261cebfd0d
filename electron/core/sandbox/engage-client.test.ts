import { init, initServer } from "@sitecore/engage";
import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { startSandbox } from "./testing/sandbox-fixture";

// The real library, as published. It uses the global fetch; on the server it takes the browser id from a cookie.

const answered = {
  status: "OK",
  version: "1.2",
  client_key: "sandbox",
  ref: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
};

const base = { channel: "WEB", currency: "EUR", language: "EN", page: "home" };

const settingsFor = (targetURL: string) => ({
  clientKey: "sandbox",
  targetURL,
  pointOfSale: "bellhop",
  cookieDomain: "localhost",
});

describe("the Engage library on a server", () => {
  const startServer = async () => {
    const sandbox = await startSandbox();
    const engage = initServer({ ...settingsFor(sandbox.sandbox.url), forceServerCookieMode: true });
    const request = new IncomingMessage(new Socket());
    request.url = "/?utm_source=test";
    const response = new ServerResponse(request);
    await engage.handleCookie(request, response);
    const cookie = String(response.getHeader("set-cookie")).split(";")[0] ?? "";
    request.headers.cookie = cookie;
    return { ...sandbox, engage, request, browserId: cookie.split("=")[1] };
  };

  it("gets a browser id that the sandbox knows", async () => {
    const { browserId, call } = await startServer();
    const shown = await call("GET", `/v1.2/browser/${String(browserId)}/show.json?client_key=sandbox`);
    expect(shown.status).toBe(200);
  });

  it("sends page view, identity and custom events that are processed", async () => {
    const { engage, request, events, browserId } = await startServer();
    expect(await engage.pageView(base, request)).toEqual(answered);
    const identity = { ...base, email: "ada@example.com", identifiers: [{ id: "1", provider: "CRM" }] };
    expect(await engage.identity(identity, request)).toEqual(answered);
    expect(
      await engage.event("shop:CLICKED_PROMO", { ...base, promo: "tee" }, request, { size: "m" }),
    ).toEqual(answered);
    const stored = await events();
    expect(stored.map((event) => [event["type"], event["status"], event["browserRef"]])).toEqual([
      ["VIEW", "PROCESSED", browserId],
      ["IDENTITY", "PROCESSED", browserId],
      ["shop:CLICKED_PROMO", "PROCESSED", browserId],
    ]);
    expect(stored[0]?.["arbitraryData"]).toMatchObject({ utm_source: "test" });
    expect(JSON.stringify(stored)).not.toContain("client_key");
  });

  it("makes a customer with an order of its guest", async () => {
    const { engage, request, events, call, browserId } = await startServer();
    await engage.pageView(base, request);
    const identifiers = [{ id: "100482", provider: "CRM" }];
    await engage.identity({ ...base, firstName: "Ada", email: "ada@example.com", identifiers }, request);
    const item = { type: "TEE", productId: "TEE-001", name: "Tee", price: 19.9, quantity: 3 };
    const order = {
      referenceId: "A-10293",
      orderedAt: "2026-11-25T10:15:30.000Z",
      status: "PURCHASED",
      currencyCode: "EUR",
      price: 59.7,
      paymentType: "Card",
      cardType: "Visa",
      orderItems: [item],
    };
    expect(await engage.event("ORDER_CHECKOUT", { ...base, order }, request)).toEqual(answered);
    const [, , ordered] = await events();
    expect(ordered).toMatchObject({ type: "ORDER_CHECKOUT", status: "PROCESSED", browserRef: browserId });
    const { body } = await call("GET", `/_sandbox/guests/${String(ordered?.["guestRef"])}`);
    expect(body).toMatchObject({
      guestType: "customer",
      firstName: "Ada",
      identifiers: [{ provider: "CRM", id: "100482" }],
      orders: [{ referenceId: "A-10293", items: [{ productId: "TEE-001", quantity: 3, price: 19.9 }] }],
      lifetimeValue: { EUR: 59.7 },
    });
  });

  it("sees an unknown point of sale accepted, and the sandbox drops it", async () => {
    const { engage, request, events } = await startServer();
    expect(await engage.pageView({ ...base, pointOfSale: "nowhere" }, request)).toEqual(answered);
    expect(await events()).toMatchObject([{ status: "DROPPED" }]);
  });
});

describe("the Engage library in a page", () => {
  /** What the library touches of a page: cookies, storage, location. */
  const openPage = () => {
    const cookies = new Map<string, string>();
    const document = {
      referrer: "https://search.example/",
      documentElement: { lang: "en" },
      get cookie() {
        return [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      },
      set cookie(text: string) {
        const [name = "", value = ""] = (text.split(";")[0] ?? "").split("=");
        cookies.set(name, value);
      },
    };
    const stored = new Map<string, string>();
    const sessionStorage = {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
      removeItem: (key: string) => void stored.delete(key),
    };
    const location = {
      search: "",
      pathname: "/shoes",
      hostname: "shop.example",
      href: "https://shop.example/shoes",
    };
    vi.stubGlobal("document", document);
    vi.stubGlobal("sessionStorage", sessionStorage);
    vi.stubGlobal("window", { document, location, sessionStorage });
    onTestFinished(() => void vi.unstubAllGlobals());
  };

  it("starts, knows its guest, and sends events that are processed", async () => {
    const { sandbox, events } = await startSandbox();
    openPage();
    const engage = await init(settingsFor(sandbox.url));
    expect(await engage.getGuestId()).toMatch(/^[0-9a-f-]{36}$/);
    expect(await engage.pageView({ channel: "WEB", currency: "EUR" })).toEqual(answered);
    expect(await engage.form("newsletter", "SUBMITTED", "bellhop")).toEqual(answered);
    const stored = await events();
    expect(stored).toMatchObject([
      { type: "VIEW", status: "PROCESSED", arbitraryData: { page: "shoes", language: "EN" } },
      { type: "FORM", status: "PROCESSED", channel: null },
    ]);
    expect(stored[0]?.["browserRef"]).toBe(engage.getBrowserId());
  });
});
