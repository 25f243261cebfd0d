import { describe, expect, it } from "vitest";
import type { GuestProfile } from "../../../../shared/model/guest-profile";
import type { JsonObject } from "../../../../shared/model/json";
import { basic, startSandbox, type TestAnswer } from "../testing/sandbox-fixture";

/** Ada on two browsers, whose guests become one; and Bob, who came later. */
const play = async () => {
  const sandbox = await startSandbox();
  const { call, post, view, summary } = sandbox;
  const arrive = async () => {
    const { body } = await call("GET", "/v1.2/browser/create.json?client_key=sandbox");
    return { browser: String(body["ref"]), guest: String(body["customer_ref"]) };
  };
  const say = async (browser: string, type: string, fields: JsonObject) => {
    const answer = await post({ ...view(browser), session_id: `session-of-${browser}`, type, ...fields });
    expect(answer.status).toBe(201);
  };
  const [phone, laptop, bob] = [await arrive(), await arrive(), await arrive()];
  const person = { firstname: "Ada", gender: "Female", date_of_birth: "1990-12-10", phone: "+353 1 000" };
  await say(phone.browser, "IDENTITY", { email: "ada@shop.example", ...person });
  await say(laptop.browser, "VIEW", { page: "https://shop.example/tees" });
  await say(laptop.browser, "IDENTITY", { email: "ada@shop.example" });
  const items = [{ sku: "TEE", quantity: 3, price: 19.9 }];
  await say(laptop.browser, "ORDER_CHECKOUT", { reference_id: "R-1", total_price: 59.7, items });
  await say(bob.browser, "IDENTITY", { email: "bob@shop.example", firstname: "Bob" });
  expect(await summary()).toMatchObject({ processed: 5, pending: 0 });
  const { url } = sandbox.sandbox;
  const get = (path: string, headers: Record<string, string> = { authorization: basic() }) =>
    call("GET", path, { headers });
  const profile = async (ref: string) =>
    (await call("GET", `/_sandbox/guests/${ref}`)).body as unknown as GuestProfile;
  return { ...sandbox, get, url, phone, laptop, profile, ada: phone.guest, bob: bob.guest };
};

type Played = Awaited<ReturnType<typeof play>>;

const refs = ({ body }: TestAnswer): string[] =>
  (body["items"] as { href: string }[]).map(({ href }) => href.split("/").at(-1) ?? "");

const foreign: Record<string, string>[] = [
  { origin: "https://evil.example" },
  { origin: "null" },
  { "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "same-site" },
];
const wrong: Record<string, string>[] = [
  {},
  { authorization: basic("sandbox", "wrong") },
  { authorization: "Bearer sandbox" },
];

describe("the read-back", () => {
  const paths = ({ ada, phone }: Played, order: string): string[] => [
    "/v2.1/guests",
    "/v2/guests",
    `/v2.1/guests/${ada}`,
    `/v2/guests/${ada}`,
    `/v2.1/orders/${order}`,
    `/v2/guestContexts/?browserRef=${phone.browser}`,
    `/v2/guestContexts/${ada}`,
  ];

  it("answers with Basic alone, and with 401 in the documented shape without", async () => {
    const played = await play();
    const order = (await played.profile(played.ada)).orders[0]?.ref ?? "";
    for (const path of paths(played, order)) {
      expect((await played.get(path)).status).toBe(200);
      for (const headers of wrong) {
        const refused = await played.get(path, headers);
        expect(refused.status).toBe(401);
        const fields = ["status", "code", "message", "developerMessage", "moreInfoUrl"];
        expect(Object.keys(refused.body)).toEqual(fields);
        expect(refused.headers["www-authenticate"]).toContain("Basic");
      }
    }
  });

  it("refuses pages of other origins even with Basic, and lets none of them read an answer", async () => {
    const played = await play();
    for (const path of paths(played, "order")) {
      for (const headers of foreign) {
        const refused = await played.get(path, { authorization: basic(), ...headers });
        expect(refused.status).toBe(403);
        expect(refused.headers).not.toHaveProperty("access-control-allow-origin");
      }
      const preflight = await played.call("OPTIONS", path, { headers: { origin: "https://evil.example" } });
      expect(preflight.status).toBe(403);
    }
    const own = { authorization: basic(), origin: played.url, "sec-fetch-site": "same-origin" };
    const answer = await played.get("/v2.1/guests", own);
    expect(answer.status).toBe(200);
    expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
  });
});

describe.each(["v2", "v2.1"])("the guests of %s", (version) => {
  it("are a collection of addresses, with page and search in its own", async () => {
    const { get, url, ada } = await play();
    const { body } = await get(`/${version}/guests?email=ada%40shop.example`);
    expect(body).toEqual({
      href: `${url}/${version}/guests?offset=0&limit=10&email=ada%40shop.example`,
      offset: 0,
      limit: 10,
      items: [{ href: `${url}/${version}/guests/${ada}` }],
    });
  });

  it("are searched by the documented parameters; a retired guest is never found", async () => {
    const { get, ada, bob } = await play();
    const cases: [string, string[]][] = [
      ["email=ada%40shop.example", [ada]],
      ["email=ADA%40shop.example", [ada]],
      ["email.untouched=ada%40shop.example", [ada]],
      ["firstName=Bob", [bob]],
      ["firstName=Bob&email=ada%40shop.example", []],
      ["phoneNumber=%2B353%201%20000", [ada]],
      ["identifiers.provider=email&identifiers.id=ada%40shop.example", [ada]],
      ["identifiers.provider=CRM&identifiers.id=ada%40shop.example", []],
      ["email=nobody%40shop.example", []],
      ["", [ada, bob]],
      ["sort=createdAt::ASC", [ada, bob]],
      ["sort=createdAt::DESC", [bob, ada]],
      ["limit=1", [ada]],
      ["limit=1&offset=1", [bob]],
      ["offset=2", []],
    ];
    for (const [query, found] of cases) {
      expect({ query, found: refs(await get(`/${version}/guests?${query}`)) }).toEqual({ query, found });
    }
  });

  it("are whole with expand=true", async () => {
    const { get, bob } = await play();
    const { body } = await get(`/${version}/guests?firstName=Bob&expand=true`);
    expect(body["items"]).toMatchObject([{ ref: bob, firstName: "Bob", guestType: "customer" }]);
  });

  it("are refused for what cannot be read", async () => {
    const { get } = await play();
    for (const query of [
      ...["limit=101", "limit=0", "limit=x", "offset=-1", "sort=lastName", "email=", "email=%"],
      ...["identifiers.id=7", "identifiers.provider=CRM"],
    ]) {
      expect((await get(`/${version}/guests?${query}`)).status).toBe(400);
    }
  });

  it("have the documented names, one by one", async () => {
    const { get, url, ada, profile } = await play();
    const { createdAt, firstSeen, lastSeen } = await profile(ada);
    expect((await get(`/${version}/guests/${ada}`)).body).toEqual({
      href: `${url}/${version}/guests/${ada}`,
      ref: ada,
      createdAt,
      modifiedAt: lastSeen,
      firstSeen,
      lastSeen,
      guestType: "customer",
      firstName: "Ada",
      gender: "female",
      dateOfBirth: "1990-12-10",
      email: "ada@shop.example",
      emails: ["ada@shop.example"],
      phone: "+353 1 000",
      phoneNumbers: ["+353 1 000"],
      language: "EN",
      street: [],
      identifiers: [{ provider: "email", id: "ada@shop.example" }],
    });
  });

  it("end in 404, with the reason where the reference is stale after a merge", async () => {
    const { get, ada, laptop, profile } = await play();
    const nobody = await get(`/${version}/guests/nobody`);
    expect(nobody.body).toMatchObject({ status: 404, code: "not-found" });
    const stale = await get(`/${version}/guests/${laptop.guest}`);
    expect(stale.status).toBe(404);
    const reason = (await profile(laptop.guest)).merges[0]?.reason;
    expect(reason).toBeTruthy();
    expect(stale.body).toMatchObject({
      code: "guest-retired",
      message: `Guest ${laptop.guest} is retired: it became ${ada}. ${reason}`,
      developerMessage: expect.stringContaining(ada),
    });
  });
});

describe("an order", () => {
  it("is read by its reference, which is not the shop's", async () => {
    const { get, url, ada, profile } = await play();
    const order = (await profile(ada)).orders[0]?.ref ?? "";
    expect((await get(`/v2.1/orders/${order}`)).body).toMatchObject({
      href: `${url}/v2.1/orders/${order}`,
      ref: order,
      guestRef: ada,
      referenceId: "R-1",
      price: 59.7,
      orderItems: [{ productId: "TEE", quantity: 3, price: 19.9 }],
    });
    expect((await get("/v2.1/orders/R-1")).status).toBe(404);
  });
});

describe("a guest context", () => {
  type Context = { ref: string; sessions: { ref: string; events: JsonObject[] }[]; orders: JsonObject[] };

  it("is found by a browser, with the event that came last in first place, as Sitecore's tests read it", async () => {
    const { get, ada, laptop, profile } = await play();
    const { body } = await get(`/v2/guestContexts/?browserRef=${laptop.browser}`);
    const [context] = body["items"] as unknown as Context[];
    expect(context?.ref).toBe(ada);
    const session = (await profile(ada)).sessions.find(({ browserRef }) => browserRef === laptop.browser);
    expect(context?.sessions[0]?.events[0]).toEqual({
      ref: expect.any(String),
      type: "ORDER_CHECKOUT",
      status: "PROCESSED",
      channel: "WEB",
      pointOfSale: "bellhop",
      browserRef: laptop.browser,
      sessionRef: session?.ref,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      arbitraryData: expect.objectContaining({ reference_id: "R-1", currency: "EUR", language: "EN" }),
    });
    expect((await get("/v2/guestContexts?browserRef=nobody")).body["items"]).toEqual([]);
    expect((await get("/v2/guestContexts/")).status).toBe(400);
  });

  it("has the events of the guest that merged into it, and the orders", async () => {
    const { get, ada } = await play();
    const context = (await get(`/v2/guestContexts/${ada}`)).body as unknown as Context;
    expect(context.sessions.map(({ events }) => events.map(({ type }) => type))).toEqual([
      ["ORDER_CHECKOUT", "IDENTITY", "VIEW"],
      ["IDENTITY"],
    ]);
    expect(context).toMatchObject({ firstName: "Ada", orders: [{ referenceId: "R-1" }] });
  });

  it("carries as much of each list as expand says", async () => {
    const { get, ada } = await play();
    const events = "expand=items.events(offset:1,limit:1)&source=all&timeout=30000";
    const query = `expand=items.sessions(offset%3A0%2Climit%3A1)&${events}`;
    const context = (await get(`/v2/guestContexts/${ada}?${query}`)).body as unknown as Context;
    expect(context.sessions.map((session) => session.events.map(({ type }) => type))).toEqual([["IDENTITY"]]);
    for (const bad of ["items.sessions(limit:many)", "items.events(5)", "items.orders(limit:0)"]) {
      expect((await get(`/v2/guestContexts/${ada}?expand=${bad}`)).status).toBe(400);
    }
  });

  it("of a retired guest is gone", async () => {
    const { get, laptop } = await play();
    expect((await get(`/v2/guestContexts/${laptop.guest}`)).status).toBe(404);
    expect((await get("/v2/guestContexts/nobody")).status).toBe(404);
  });
});
