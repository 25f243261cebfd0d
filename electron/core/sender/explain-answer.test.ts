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
      message: "Refused (401): the client key or the host is wrong.",
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
    for (const status of [403, 415, 429]) {
      const [issue] = explainAnswer(environment({ transport: "engage" }), answered(status));
      expect(issue).toMatchObject({ code: "refused", certainty: "unverified" });
    }
    expect(codes(environment(), answered(500))).toEqual(["target-failed"]);
  });

  it("of 2xx without JSON may come from somebody else", () => {
    const page = {
      status: 200,
      statusText: "",
      headers: {},
      body: { text: "<html>", size: 6, truncated: false },
    };
    expect(codes(environment(), answered(200, { response: page }))).toEqual(["unexpected-answer"]);
    expect(codes(environment(), answered(200, { response: { ...page, body: null } }))).toEqual([
      "unexpected-answer",
    ]);
  });
});
