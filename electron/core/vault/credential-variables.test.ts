import { beforeEach, describe, expect, it } from "vitest";
import { Secret } from "./secret";
import { environment, labelOf, memoryKeychain, newFolder, openVaultOn } from "./vault.fixture";

let folder = "";
beforeEach(async () => {
  folder = await newFolder();
});

const variables = { BELLHOP_CLIENT_KEY_QA: "key-from-variable", BELLHOP_API_TOKEN_QA: "token-from-variable" };

describe("credentials from variables", () => {
  it.each([
    ["https://api-engage-eu.sitecorecloud.io", true],
    ["https://API-ENGAGE-EU.sitecorecloud.io/path", true],
    ["https://api.boxever.com", true],
    ["http://127.0.0.1:4680", true],
    ["http://localhost:4680", true],
    ["https://[::1]:4680", true],
    ["https://allowed.example", true],
    ["https://ported.example:8443", true],
    ["https://ported.example", false],
    ["https://sub.allowed.example", false],
    ["https://sitecorecloud.io", false],
    ["https://evilsitecorecloud.io", false],
    ["https://api.sitecorecloud.io.evil.example", false],
    ["https://api.sitecorecloud.io:8443", false],
    ["http://api.sitecorecloud.io", false],
    ["http://allowed.example", false],
    ["https://evil.example", false],
    ["https://10.0.0.1", false],
  ])("go to %s: %s", async (baseUrl, may) => {
    const vault = await openVaultOn(folder, {
      variables: { ...variables, BELLHOP_ALLOWED_HOSTS: " Allowed.example , ported.example:8443" },
    });
    const target = environment("qa", { baseUrl });
    const status = await vault.statusOf(target);
    if (may) {
      expect(status).toMatchObject({ state: "present", from: "variables", since: null });
      expect((await vault.credentialFor(target)).apiToken?.reveal()).toBe("token-from-variable");
    } else {
      expect(status).toMatchObject({ state: "missing", reason: expect.any(String) });
      await expect(vault.credentialFor(target)).rejects.toMatchObject({ code: "CREDENTIAL_MISSING" });
    }
  });

  it("do not go through a proxy that a workspace names, unless its host is allowed", async () => {
    const target = environment("qa", {
      baseUrl: "https://api.boxever.com",
      proxy: "http://proxy.example:3128",
    });
    const vault = await openVaultOn(folder, { variables });
    await expect(vault.credentialFor(target)).rejects.toThrow("proxy.example:3128");
    const trusting = { ...variables, BELLHOP_ALLOWED_HOSTS: "proxy.example" };
    await (await openVaultOn(folder, { variables: trusting })).credentialFor(target);
  });

  it.each([
    ["https://api.boxever.com", undefined, false],
    ["https://api.boxever.com", "api.boxever.com", true],
    ["https://127.0.0.1:8443", undefined, true],
  ])("go to %s with a CA file of the workspace and %s allowed: %s", async (baseUrl, allowed, may) => {
    const allowing = { BELLHOP_ALLOWED_HOSTS: allowed ?? "" };
    const vault = await openVaultOn(folder, { variables: { ...variables, ...allowing } });
    const credential = vault.credentialFor(environment("qa", { baseUrl, caFile: "ca.pem" }));
    if (may) expect((await credential).isPublic).toBe(false);
    else await expect(credential).rejects.toThrow("the workspace's CA file ca.pem could vouch for another");
  });

  it.each([
    ["qa", "QA"],
    ["my-env.2", "MY_ENV_2"],
    ["A_b", "A_B"],
  ])("of %s end in %s", async (name, ending) => {
    const vault = await openVaultOn(folder, { variables: { [`BELLHOP_CLIENT_KEY_${ending}`]: "k" } });
    const target = environment(name, { baseUrl: "https://api.boxever.com", transport: "engage" });
    expect((await vault.statusOf(target)).state).toBe("present");
  });

  it("win over the vault, wholly", async () => {
    const keychain = memoryKeychain();
    const target = environment("qa", { baseUrl: "https://api.boxever.com" });
    await (
      await openVaultOn(folder, { keychain })
    ).set(target, {
      clientKey: new Secret("vault-key"),
      apiToken: new Secret("vault-token"),
    });
    const won = await openVaultOn(folder, { keychain, variables });
    expect((await won.credentialFor(target)).clientKey.reveal()).toBe("key-from-variable");
    const half = await openVaultOn(folder, { keychain, variables: { BELLHOP_CLIENT_KEY_QA: "k" } });
    await expect(half.credentialFor(target)).rejects.toThrow("qa has no API token");
    const empty = await openVaultOn(folder, { keychain, variables: { BELLHOP_CLIENT_KEY_QA: "" } });
    expect((await empty.credentialFor(target)).clientKey.reveal()).toBe("vault-key");
  });

  it("are an error where they fit two environments", async () => {
    const vault = await openVaultOn(folder, { variables: { BELLHOP_CLIENT_KEY_QA_1: "k" } });
    vault.connect({ names: async () => ["qa-1", "qa_1", "other"], changed: () => undefined });
    const target = environment("qa-1", { baseUrl: "https://api.boxever.com", transport: "engage" });
    await expect(vault.credentialFor(target)).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("qa-1 and qa_1"),
    });
    expect(await vault.statusOf(target)).toMatchObject({ state: "missing" });
  });

  it("are known for redaction under the environment's own name", async () => {
    const vault = await openVaultOn(folder, { variables: { BELLHOP_CLIENT_KEY_MY_ENV: "secret-text" } });
    vault.connect({ names: async () => ["my-env"], changed: () => undefined });
    expect(await labelOf(vault, "secret-text")).toBe("***(matches my-env)");
  });

  it("are the only reason to list the environments for redaction, which every send needs", async () => {
    let listed = 0;
    const names = async () => (listed++, ["eu"]);
    for (const [given, times] of [
      [{ PATH: "/bin" }, 0],
      [{ BELLHOP_CLIENT_KEY_EU: "secret-text" }, 1],
    ] as const) {
      const vault = await openVaultOn(folder, { variables: { ...given } });
      vault.connect({ names, changed: () => undefined });
      await vault.secrets({ brief: false });
      expect(listed).toBe(times);
    }
  });

  it("may give the sandbox another key than the public one", async () => {
    const vault = await openVaultOn(folder, {
      variables: { BELLHOP_CLIENT_KEY_SANDBOX: "own-key", BELLHOP_API_TOKEN_SANDBOX: "own-token" },
    });
    const sandbox = environment("sandbox", { baseUrl: "http://127.0.0.1:4680" });
    expect((await vault.credentialFor(sandbox)).isPublic).toBe(false);
    expect((await vault.statusOf(sandbox)).state).toBe("present");
  });
});
