import { describe, expect, it } from "vitest";
import { entryForTests } from "./model/entry-for-tests";
import { harFrame, toHarEntry } from "./to-har";

const body = (text: string) => ({ text, size: text.length, truncated: false });

describe("an entry as HAR", () => {
  it("has every field that HAR 1.2 requires", () => {
    const entry = entryForTests({
      request: {
        method: "POST",
        url: "https://cdp.example/e?a=1&b=%20",
        headers: { "Content-Type": "application/json" },
        body: body('{"type":"VIEW"}'),
      },
      response: {
        status: 201,
        statusText: "Created",
        headers: { "content-type": "application/json" },
        body: body("{}"),
      },
      timings: { dns: 1, connect: 2, tls: 3, firstByte: 4, total: 15 },
    });
    expect(toHarEntry(entry)).toMatchObject({
      startedDateTime: "2026-11-23T10:00:00.000Z",
      time: 15,
      request: {
        ...{ method: "POST", url: "https://cdp.example/e?a=1&b=%20", httpVersion: "unknown", cookies: [] },
        headers: [{ name: "Content-Type", value: "application/json" }],
        queryString: [
          { name: "a", value: "1" },
          { name: "b", value: " " },
        ],
        postData: { mimeType: "application/json", text: '{"type":"VIEW"}' },
        ...{ headersSize: -1, bodySize: 15 },
      },
      response: {
        ...{ status: 201, statusText: "Created", redirectURL: "", headersSize: -1, bodySize: -1 },
        content: { size: 2, mimeType: "application/json", text: "{}" },
      },
      cache: {},
      timings: { blocked: -1, dns: 1, connect: 5, ssl: 3, send: 0, wait: 4, receive: 5 },
      _bellhop: { type: "VIEW", environment: "sandbox", verdict: { ingestion: "processed" } },
    });
  });

  it("says that there was no answer, and why", () => {
    const error = { code: "REFUSED" as const, message: "Nothing listens.", hint: "Start it." };
    const timings = { dns: null, connect: null, tls: null, firstByte: null, total: null };
    expect(toHarEntry(entryForTests({ response: null, error, timings }))).toMatchObject({
      time: 0,
      response: { status: 0, statusText: "", content: { size: 0, mimeType: "x-unknown" }, _error: "REFUSED" },
      timings: { dns: -1, connect: -1, ssl: -1, send: 0, wait: 0, receive: 0 },
      _bellhop: { error: { message: "Nothing listens." } },
    });
  });

  it("stands in a file that is JSON, with one entry, several, or none", () => {
    const { head, tail } = harFrame("1.2.3");
    const one = JSON.stringify(toHarEntry(entryForTests()));
    for (const entries of ["", one, `${one},\n${one}`]) {
      expect(JSON.parse(`${head}${entries}${tail}`)).toMatchObject({
        log: { version: "1.2", creator: { name: "Bellhop", version: "1.2.3" } },
      });
    }
  });
});
