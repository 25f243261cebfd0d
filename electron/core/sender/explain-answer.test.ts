import { describe, expect, it } from "vitest";
import type { Entry } from "../../../shared/model/entry";
import type { Environment } from "../../../shared/model/environment";
import { explainAnswer } from "./explain-answer";

const environment = (change: Partial<Environment> = {}): Environment => ({
  name: "eu",
  colour: "blue",
  baseUrl: "https://api-engage-eu.sitecorecloud.io",
  transport: "spec",
  catalog: "spec",
  production: true,
  vars: {},
  ...change,
});

const answered = (status: number, change: Partial<Entry> = {}): Parameters<typeof explainAnswer>[1] => ({
  kind: "event",
  event: { type: "VIEW", browser_id: "b-1" },
  verdict: { catalog: "spec", schema: "valid", issues: [], ingestion: "unknown" },
  response: { status, statusText: "", headers: {}, body: { text: "{}", size: 2, truncated: false } },
  ...change,
});

const codes = (...parameters: Parameters<typeof explainAnswer>): string[] =>
  explainAnswer(...parameters).map(({ code }) => code);

describe("an answer", () => {
  it("of 2xx with JSON needs no words, nor does a redirect, which is an error of its own", () => {
    for (const status of [200, 201, 301, 304]) expect(codes(environment(), answered(status))).toEqual([]);
    expect(codes(environment(), answered(201, { response: null }))).toEqual([]);
  });

  it("of 401 by the transport spec says that Sitecore does not confirm it, and names the other two", () => {
    const [refused, unconfirmed] = explainAnswer(environment(), answered(401));
    expect(refused).toMatchObject({
      severity: "error",
      message: "Refused (401): the client key or the API token is wrong, or belongs to another region.",
      hint: expect.stringMatching(
        /known in its own region alone: if it is not in eu, send to us, ap or jp/,
      ) as string,
    });
    expect(unconfirmed).toMatchObject({
      code: "unconfirmed-transport",
      severity: "info",
      certainty: "unverified",
    });
    expect(unconfirmed?.hint).toMatch(/engage.*http-get/);
  });

  it("says so only of Sitecore's own hosts, of events, and of that transport", () => {
    const elsewhere = environment({ baseUrl: "https://sitecorecloud.io.example" });
    expect(codes(elsewhere, answered(401))).toEqual(["refused-credential"]);
    expect(codes(environment({ transport: "engage" }), answered(401))).toEqual(["refused-credential"]);
    expect(codes(environment(), answered(401, { kind: "browser", event: null }))).toEqual([
      "refused-credential",
    ]);
  });

  it("of 400 names the documented cause where the event has it", () => {
    const [issue] = explainAnswer(environment(), answered(400, { event: { type: "VIEW" } }));
    expect(issue).toMatchObject({
      path: "/browser_id",
      message: "Refused (400): the event has no browser_id.",
    });
    expect(issue?.certainty).toBe("documented");
    const verdict = { ...answered(400).verdict, schema: "invalid" } as const;
    const [invalid] = explainAnswer(environment(), answered(400, { verdict }));
    expect(invalid?.hint).toContain("Correct what else is said of it here");
    const [other] = explainAnswer(environment(), answered(400));
    expect(other).toMatchObject({ path: "", certainty: "unverified" });
  });

  it("of 404 points to the browser id", () => {
    expect(explainAnswer(environment(), answered(404))[0]).toMatchObject({
      path: "/browser_id",
      certainty: "documented",
    });
  });

  it("that no document names is called that", () => {
    for (const [status, code] of [
      [403, "refused"],
      [415, "wrong-transport"],
      [429, "refused-rate"],
    ] as const) {
      const [issue] = explainAnswer(environment({ transport: "engage" }), answered(status));
      expect(issue).toMatchObject({ code, certainty: "unverified" });
    }
    expect(codes(environment(), answered(500))).toEqual(["target-failed"]);
  });

  it("of 2xx without JSON may come from somebody else", () => {
    const page = {
      status: 200,
      statusText: "",
      headers: {},
      body: { text: "hello", size: 5, truncated: false },
    };
    expect(codes(environment(), answered(200, { response: page }))).toEqual(["unexpected-answer"]);
    expect(codes(environment(), answered(200, { response: { ...page, body: null } }))).toEqual([
      "unexpected-answer",
    ]);
  });

  const page = (status: number): Partial<Entry> => ({
    response: {
      status,
      statusText: "",
      headers: { "content-type": "text/html" },
      body: { text: "<html><title>\nBlocked by\tpolicy </title>", size: 40, truncated: false },
    },
  });

  it("that is a web page names its title, and who may have answered", () => {
    expect(explainAnswer(environment(), answered(403, page(403)))[0]).toMatchObject({
      code: "refused-by-web-page",
      message: expect.stringContaining('a web page, titled "Blocked by policy", and not with JSON') as string,
      hint: expect.stringContaining("a company's proxy says there what it forbids") as string,
    });
    expect(codes(environment({ transport: "engage" }), answered(404, page(404)))).toEqual([
      "wrong-transport",
    ]);
    expect(codes(environment(), answered(200, page(200)))).toEqual([]);
    const json = { ...page(403).response, body: { text: "{}", size: 2, truncated: false } };
    expect(codes(environment(), answered(403, { response: json as Entry["response"] }))).toContain("refused");
  });

  it("of a proxy, of a network's login page and of a size has a cause of its own", () => {
    const byGet = environment({ transport: "http-get", catalog: "sitecore" });
    expect(codes(byGet, answered(407))).toEqual(["refused-by-proxy"]);
    expect(codes(byGet, answered(511))).toEqual(["captive-portal"]);
    for (const status of [413, 414, 431]) {
      expect(explainAnswer(byGet, answered(status))[0]).toMatchObject({
        code: "refused-size",
        message: expect.stringContaining("the address is too long") as string,
        hint: expect.stringContaining("engage") as string,
      });
    }
  });

  it("of 401 by edge speaks of the context id, and offers no other transport at the edge proxy", () => {
    const edge = environment({ baseUrl: "https://edge-platform.sitecorecloud.io", transport: "edge" });
    const issues = explainAnswer(edge, answered(401));
    expect(issues).toMatchObject([
      { code: "refused-credential", message: expect.stringContaining("the context id") as string },
    ]);
  });
});
