import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { basic, startSandbox } from "../testing/sandbox-fixture";

const path = "/_sandbox/config";

describe("the configuration that is shown", () => {
  it("has every setting, the sandbox's own name, and no key", async () => {
    const { call, sandbox } = await startSandbox({
      config: { clientKey: "only-mine", apiToken: "not-yours" },
    });
    const answer = await call("GET", path);
    expect(answer.text).not.toMatch(/only-mine|not-yours/);
    expect(answer.body).toEqual({
      instance: sandbox.instance,
      pointsOfSale: [
        { name: "bellhop", timeout: "1800000ms" },
        { name: "kiosk", timeout: "1200000ms" },
      ],
      sites: { bellhop: "bellhop" },
      dataModel: "2.1",
      identityRules: ["email", "CRM"],
      whenNoMatch: "become-customer",
      unidentifiedOrder: "accept",
      repeatedOrder: "fail",
      currencies: "all",
      catalog: "by-transport",
      strict: false,
      delay: "1ms",
      allowedHosts: [],
      quota: 1024 ** 3,
    });
  });

  it("is text to edit where that is asked for", async () => {
    const { call } = await startSandbox();
    const answer = await call("GET", `${path}?format=text`);
    expect(answer.headers["content-type"]).toBe("application/yaml; charset=utf-8");
    expect(answer.text).toContain("# ");
    expect(parse(answer.text)).toMatchObject({ delay: "1ms", identityRules: ["email", "CRM"] });
    expect((await call("GET", `${path}?format=xml`)).status).toBe(400);
  });
});

describe("a configuration that is put", () => {
  it("holds for the next event, without a restart", async () => {
    const { call, post, browser, view, events } = await startSandbox();
    const id = await browser();
    await post(view(id, { pos: "shop" }));
    expect(await events()).toMatchObject([{ status: "DROPPED" }]);
    const answer = await call("PUT", path, { body: "pointsOfSale: [{ name: shop }]\nstrict: true\n" });
    expect(answer).toMatchObject({
      status: 200,
      body: { status: "OK", warnings: ["This holds until the sandbox ends."] },
    });
    expect((await post(view(id, { pos: "shop" }))).status).toBe(201);
    expect((await post(view(id, { pos: "shop", channel: "TELEPATHY" }))).status).toBe(400);
    expect(await events("?status=PROCESSED")).toHaveLength(1);
  });

  it("takes back to the defaults what it leaves out", async () => {
    const { call } = await startSandbox();
    await call("PUT", path, { body: '{"strict": true, "delay": "7ms"}' });
    await call("PUT", path, { body: "delay: 8ms" });
    expect((await call("GET", path)).body).toMatchObject({ strict: false, delay: "8ms" });
  });

  it("leaves the keys as they are unless it says them", async () => {
    const { call, browser, view } = await startSandbox({ config: { clientKey: "mine", apiToken: "token" } });
    const id = await browser();
    const post = async (key: string, token: string): Promise<number> => {
      const headers = { authorization: basic(key, token) };
      const body = JSON.stringify(view(id));
      return (await call("POST", "/v1.2/event/create.json", { headers, body })).status;
    };
    await call("PUT", path, { body: "strict: false" });
    expect(await post("mine", "token")).toBe(201);
    const { body } = await call("PUT", path, { body: "apiToken: another" });
    expect(JSON.stringify(body["warnings"])).toMatch(/hold until the sandbox ends/);
    expect(await post("mine", "token")).toBe(401);
    expect(await post("mine", "another")).toBe(201);
  });

  it("says what in it has no effect, with its place", async () => {
    const { call } = await startSandbox();
    const { body } = await call("PUT", path, { body: "delay: 1ms\nforward: eu\n" });
    expect(body["warnings"]).toContainEqual(expect.stringMatching(/^configuration:2:1: .*"forward"/));
  });

  it("changes nothing where it is wrong, and says where", async () => {
    const { call } = await startSandbox();
    const answer = await call("PUT", path, { body: "delay: 7ms\nstrict: maybe\n" });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      code: "invalid-input",
      message: "configuration:2:9: strict is true or false.",
      developerMessage: expect.stringContaining("sandbox.schema.json"),
    });
    expect((await call("GET", path)).body).toMatchObject({ delay: "1ms" });
  });

  it("longer than any configuration is refused with 413", async () => {
    const { call } = await startSandbox();
    expect((await call("PUT", path, { body: `#${" ".repeat(70_000)}` })).status).toBe(413);
  });

  it("is kept in the order in which it came", async () => {
    const kept: number[] = [];
    const { call } = await startSandbox({
      keepConfig: async ({ delay }) => {
        kept.push(delay);
        return null;
      },
    });
    const delays = Array.from({ length: 20 }, (_, index) => index + 1);
    await Promise.all(delays.map((delay) => call("PUT", path, { body: `delay: ${delay}ms` })));
    const { body } = await call("GET", path);
    expect(kept).toHaveLength(20);
    expect(body["delay"]).toBe(`${String(kept.at(-1))}ms`);
  });

  it("is refused to pages of other origins", async () => {
    const { call } = await startSandbox();
    const headers = { origin: "https://elsewhere.example" };
    expect((await call("PUT", path, { headers, body: "strict: true" })).status).toBe(403);
    expect((await call("GET", path)).body).toMatchObject({ strict: false });
  });

  it("may not give the public credential to other machines", async () => {
    const { call } = await startSandbox({
      host: "0.0.0.0",
      config: { clientKey: "mine", apiToken: "token" },
    });
    const headers = { authorization: basic("mine", "token") };
    const answer = await call("PUT", path, { headers, body: "clientKey: sandbox" });
    expect(answer.status).toBe(400);
    expect(answer.body["message"]).toContain("other machines");
    expect((await call("PUT", path, { body: "strict: true" })).status).toBe(401);
  });
});
