import { describe, expect, it } from "vitest";
import type { CredentialStatus } from "../../../shared/model/environment";
import { addressOf, credentialLine, credentialWords, isUnconfirmed, partsFor } from "./environment-words";

const present: CredentialStatus = {
  state: "present",
  origin: "https://cdp.example",
  fingerprint: "a1b2c3",
  since: "2026-11-23T10:36:00.000Z",
  from: "vault",
  has: ["clientKey", "apiToken"],
};

describe("what is said of a credential", () => {
  it("names what is missing for the transport", () => {
    expect(credentialWords({ state: "missing", needs: ["clientKey", "apiToken"] }).text).toBe(
      "None yet. To send, this transport needs the client key and API token.",
    );
  });

  it("says when it is forgotten with the window", () => {
    expect(credentialWords(present, "keychain")).toMatchObject({ tone: "ok" });
    expect(credentialWords(present, "memory")).toMatchObject({ tone: "warn" });
    expect(credentialWords(present, "memory").text).toContain("forgotten");
  });

  it("does not count one that was entered for another origin", () => {
    const other: CredentialStatus = {
      ...present,
      state: "other-origin",
      wanted: "https://new.example",
    } as CredentialStatus;
    expect(credentialWords(other).text).toContain("https://cdp.example");
    expect(credentialLine(other)).toContain("not confirmed");
  });

  it("shows the fingerprint in the question before a production send", () => {
    expect(credentialLine(present)).toBe("fingerprint a1b2c3, from the vault");
  });
});

describe("what a transport needs", () => {
  it("asks for the token where it authorises the send, and lets it be empty elsewhere", () => {
    const required = (transport: Parameters<typeof partsFor>[0]) =>
      partsFor(transport)
        .filter((part) => part.required)
        .map((part) => part.part);
    expect(required("spec")).toEqual(["clientKey", "apiToken"]);
    expect(required("engage")).toEqual(["clientKey"]);
    expect(required("edge")).toEqual(["contextId"]);
  });
});

describe("an environment's address", () => {
  it("is shown without its scheme", () => {
    expect(addressOf({ baseUrl: "https://cdp.example/eu" })).toBe("cdp.example/eu");
  });

  it("is unconfirmed for the spec transport on Sitecore's hosts only", () => {
    expect(isUnconfirmed({ baseUrl: "https://api-engage-eu.sitecorecloud.io", transport: "spec" })).toBe(
      true,
    );
    expect(isUnconfirmed({ baseUrl: "https://api-engage-eu.sitecorecloud.io", transport: "engage" })).toBe(
      false,
    );
    expect(isUnconfirmed({ baseUrl: "https://sitecorecloud.io.evil.example", transport: "spec" })).toBe(
      false,
    );
    expect(isUnconfirmed({ baseUrl: "http://127.0.0.1:4680", transport: "spec" })).toBe(false);
  });
});
