import { describe, expect, it } from "vitest";
import { basic, call, sendRaw, startSandbox, type TestSandbox } from "../testing/sandbox-fixture";

const path = "/v1.2/event/create.json";

const setFaults = async ({ call: ask }: TestSandbox, faults: object[]): Promise<void> => {
  const answer = await ask("PUT", "/_sandbox/faults", { body: JSON.stringify(faults) });
  expect(answer.body).toEqual({ status: "OK", warnings: [] });
};

/** A sandbox with faults, and a view that is posted to it. */
const withFaults = async (...faults: object[]) => {
  const sandbox = await startSandbox();
  const event = sandbox.view(await sandbox.browser());
  await setFaults(sandbox, faults);
  return { ...sandbox, send: () => sandbox.post(event), event };
};

/** The code of what `node` makes of an answer that is none. */
const failureOf = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise;
  } catch (error) {
    if (!(error instanceof Error)) return String(error);
    return "code" in error && error.code !== undefined ? String(error.code) : error.name;
  }
  return "answered";
};

describe("the fault status", () => {
  it("answers in the API's place, so that nothing comes of the event", async () => {
    const { send, summary } = await withFaults({ match: {}, fault: "status", status: 429 });
    const answer = await send();
    expect(answer.status).toBe(429);
    expect(answer.headers["x-bellhop-fault"]).toBe("status");
    expect(answer.headers["access-control-allow-origin"]).toBe("*");
    expect(answer.body).toMatchObject({
      status: 429,
      code: "fault",
      message: expect.stringContaining("429"),
    });
    expect(await summary()).toMatchObject({ total: 0, rejected: 0 });
  });

  it("is 503 where it does not say", async () => {
    const { send } = await withFaults({ match: {}, fault: "status" });
    expect((await send()).status).toBe(503);
  });

  it("has no body where the status allows none", async () => {
    const { send } = await withFaults({ match: {}, fault: "status", status: 204 });
    expect(await send()).toMatchObject({ status: 204, text: "" });
  });
});

describe("the fault reset", () => {
  it("cuts the connection before the API sees the request", async () => {
    const { send, summary } = await withFaults({ match: {}, fault: "reset" });
    expect(await failureOf(send())).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
    expect(await summary()).toMatchObject({ total: 0 });
  });
});

describe("the fault timeout", () => {
  it("answers nothing, and closes the connection after its time", async () => {
    const { send, summary } = await withFaults({ match: {}, fault: "timeout", ms: 20 });
    expect(await failureOf(send())).toBe("UND_ERR_SOCKET");
    expect(await summary()).toMatchObject({ total: 0 });
  });
});

it("a large body does not end the fault timeout before its time", async () => {
  const sandbox = await startSandbox({ patience: { request: 1_000, idle: 5_000 } });
  await setFaults(sandbox, [{ match: {}, fault: "timeout", ms: 2_500 }]);
  const large = sandbox.call("POST", "/v1.2/events", { body: "x".repeat(1_000_000) });
  expect(await failureOf(large)).toBe("UND_ERR_SOCKET");
});

describe("the fault delay", () => {
  it("keeps the answer back, after the event is accepted", async () => {
    const { send, summary } = await withFaults({ match: {}, fault: "delay", ms: 86_400_000, times: 1 });
    const late = failureOf(send());
    // The answer is a day away; the event is processed.
    await expect.poll(async () => (await summary())["processed"]).toBe(1);
    expect((await send()).status).toBe(201);
    expect(await Promise.race([late, Promise.resolve("still waiting")])).toBe("still waiting");
  });

  it("gives the API's own answer once it is over", async () => {
    const { send } = await withFaults({ match: {}, fault: "delay", ms: 10 });
    const answer = await send();
    expect(answer).toMatchObject({ status: 201, body: { status: "OK" } });
    expect(answer.headers["x-bellhop-fault"]).toBe("delay");
  });
});

describe("the fault garbage", () => {
  it("answers what is no HTTP, although the event is accepted", async () => {
    const { send, summary } = await withFaults({ match: {}, fault: "garbage" });
    expect(await failureOf(send())).toMatch(/^HPE_|^HTTPParserError/);
    expect(await summary()).toMatchObject({ processed: 1 });
  });
});

describe("the fault truncate", () => {
  it("announces a longer answer than it gives, although the event is accepted", async () => {
    const { sandbox, event, summary } = await withFaults({ match: {}, fault: "truncate" });
    const body = JSON.stringify(event);
    const head = [
      `POST ${path} HTTP/1.1`,
      `Host: 127.0.0.1:${sandbox.port}`,
      `Authorization: ${basic()}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    const answer = await sendRaw(sandbox.port, `${head.join("\r\n")}\r\n\r\n${body}`);
    const [headers = "", text = ""] = answer.split("\r\n\r\n");
    const announced = Number(/content-length: (\d+)/i.exec(headers)?.[1]);
    expect(headers).toMatch(/^HTTP\/1\.1 201 /);
    expect(text.length).toBeGreaterThan(0);
    expect(text.length).toBeLessThan(announced);
    expect(await summary()).toMatchObject({ processed: 1 });
  });
});

describe("the fault slow-body", () => {
  it("gives the whole answer, bit by bit", async () => {
    const { send } = await withFaults({ match: {}, fault: "slow-body", ms: 60 });
    const answer = await send();
    expect(answer).toMatchObject({ status: 201, body: { status: "OK" } });
    expect(answer.headers["x-bellhop-fault"]).toBe("slow-body");
  });

  it("gives the API's refusals too", async () => {
    const { call: ask } = await withFaults({ match: {}, fault: "slow-body", ms: 10 });
    expect(await ask("POST", path, { body: "{}" })).toMatchObject({ status: 401, body: { status: 401 } });
  });
});

describe("a fault hits", () => {
  const statuses = async (send: () => Promise<{ status: number }>, count: number): Promise<number[]> => {
    const all: number[] = [];
    for (let index = 0; index < count; index += 1) all.push((await send()).status);
    return all;
  };

  it.each([
    ["every matching request", {}, {}, [503, 503, 503, 503]],
    ["the nth matching request only", { nth: 2 }, {}, [201, 503, 201, 201]],
    ["from the nth on as often as it says", { nth: 2 }, { times: 2 }, [201, 503, 503, 201]],
    ["at most as often as it says", {}, { times: 3 }, [503, 503, 503, 201]],
  ])("%s", async (_what, match, limits, expected) => {
    const { send } = await withFaults({ match, fault: "status", ...limits });
    expect(await statuses(send, 4)).toEqual(expected);
  });

  it("events of its type, whichever way they are sent", async () => {
    const sandbox = await withFaults({ match: { type: "SEARCH" }, fault: "status" });
    const id = await sandbox.browser();
    const search = sandbox.view(id, { type: "SEARCH", search_term: "tee" });
    const message = encodeURIComponent(JSON.stringify(search));
    expect((await sandbox.send()).status).toBe(201);
    expect((await sandbox.post(search)).status).toBe(503);
    expect((await sandbox.call("GET", `${path}?client_key=sandbox&message=${message}`)).status).toBe(503);
    const engage = { body: JSON.stringify({ ...search, client_key: "sandbox" }) };
    expect((await sandbox.call("POST", "/v1.2/events", engage)).status).toBe(503);
    expect((await sandbox.call("POST", path, { body: "[" })).status).toBe(401);
  });

  it("requests of its path, whatever their query", async () => {
    const sandbox = await withFaults({ match: { path: "/v1.2/browser/create.json" }, fault: "status" });
    expect((await sandbox.call("GET", "/v1.2/browser/create.json?client_key=sandbox")).status).toBe(503);
    expect((await sandbox.send()).status).toBe(201);
  });

  it("where several match, as the first in the list that is due; each counts for itself", async () => {
    const { send } = await withFaults(
      { match: { nth: 1 }, fault: "status", status: 500 },
      { match: { nth: 1 }, fault: "status", status: 501 },
      { match: { nth: 2 }, fault: "status", status: 502 },
    );
    expect(await statuses(send, 3)).toEqual([500, 502, 201]);
  });

  it("never inspection, nor what a browser asks before it posts", async () => {
    const { call: ask } = await withFaults({ match: {}, fault: "status" });
    expect((await ask("GET", "/_sandbox/summary")).status).toBe(200);
    expect((await ask("OPTIONS", path)).status).toBe(204);
  });

  it("nothing any more once the faults are taken away, and counts anew once they are set again", async () => {
    const sandbox = await withFaults({ match: { nth: 1 }, fault: "status" });
    expect(await statuses(sandbox.send, 2)).toEqual([503, 201]);
    await setFaults(sandbox, [{ match: { nth: 1 }, fault: "status" }]);
    expect(await statuses(sandbox.send, 2)).toEqual([503, 201]);
    await setFaults(sandbox, [{ match: {}, fault: "status" }]);
    expect((await sandbox.call("DELETE", "/_sandbox/faults")).status).toBe(200);
    expect((await sandbox.send()).status).toBe(201);
  });
});

it.each([
  ["timeout", {}],
  ["delay", { ms: 86_400_000 }],
  ["slow-body", { ms: 86_400_000 }],
])("a fault %s that is pending does not keep the sandbox from closing", async (fault, limits) => {
  const { send, sandbox } = await withFaults({ match: {}, fault, ...limits });
  const pending = failureOf(send());
  // Asked behind it on another connection, so that the fault is at work by then.
  await call(sandbox.url, "GET", "/_sandbox/summary?settle=1s");
  await sandbox.close();
  expect(await pending).not.toBe("answered");
});
