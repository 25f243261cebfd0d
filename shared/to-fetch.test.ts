import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EntryRequest } from "./model/entry";
import { toFetch } from "./to-fetch";

const text = (value: string) => ({ text: value, size: value.length, truncated: false });
const request = (change: Partial<EntryRequest> = {}): { request: EntryRequest } => ({
  request: {
    method: "POST",
    url: "https://cdp.example/v1.2/event/create.json",
    headers: { "content-type": "application/json", authorization: "***(matches eu)" },
    body: text('{"type":"VIEW"}'),
    ...change,
  },
});

/** Runs a call in a context that has nothing else. @returns what fetch was called with */
const run = (code: string, env: Record<string, string> = {}): [string, Record<string, unknown>] => {
  const calls: [string, Record<string, unknown>][] = [];
  const fetch = (...call: [string, Record<string, unknown>]): void => void calls.push(call);
  runInNewContext(code.replace(/^await /m, ""), { fetch, process: { env }, btoa, atob, Uint8Array });
  expect(calls).toHaveLength(1);
  return calls[0] as (typeof calls)[0];
};

describe("a request as a call of fetch", () => {
  it("is readable, with variables in place of the credential", () => {
    expect(toFetch(request())).toBe(
      [
        'await fetch("https://cdp.example/v1.2/event/create.json", {',
        '  method: "POST",',
        "  headers: {",
        '    "content-type": "application/json",',
        '    "authorization": "Basic " + btoa(process.env.BELLHOP_CLIENT_KEY_EU + ":" + process.env.BELLHOP_API_TOKEN_EU),',
        "  },",
        '  body: "{\\"type\\":\\"VIEW\\"}",',
        "});",
      ].join("\n"),
    );
  });

  it("calls with the credential of the variables, and the sandbox's public one as it is", () => {
    const env = { BELLHOP_CLIENT_KEY_EU: "key", BELLHOP_API_TOKEN_EU: "token" };
    expect(run(toFetch(request()), env)[1]["headers"]).toMatchObject({
      authorization: `Basic ${btoa("key:token")}`,
    });
    const sandbox = request({ headers: { authorization: "***(matches sandbox)" } });
    expect(run(toFetch(sandbox))[1]["headers"]).toEqual({
      authorization: `Basic ${btoa("sandbox:sandbox")}`,
    });
  });

  it("puts the client key back into an address and a body", () => {
    const url = "https://cdp.example/e?client_key=***(matches eu)&message=1";
    const body = text('{"client_key":"***(matches eu)"}');
    const [address, options] = run(toFetch(request({ url, body, headers: {} })), {
      BELLHOP_CLIENT_KEY_EU: "key",
    });
    expect(address).toBe("https://cdp.example/e?client_key=key&message=1");
    expect(options["body"]).toBe('{"client_key":"key"}');
  });

  it("sends bytes as they were", () => {
    const body = { base64: "AP8=", size: 2, truncated: false };
    expect([...(run(toFetch(request({ body })))[1]["body"] as Uint8Array)]).toEqual([0, 255]);
  });

  it("calls with what the entry holds and does nothing else, whatever that is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string(), (value, address) => {
        const [url, options] = run(
          toFetch(request({ url: address, headers: { "x-a": value }, body: text(value) })),
        );
        expect(url).toBe(address);
        expect(options).toMatchObject({ headers: { "x-a": value }, body: value });
      }),
    );
  });
});
