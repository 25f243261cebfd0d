import { expect, it } from "vitest";
import { credentialVariable, endingOfCredentialVariable, isSandboxName } from "./environment-names";
import { isLoopback } from "./origin";

it.each([
  ["eu", "BELLHOP_API_TOKEN_EU"],
  ["my-env.2", "BELLHOP_API_TOKEN_MY_ENV_2"],
])("names the variable of %s %s, and knows its ending again", (name, variable) => {
  expect(credentialVariable("apiToken", name)).toBe(variable);
  expect(endingOfCredentialVariable(variable)).toBe(variable.slice("BELLHOP_API_TOKEN_".length));
  expect(endingOfCredentialVariable("BELLHOP_PROFILE")).toBeNull();
});

it("takes no other name than the two for the sandbox", () => {
  expect(["sandbox", "sandbox-engage", "Sandbox", "sandbox-2", "eu"].map(isSandboxName)).toEqual([
    ...[true, true],
    ...[false, false, false],
  ]);
});

it.each([
  ["localhost", true],
  ["127.9.8.7", true],
  ["::1", true],
  ["[::1]", true],
  ["localhost.evil.example", false],
  ["127.0.0.1.evil.example", false],
  ["0.0.0.0", false],
])("knows whether %s is this machine: %s", (host, own) => expect(isLoopback(host)).toBe(own));
