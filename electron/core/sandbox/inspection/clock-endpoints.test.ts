import { describe, expect, it } from "vitest";
import { startSandbox } from "../testing/sandbox-fixture";

const path = "/_sandbox/clock";
const day = 86_400_000;

describe("the clock", () => {
  it("is real until time is let pass, and again once it is set back", async () => {
    const { call } = await startSandbox();
    expect((await call("GET", path)).body).toMatchObject({ offset: 0 });
    const before = Date.now();
    const advanced = await call("POST", path, { body: '{"advance":"21d"}' });
    expect(advanced).toMatchObject({ status: 200, body: { offset: 21 * day } });
    expect(Date.parse(String(advanced.body["now"]))).toBeGreaterThanOrEqual(before + 21 * day);
    expect((await call("POST", path, { body: '{"advance":"1h"}' })).body).toMatchObject({
      offset: 21 * day + 3_600_000,
    });
    expect((await call("GET", path)).body).toMatchObject({ offset: 21 * day + 3_600_000 });
    expect((await call("POST", path, { body: '{"real":true}' })).body).toMatchObject({ offset: 0 });
  });

  it("gives events the sandbox's own time", async () => {
    const { call, post, browser, view, events } = await startSandbox();
    const id = await browser();
    await call("POST", path, { body: '{"advance":"365d"}' });
    await post(view(id));
    const [event] = await events();
    expect(Date.parse(String(event?.["createdAt"]))).toBeGreaterThan(Date.now() + 364 * day);
  });

  it.each([
    ["", /takes/],
    ["{", /takes/],
    ["[]", /takes/],
    ["{}", /neither how far/],
    ['{"advance":5}', /neither how far/],
    ['{"advance":"5"}', /"5" is not a duration/],
    ['{"advance":"-1d"}', /not a duration/],
    ['{"advance":"999999999999d"}', /hundred years/],
    ['{"real":false}', /neither/],
    ['{"real":true,"advance":"1d"}', /neither/],
  ])("is not moved by %j", async (body, words) => {
    const { call } = await startSandbox();
    const answer = await call("POST", path, { body });
    expect(answer.status).toBe(400);
    expect(answer.body["message"]).toMatch(words);
    expect((await call("GET", path)).body).toMatchObject({ offset: 0 });
  });
});
