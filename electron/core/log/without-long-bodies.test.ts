import { expect, it } from "vitest";
import { entryForTests } from "../../../shared/model/entry-for-tests";
import { withoutLongBodies } from "./without-long-bodies";

it("leaves out what is in a long body, and keeps what is said of it", () => {
  const short = { text: "short", size: 5, truncated: false };
  const long = { base64: "A".repeat(400), size: 300, truncated: true, encoding: "gzip" };
  const entry = entryForTests({
    request: { method: "POST", url: "http://a", headers: {}, body: short },
    response: { status: 200, statusText: "OK", headers: {}, body: long },
  });
  const { request, response } = withoutLongBodies(entry, 100);
  expect(request.body).toEqual(short);
  expect(response?.body).toEqual({ size: 300, truncated: true, encoding: "gzip", leftOut: true });
  expect(withoutLongBodies(entryForTests({ response: null }), 100).response).toBeNull();
});
