import { describe, expect, it } from "vitest";
import type { Environment } from "../../../shared/model/environment";
import { isExempt, proxyFor, proxyLogins } from "./proxies";
import { proxyHeaders } from "./proxy-headers";

const at = (baseUrl: string, proxy?: string): Environment => ({
  name: "staging",
  colour: "blue",
  baseUrl,
  transport: "engage",
  catalog: "sitecore",
  ...(proxy !== undefined && { proxy }),
  production: false,
  vars: {},
});
const target = at("https://cdp.example");

describe("the proxy of a target", () => {
  it("is the environment's own before that of the variables", () => {
    const variables = { HTTPS_PROXY: "http://company.example:3128" };
    expect(proxyFor(at("https://cdp.example", "http://own.example:8080"), variables)).toMatchObject({
      address: "http://own.example:8080",
      variable: null,
    });
    expect(proxyFor(target, variables)).toMatchObject({
      address: "http://company.example:3128",
      variable: "HTTPS_PROXY",
    });
  });

  it("comes from the variable of the target's own protocol, in small letters first", () => {
    const variables = {
      https_proxy: "small.example:1",
      HTTPS_PROXY: "large.example:2",
      http_proxy: "plain.example:3",
    };
    expect(proxyFor(target, variables)?.address).toBe("http://small.example:1");
    expect(proxyFor(at("http://cdp.example"), variables)?.address).toBe("http://plain.example:3");
    expect(proxyFor(at("http://cdp.example"), { HTTPS_PROXY: "large.example:2" })).toBeNull();
    expect(proxyFor(target, { HTTPS_PROXY: " " })).toBeNull();
  });

  it("is never one of the variables where the target is this machine", () => {
    const variables = {
      HTTP_PROXY: "http://company.example:3128",
      HTTPS_PROXY: "http://company.example:3128",
    };
    for (const address of ["http://127.0.0.1:4680", "https://localhost:8443", "http://[::1]:4680"]) {
      expect(proxyFor(at(address), variables)).toBeNull();
    }
  });

  it("keeps its password out of its address, and gives it to the proxy alone", () => {
    const variables = { HTTPS_PROXY: "http://ann:p%40ss%3Aword@company.example:3128" };
    const proxy = proxyFor(target, variables);
    expect(JSON.stringify(proxy)).toBe(
      '{"address":"http://company.example:3128","login":"***","variable":"HTTPS_PROXY","password":"***"}',
    );
    expect(proxy && proxyHeaders(proxy)).toEqual({
      "proxy-authorization": `Basic ${Buffer.from("ann:p@ss:word").toString("base64")}`,
    });
    expect(proxyLogins(variables)).toHaveLength(2);
  });

  it("of an environment takes the password that a variable has for the very same proxy", () => {
    const variables = { HTTPS_PROXY: "http://ann:secret-1@company.example:3128" };
    const same = proxyFor(at("https://cdp.example", "http://company.example:3128"), variables);
    expect(same?.login).not.toBeNull();
    expect(proxyFor(at("https://cdp.example", "http://other.example:3128"), variables)?.login).toBeNull();
    expect(proxyFor(at("https://cdp.example", "http://company.example:81"), variables)?.login).toBeNull();
  });

  it("of a kind that cannot be used is an error that names the variable and not what it holds", () => {
    for (const text of ["socks5://ann:secret-1@company.example:1080", "http://ann:secret-1@"]) {
      let message = "";
      try {
        proxyFor(target, { HTTPS_PROXY: text });
      } catch (error) {
        message = JSON.stringify(error) + String(error);
        expect(error).toMatchObject({ code: "UNSUPPORTED", message: expect.stringContaining("HTTPS_PROXY") });
      }
      expect(message).not.toBe("");
      expect(message).not.toContain("secret-1");
    }
  });
});

describe("NO_PROXY", () => {
  it.each([
    ["*", true],
    ["cdp.example", true],
    [".cdp.example", true],
    ["example", true],
    ["*.example", true],
    ["CDP.Example", true],
    ["other.example, cdp.example", true],
    ["other.example cdp.example", true],
    ["cdp.example:443", true],
    ["cdp.example:8443", false],
    ["dp.example", false],
    ["api.cdp.example", false],
    ["", false],
    [",", false],
  ])("of %j exempts https://cdp.example: %s", (list, exempt) => {
    expect(isExempt(new URL("https://cdp.example"), list)).toBe(exempt);
    const proxy = proxyFor(target, { HTTPS_PROXY: "proxy.example:1", NO_PROXY: list });
    expect(proxy === null).toBe(exempt);
  });

  it.each([
    ["https://10.1.2.3", "10.0.0.0/8", true],
    ["https://11.1.2.3", "10.0.0.0/8", false],
    ["https://10.1.2.3", "10.1.2.3", true],
    ["https://10.1.2.3", "2.3", false],
    ["https://[fd00::1]", "fd00::/8", true],
    ["https://[fd00::1]", "fd00::1", true],
    ["https://[fd00::1]:8443", "[fd00::1]:8443", true],
    ["https://[fd00::1]", "[fd00::1]:8443", false],
    ["https://10.1.2.3", "10.0.0.0/99", false],
    ["https://cdp.example", "10.0.0.0/8", false],
  ])("for %s of %j: %s", (address, list, exempt) => {
    expect(isExempt(new URL(address), list)).toBe(exempt);
  });
});
