import { describe, expect, it } from "vitest";
import type { Environment } from "../../../shared/model/environment";
import {
  checkForm,
  copyName,
  emptyForm,
  fromForm,
  isPlainHttp,
  originOf,
  sameForm,
  toForm,
  type EnvironmentForm,
} from "./environment-form";

const environment: Environment = {
  name: "staging-eu",
  colour: "plum",
  baseUrl: "https://cdp-staging.shop.example",
  transport: "spec",
  catalog: "spec",
  channel: "WEB",
  pos: "shop-eu",
  siteId: "shop",
  production: false,
  vars: { TIER: "gold" },
};
const form = (change: Partial<EnvironmentForm> = {}): EnvironmentForm => ({
  ...toForm(environment),
  ...change,
});

describe("the form of an environment", () => {
  it("gives back what it was given, with the fields that it does not show", () => {
    expect(fromForm(form(), environment)).toEqual(environment);
  });

  it("saves trimmed text and leaves out what is empty", () => {
    const saved = fromForm(
      form({ pos: "  shop  ", channel: " ", baseUrl: " https://cdp.example/ " }),
      environment,
    );
    expect(saved.pos).toBe("shop");
    expect(saved.baseUrl).toBe("https://cdp.example");
    expect("channel" in saved).toBe(false);
  });

  it("is unchanged while nothing but spaces was typed", () => {
    expect(sameForm(form(), form({ pos: "shop-eu " }))).toBe(true);
    expect(sameForm(form(), form({ production: true }))).toBe(false);
  });
});

describe("what must be corrected before saving", () => {
  it("accepts a sound environment, also without any default field", () => {
    expect(checkForm(form(), ["sandbox"])).toEqual({});
    expect(checkForm(form({ channel: "", pos: "", currency: "", language: "" }), [])).toEqual({});
  });

  it("refuses a name that is taken, empty, or not one, and offers a right one", () => {
    expect(checkForm(form({ name: "sandbox" }), ["sandbox"]).name?.message).toContain("already");
    expect(checkForm(form({ name: " " }), []).name).toBeDefined();
    expect(checkForm(form({ name: "staging eu!" }), []).name?.suggestion).toBe("staging-eu");
  });

  it.each([
    ["cdp.example", "https://cdp.example"],
    ["ftp://cdp.example", "https://cdp.example"],
    ["https://", undefined],
    ["https://user:secret@cdp.example", undefined],
    ["https://cdp.example/?x=1", undefined],
    ["not an address", undefined],
  ])("refuses %s as a base URL", (baseUrl, suggestion) => {
    const problem = checkForm(form({ baseUrl }), []).baseUrl;
    expect(problem).toBeDefined();
    expect(problem?.suggestion).toBe(suggestion);
  });

  it("knows currencies and languages, and what was meant", () => {
    expect(checkForm(form({ currency: "EURO" }), []).currency).toEqual({
      message: "EURO is not an ISO 4217 code.",
      suggestion: "EUR",
    });
    expect(checkForm(form({ currency: "eur" }), []).currency?.suggestion).toBe("EUR");
    expect(checkForm(form({ currency: "12" }), []).currency?.suggestion).toBeUndefined();
    expect(checkForm(form({ language: "en-GB" }), []).language?.suggestion).toBe("EN");
    expect(checkForm(form({ language: "EN", currency: "EUR" }), [])).toEqual({});
  });

  it("checks a new environment's empty form", () => {
    expect(Object.keys(checkForm(emptyForm(), []))).toEqual(["name", "baseUrl"]);
  });
});

describe("addresses", () => {
  it("knows the origin that a credential is bound to", () => {
    expect(originOf("https://cdp.example/prefix")).toBe("https://cdp.example");
    expect(originOf("https://")).toBeNull();
  });

  it("warns of plain http but to this machine", () => {
    expect(isPlainHttp("http://cdp.example")).toBe(true);
    expect(isPlainHttp("http://127.0.0.1:4680")).toBe(false);
    expect(isPlainHttp("http://localhost:4680")).toBe(false);
    expect(isPlainHttp("https://cdp.example")).toBe(false);
    expect(isPlainHttp("http://127.0.0.1.evil.example")).toBe(true);
  });
});

describe("the name of a copy", () => {
  it("is one that no environment has", () => {
    expect(copyName("eu", ["eu"])).toBe("eu-copy");
    expect(copyName("eu", ["eu", "eu-copy"])).toBe("eu-copy-2");
    expect(copyName("x".repeat(64), [])).toHaveLength(61);
  });
});
