import { describe, expect, it } from "vitest";
import { basic, sendRaw, startSandbox } from "../testing/sandbox-fixture";

const ref = expect.stringMatching(/^[0-9a-f-]{36}$/);

describe("browser/create.json", () => {
  it("gives a browser id and its guest", async () => {
    const { call } = await startSandbox();
    const answer = await call("GET", "/v1.2/browser/create.json?client_key=sandbox");
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      status: "OK",
      version: "1.2",
      client_key: "sandbox",
      ref,
      customer_ref: ref,
    });
  });

  it("takes the message that the libraries add, with its braces raw", async () => {
    const { call } = await startSandbox();
    const answer = await call("GET", "/v1.2/browser/create.json?client_key=sandbox&message={}");
    expect(answer.status).toBe(200);
  });

  it.each(["", "?client_key=", "?client_key=other", "?CLIENT_KEY=sandbox"])(
    "answers 401 to the key in %j",
    async (query) => {
      const { call } = await startSandbox();
      const answer = await call("GET", `/v1.2/browser/create.json${query}`);
      expect(answer.status).toBe(401);
      expect(answer.body).toMatchObject({ status: 401, code: "wrong-client-key" });
    },
  );

  it("is there on the edge paths by a context id in the query or in a header", async () => {
    const { call } = await startSandbox();
    const path = "/v1/events/v1.2/browser/create.json?client_key=";
    expect((await call("GET", `${path}&sitecoreContextId=sandbox`)).status).toBe(200);
    expect((await call("GET", path, { headers: { "x-sitecore-contextid": "sandbox" } })).status).toBe(200);
    expect((await call("GET", path)).status).toBe(401);
    expect((await call("GET", `${path}&sitecoreContextId=other`)).status).toBe(401);
  });
});

describe("browser/{ref}/show.json", () => {
  it("tells the guest of a browser", async () => {
    const { call } = await startSandbox();
    const made = (await call("GET", "/v1.2/browser/create.json?client_key=sandbox")).body;
    const shown = {
      status: "OK",
      version: "1.2",
      clientKey: "sandbox",
      ref: made["ref"],
      customer: { ref: made["customer_ref"] },
    };
    const direct = await call(
      "GET",
      `/v1.2/browser/${String(made["ref"])}/show.json?client_key=sandbox&api_token=sandbox`,
    );
    expect(direct.body).toEqual(shown);
    const edge = await call(
      "GET",
      `/v1/events/v1.2/browser/${String(made["ref"])}/show.json?sitecoreContextId=sandbox&client_key=&api_token=`,
    );
    expect(edge.body).toEqual(shown);
  });

  it.each([
    ["an unknown id", "nobody", 404],
    ["an id that climbs", "..%2f..%2fetc%2fpasswd", 404],
    ["an id that is SQL", "'%20OR%201=1--", 404],
    ["a name of the prototype", "__proto__", 404],
    ["an id that is not percent-encoded", "%ff", 400],
  ])("answers %s with words", async (_what, id, status) => {
    const { call } = await startSandbox();
    const answer = await call("GET", `/v1.2/browser/${id}/show.json?client_key=sandbox`);
    expect(answer.status).toBe(status);
    expect(answer.body["message"]).toEqual(expect.any(String));
  });

  it("says what was wrong as the Cloud SDK's types expect it", async () => {
    const { call } = await startSandbox();
    const answer = await call("GET", "/v1.2/browser/nobody/show.json?client_key=sandbox");
    expect(answer.body["error_msg"]).toContain("nobody");
    expect(answer.body).toHaveProperty("moreInfo");
  });

  it("answers 401 to a wrong key or token", async () => {
    const { call, browser } = await startSandbox();
    const path = `/v1.2/browser/${await browser()}/show.json`;
    expect((await call("GET", `${path}?client_key=other`)).status).toBe(401);
    expect((await call("GET", `${path}?client_key=sandbox&api_token=other`)).status).toBe(401);
  });
});

describe("events", () => {
  const ways = [
    {
      way: "spec",
      send: (event: object) => ({
        method: "POST",
        path: "/v1.2/event/create.json",
        headers: { authorization: basic() },
        body: JSON.stringify(event),
      }),
    },
    {
      way: "http-get",
      send: (event: object) => ({
        method: "GET",
        path: `/v1.2/event/create.json?client_key=sandbox&message=${encodeURIComponent(JSON.stringify(event))}`,
      }),
    },
    {
      way: "engage",
      send: (event: object) => ({
        method: "POST",
        path: "/v1.2/events",
        body: JSON.stringify({ client_key: "sandbox", ...event }),
      }),
    },
    {
      way: "edge",
      send: (event: object) => ({
        method: "POST",
        path: "/v1/events/v1.2/events?sitecoreContextId=sandbox&siteId=bellhop",
        body: JSON.stringify(event),
      }),
    },
  ];

  describe.each(ways)("by $way", ({ send }) => {
    const start = async () => {
      const sandbox = await startSandbox();
      const deliver = (event: object) => {
        const { method, path, ...rest } = send(event);
        return sandbox.call(method, path, rest);
      };
      return { ...sandbox, deliver };
    };

    it("are answered with 201 and processed", async () => {
      const { deliver, browser, view, events } = await start();
      const answer = await deliver(view(await browser()));
      expect(answer.status).toBe(201);
      expect(answer.body).toEqual({ ref, status: "OK", version: "1.2", client_key: "sandbox" });
      expect(await events()).toMatchObject([{ ref: answer.body["ref"], status: "PROCESSED", reasons: [] }]);
    });

    it.each([
      ["no type", { type: undefined }, 400, "missing-field"],
      ["an empty type", { type: "" }, 400, "missing-field"],
      ["a type that is a number", { type: 7 }, 400, "missing-field"],
      ["no browser_id", { browser_id: undefined }, 400, "missing-field"],
      ["a browser_id that is null", { browser_id: null }, 400, "missing-field"],
      ["an unknown browser_id", { browser_id: "nobody" }, 404, "unknown-browser"],
      ["a browser_id that is a name of the prototype", { browser_id: "constructor" }, 404, "unknown-browser"],
    ])("with %s are refused", async (_what, fields, status, code) => {
      const { deliver, browser, view, summary } = await start();
      const answer = await deliver({ ...view(await browser()), ...fields });
      expect(answer.status).toBe(status);
      expect(answer.body).toMatchObject({ status, code });
      expect(await summary()).toMatchObject({ total: 0, rejected: 1 });
    });

    it("with an unknown point of sale are answered with 201 and dropped", async () => {
      const { deliver, browser, view, events, summary } = await start();
      const answer = await deliver(view(await browser(), { pos: "bellhopp" }));
      expect(answer.status).toBe(201);
      const [event] = await events();
      expect(event).toMatchObject({
        status: "DROPPED",
        pointOfSale: "bellhopp",
        reasons: [{ code: "unknown-point-of-sale", path: "/pos" }],
      });
      expect(JSON.stringify(event)).toContain("bellhop, kiosk");
      expect(await summary()).toMatchObject({ total: 1, dropped: 1, failed: 0, rejected: 0 });
    });
  });

  it.each([
    ["text", "hello"],
    ["nothing", ""],
    ["a list", "[{}]"],
    ["null", "null"],
    ["a number", "5"],
    ["half of an object", '{"type":"VIEW"'],
  ])("are refused with 400 where the body is %s", async (_what, body) => {
    const { call } = await startSandbox();
    for (const path of ["/v1.2/event/create.json", "/v1.2/events"]) {
      const answer = await call("POST", path, { headers: { authorization: basic() }, body });
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ code: "unreadable-event" });
    }
    const message = encodeURIComponent(body);
    const byGet = await call("GET", `/v1.2/event/create.json?client_key=sandbox&message=${message}`);
    expect(byGet.status).toBe(400);
  });

  it.each([
    ["no Authorization", {}],
    ["another key", { authorization: basic("other", "sandbox") }],
    ["another token", { authorization: basic("sandbox", "other") }],
    ["Bearer", { authorization: "Bearer sandbox" }],
    ["Basic without base64", { authorization: "Basic :::" }],
    ["Basic alone", { authorization: "Basic" }],
  ])("by POST and Basic are refused with 401 for %s", async (_what, headers) => {
    const { call, browser, view } = await startSandbox();
    const body = JSON.stringify(view(await browser()));
    const answer = await call("POST", "/v1.2/event/create.json", { headers, body });
    expect(answer.status).toBe(401);
  });

  it("by the other ways are refused with 401 for a wrong key", async () => {
    const { call, browser, view } = await startSandbox();
    const event = view(await browser());
    const body = JSON.stringify({ ...event, client_key: "other" });
    expect((await call("POST", "/v1.2/events", { body })).status).toBe(401);
    expect((await call("POST", "/v1.2/events", { body: JSON.stringify(event) })).status).toBe(401);
    const message = encodeURIComponent(body);
    const byGet = `/v1.2/event/create.json?client_key=other&message=${message}`;
    expect((await call("GET", byGet)).status).toBe(401);
    expect((await call("POST", "/v1/events/v1.2/events?sitecoreContextId=other", { body })).status).toBe(401);
  });

  it("by GET may carry a message with raw braces and quotes, as hand-written clients send it", async () => {
    const { sandbox, browser, events } = await startSandbox();
    const message = `{"type":"VIEW","browser_id":"${await browser()}","pos":"bellhop","page":"a+b%20%C3%BC"}`;
    const answer = await sendRaw(
      sandbox.port,
      `GET /v1.2/event/create.json?client_key=sandbox&message=${message} HTTP/1.1\r\nHost: 127.0.0.1:${sandbox.port}\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 201 /);
    expect(await events()).toMatchObject([{ status: "PROCESSED", arbitraryData: { page: "a b ü" } }]);
  });

  it("are read whatever content type they claim", async () => {
    const { call, browser, view } = await startSandbox();
    const body = JSON.stringify(view(await browser()));
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "nonsense"]) {
      const headers = { authorization: basic(), "content-type": type };
      expect((await call("POST", "/v1.2/event/create.json", { headers, body })).status).toBe(201);
    }
  });
});

describe("the point of sale of an edge event", () => {
  const path = "/v1/events/v1.2/events?sitecoreContextId=sandbox";

  it.each([
    ["empty", { pos: "" }],
    ["null", { pos: null }],
    ["absent", {}],
  ])("comes from the site where it is %s", async (_what, fields) => {
    const { call, browser, events } = await startSandbox();
    const body = JSON.stringify({ type: "VIEW", browser_id: await browser(), client_key: "", ...fields });
    await call("POST", `${path}&siteId=bellhop`, { body });
    expect(await events()).toMatchObject([{ status: "PROCESSED", pointOfSale: "bellhop" }]);
  });

  it("stays as written where it is written", async () => {
    const { call, browser, events } = await startSandbox();
    const body = JSON.stringify({ type: "VIEW", browser_id: await browser(), pos: "kiosk" });
    await call("POST", `${path}&siteId=bellhop`, { body });
    expect(await events()).toMatchObject([{ status: "PROCESSED", pointOfSale: "kiosk" }]);
  });

  it("is missing where the site is unknown, and the reason names the sites", async () => {
    const { call, browser, sandbox } = await startSandbox();
    const body = JSON.stringify({ type: "VIEW", browser_id: await browser(), pos: "" });
    const { body: answer } = await call("POST", `${path}&siteId=__proto__`, { body });
    const event = await sandbox.settled(String(answer["ref"]), 10_000);
    expect(event).toMatchObject({ status: "DROPPED" });
    expect(event?.issues[0]?.hint).toContain("siteId: bellhop");
  });
});
