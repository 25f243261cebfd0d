import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { skipUnless } from "../../../scripts/skip-unless";
import type { SecretCipher } from "../host";
import { Secret } from "./secret";
import { environment, labelOf, memoryKeychain, newFolder, noKeychain, openVaultOn } from "./vault.fixture";

const key = 'pk_live_"quoted"/key+4711';
const token = "tok en/with=signs&4711";
const both = { clientKey: new Secret(key), apiToken: new Secret(token) };
const qa = environment("qa");

let folder = "";
let keychain = memoryKeychain();
beforeEach(async () => {
  folder = await newFolder();
  keychain = memoryKeychain();
});

const file = () => join(folder, "vault.bin");

describe("the vault", () => {
  it("gives a credential back in another process of the same profile", async () => {
    await (await openVaultOn(folder, { keychain })).set(qa, both);
    const credential = await (await openVaultOn(folder, { keychain })).credentialFor(qa);
    expect(credential.clientKey.reveal()).toBe(key);
    expect(credential.apiToken?.reveal()).toBe(token);
    expect(credential).toMatchObject({ environment: "qa", contextId: null, isPublic: false });
  });

  it("reads again what another process wrote", async () => {
    const [first, second] = [
      await openVaultOn(folder, { keychain }),
      await openVaultOn(folder, { keychain }),
    ];
    expect((await first.statusOf(qa)).state).toBe("missing");
    await second.set(qa, both);
    expect((await first.statusOf(qa)).state).toBe("present");
    await second.remove(qa);
    expect((await first.statusOf(qa)).state).toBe("missing");
  });

  it("loses no update where two processes write at once, not even the first ones", async () => {
    const vaults = [await openVaultOn(folder, { keychain }), await openVaultOn(folder, { keychain })];
    const names = Array.from({ length: 12 }, (_, index) => `qa-${index}`);
    await Promise.all(names.map((name, index) => vaults[index % 2]?.set(environment(name), both)));
    const listed = await (await openVaultOn(folder, { keychain })).list();
    expect(listed.map((record) => record.environment).sort()).toEqual([...names].sort());
  });

  it("keeps parts that are left out, and takes an empty one away", async () => {
    const vault = await openVaultOn(folder, { keychain });
    await vault.set(qa, both);
    await vault.set(qa, { clientKey: new Secret("another-key") });
    expect((await vault.credentialFor(qa)).apiToken?.reveal()).toBe(token);
    await vault.set(qa, { apiToken: new Secret("") });
    expect(await vault.statusOf(qa)).toMatchObject({
      state: "missing",
      needs: ["apiToken"],
      has: ["clientKey"],
    });
  });

  it("cuts the space around what was pasted and refuses what cannot be a key, without repeating it", async () => {
    const vault = await openVaultOn(folder, { keychain });
    await vault.set(qa, { clientKey: new Secret("  key-1234 \n"), apiToken: new Secret("t") });
    expect((await vault.credentialFor(qa)).clientKey.reveal()).toBe("key-1234");
    const broken = vault.set(qa, { clientKey: new Secret("key-\r\n5678") });
    await expect(broken).rejects.toMatchObject({ code: "INVALID_INPUT", field: "/clientKey" });
    await expect(broken).rejects.not.toThrow("5678");
    const joined = vault.set(qa, { clientKey: new Secret("key:token") });
    await expect(joined).rejects.toThrow("has a colon in it");
    await expect(vault.set(qa, {})).rejects.toThrow("No part of a credential was given");
  });

  it("removes and renames what belongs to one environment", async () => {
    const vault = await openVaultOn(folder, { keychain });
    await vault.set(qa, both);
    await vault.set(environment("stay"), both);
    await vault.rename(qa, "staging");
    expect((await vault.statusOf(qa)).state).toBe("missing");
    expect((await vault.statusOf(environment("staging"))).state).toBe("present");
    await vault.remove(environment("staging"));
    expect((await vault.list()).map((record) => record.environment)).toEqual(["stay"]);
  });

  it("is readable by this account alone", async (context) => {
    skipUnless(context, process.platform !== "win32", "Windows has no file modes");
    const vault = await openVaultOn(folder, { keychain });
    await vault.set(qa, both);
    await labelOf(vault, "something unknown");
    for (const name of ["vault.bin", "fingerprint.key"])
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  });
});

describe("a credential's origin", () => {
  it("stops a credential at another address until a person confirms", async () => {
    const vault = await openVaultOn(folder, { keychain });
    await vault.set(qa, both);
    const moved = environment("qa", { baseUrl: "https://evil.example/cdp" });
    expect(await vault.statusOf(moved)).toMatchObject({
      state: "other-origin",
      origin: "https://cdp.example",
    });
    await expect(vault.credentialFor(moved)).rejects.toMatchObject({
      code: "CREDENTIAL_MISSING",
      message: expect.stringContaining("was entered for https://cdp.example"),
      hint: expect.stringContaining("Confirm"),
    });
    await vault.confirmOrigin(moved, "https://evil.example");
    expect((await vault.credentialFor(moved)).clientKey.reveal()).toBe(key);
    expect((await vault.credentialFor(qa)).clientKey.reveal()).toBe(key);
  });

  it("says all that a consent would bind it to, and binds it to nothing else than was agreed to", async () => {
    const vault = await openVaultOn(folder, { keychain });
    await vault.set(qa, both);
    const watched = environment("qa", { proxy: "http://evil.example", caFile: "ca.pem" });
    const wanted = "https://cdp.example through http://evil.example trusting ca.pem (unreadable)";
    expect(await vault.statusOf(watched)).toMatchObject({ state: "other-origin", wanted });
    await expect(vault.confirmOrigin(watched, "https://cdp.example")).rejects.toMatchObject({
      code: "CONFLICT",
      field: "/origin",
    });
    await expect(vault.credentialFor(watched)).rejects.toMatchObject({ code: "CREDENTIAL_MISSING" });
    await vault.confirmOrigin(watched, wanted);
    expect((await vault.credentialFor(watched)).clientKey.reveal()).toBe(key);
  });

  it("is another one once the CA file has another content", async () => {
    const workspace = join(folder, "workspace");
    const pem = (text: string): string => `-----BEGIN CERTIFICATE-----\n${text}\n`;
    await mkdir(workspace);
    await writeFile(join(workspace, "ca.pem"), pem("ours"));
    const vault = await openVaultOn(folder, { keychain });
    const trusting = environment("qa", { caFile: "ca.pem" });
    await vault.set(trusting, both);
    expect((await vault.statusOf(trusting)).state).toBe("present");
    await writeFile(join(workspace, "ca.pem"), pem("somebody else's"));
    expect((await vault.statusOf(trusting)).state).toBe("other-origin");
    await expect(vault.credentialFor(trusting)).rejects.toMatchObject({ code: "CREDENTIAL_MISSING" });
  });

  it("counts a path as the same place, and a port, a scheme, a proxy or a certificate authority as another", async () => {
    const vault = await openVaultOn(folder, { keychain });
    await vault.set(qa, both);
    const state = async (changes: object) => (await vault.statusOf(environment("qa", changes))).state;
    expect(await state({ baseUrl: "https://cdp.example/tenant" })).toBe("present");
    expect(await state({ baseUrl: "https://CDP.example:443" })).toBe("present");
    expect(await state({ baseUrl: "https://cdp.example:8443" })).toBe("other-origin");
    expect(await state({ baseUrl: "http://cdp.example" })).toBe("other-origin");
    expect(await state({ proxy: "http://proxy.example" })).toBe("other-origin");
    expect(await state({ caFile: "ca.pem" })).toBe("other-origin");
  });

  it("holds one credential for each of two workspaces that use the same name", async () => {
    const vault = await openVaultOn(folder, { keychain });
    const other = environment("qa", { baseUrl: "https://other.example" });
    await vault.set(qa, both);
    await vault.set(other, { clientKey: new Secret("other-key"), apiToken: new Secret("other-token") });
    expect((await vault.credentialFor(qa)).clientKey.reveal()).toBe(key);
    expect((await vault.credentialFor(other)).clientKey.reveal()).toBe("other-key");
    await vault.remove(other);
    expect((await vault.statusOf(qa)).state).toBe("present");
  });

  it("does not carry parts over from another origin", async () => {
    const vault = await openVaultOn(folder, { keychain });
    await vault.set(qa, both);
    const moved = environment("qa", { baseUrl: "https://evil.example" });
    await vault.set(moved, { clientKey: new Secret("new-key") });
    expect(await vault.statusOf(moved)).toMatchObject({ state: "missing", needs: ["apiToken"] });
  });

  it.each([
    ["https://cdp.example", undefined, true],
    ["http://127.0.0.1:4680", undefined, true],
    ["http://127.9.8.7", undefined, true],
    ["http://[::1]:80", undefined, true],
    ["http://localhost:1", undefined, true],
    ["http://cdp.example", undefined, false],
    ["http://localhost.evil.example", undefined, false],
    ["http://127.0.0.1.evil.example", undefined, false],
    ["http://[::ffff:127.0.0.1]", undefined, false],
    ["http://127.0.0.1", "http://proxy.example", false],
  ])("travels to %s through %s: %s", async (baseUrl, proxy, may) => {
    const vault = await openVaultOn(folder, { keychain });
    const target = environment("qa", { baseUrl, ...(proxy !== undefined && { proxy }) });
    const set = vault.set(target, both);
    if (may) await expect(set).resolves.toBeUndefined();
    else await expect(set).rejects.toThrow("No credential travels over plain http");
    expect((await vault.statusOf(target)).state).toBe(may ? "present" : "missing");
  });
});

describe("what a transport needs", () => {
  it.each([
    ["spec", { clientKey: "k" }, ["apiToken"]],
    ["spec", { apiToken: "t" }, ["clientKey"]],
    ["http-get", { apiToken: "t" }, ["clientKey"]],
    ["engage", { contextId: "c" }, ["clientKey"]],
    ["edge", { clientKey: "k" }, ["contextId"]],
    ["edge", { contextId: "c" }, []],
    ["engage", { clientKey: "k" }, []],
  ] as const)("is missing for %s with %o: %o", async (transport, given, needs) => {
    const vault = await openVaultOn(folder, { keychain });
    const target = environment("qa", { transport });
    const parts = Object.fromEntries(Object.entries(given).map(([part, text]) => [part, new Secret(text)]));
    await vault.set(target, parts);
    const status = await vault.statusOf(target);
    if (needs.length === 0) {
      expect(status).toMatchObject({ state: "present", has: Object.keys(given) });
      await vault.credentialFor(target);
    } else {
      expect(status).toMatchObject({ state: "missing", needs });
      await expect(vault.credentialFor(target)).rejects.toMatchObject({ code: "CREDENTIAL_MISSING" });
    }
  });

  it("is public for the sandbox, which takes no other", async () => {
    const vault = await openVaultOn(folder, { keychain: noKeychain });
    for (const name of ["sandbox", "sandbox-engage"]) {
      const sandbox = environment(name, { baseUrl: "http://127.0.0.1:4680" });
      expect(await vault.statusOf(sandbox)).toEqual({ state: "public" });
      const credential = await vault.credentialFor(sandbox);
      expect([credential.clientKey.reveal(), credential.isPublic]).toEqual(["sandbox", true]);
      await expect(vault.set(sandbox, both)).rejects.toMatchObject({ code: "INVALID_INPUT" });
    }
    expect(await labelOf(vault, "sandbox")).toBeNull();
  });
});

describe("a damaged or foreign vault", () => {
  const regions = [
    ["magic", 0],
    ["version", 8],
    ["store", 9],
    ["key id", 12],
    ["length of the wrapped key", 27],
    ["nonce", 30],
    ["records", 60],
    ["tag", -1],
  ] as const;

  it.each(regions)("is refused and left as it is when its %s was changed", async (_, position) => {
    await (await openVaultOn(folder, { keychain })).set(qa, both);
    const bytes = await readFile(file());
    const at = position < 0 ? bytes.length + position : position;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    await writeFile(file(), bytes);
    const vault = await openVaultOn(folder, { keychain });
    await expect(vault.credentialFor(qa)).rejects.toMatchObject({ code: "VAULT_LOCKED" });
    expect((await vault.statusOf(qa)).state).toBe("locked");
    await expect(vault.remove(qa)).rejects.toMatchObject({ code: "VAULT_LOCKED" });
    expect(await readFile(file())).toEqual(bytes);
  });

  it.each([0, 5, 20, 29, 45])("is refused when it is cut off after %i bytes", async (length) => {
    await (await openVaultOn(folder, { keychain })).set(qa, both);
    await writeFile(file(), (await readFile(file())).subarray(0, length));
    await expect((await openVaultOn(folder, { keychain })).list()).rejects.toMatchObject({
      code: "VAULT_LOCKED",
    });
  });

  it("is kept aside when a credential is entered anew, and this is said", async () => {
    await writeFile(file(), "somebody else's file");
    const reports: string[] = [];
    const vault = await openVaultOn(folder, { keychain, reports });
    await vault.set(qa, both);
    expect((await vault.statusOf(qa)).state).toBe("present");
    const aside = (await readdir(folder)).find((name) => name.startsWith("vault.bin.unreadable-"));
    expect(await readFile(join(folder, aside ?? ""), "utf8")).toBe("somebody else's file");
    expect(reports.join()).toContain(aside);
  });

  it("is not set aside while the keychain merely does not answer", async () => {
    await (await openVaultOn(folder, { keychain })).set(qa, both);
    const bytes = await readFile(file());
    const vault = await openVaultOn(folder, { keychain: noKeychain });
    await expect(vault.set(qa, both)).rejects.toMatchObject({ code: "VAULT_LOCKED" });
    expect(await vault.statusOf(qa)).toMatchObject({
      state: "locked",
      reason: expect.stringContaining("BELLHOP_CLIENT_KEY_"),
    });
    expect((await vault.status()).explanation).toContain("no session bus");
    expect(await readFile(file())).toEqual(bytes);
  });
});

describe("without a keychain", () => {
  const cipher = (): SecretCipher => {
    const secret = randomBytes(32);
    return {
      store: "safe-storage",
      async encrypt(plain) {
        const nonce = randomBytes(12);
        const encrypting = createCipheriv("aes-256-gcm", secret, nonce);
        const sealed = Buffer.concat([encrypting.update(plain), encrypting.final()]);
        return Buffer.concat([nonce, encrypting.getAuthTag(), sealed]);
      },
      async decrypt(encrypted) {
        const decrypting = createDecipheriv("aes-256-gcm", secret, encrypted.subarray(0, 12));
        decrypting.setAuthTag(encrypted.subarray(12, 28));
        return Buffer.concat([decrypting.update(encrypted.subarray(28)), decrypting.final()]);
      },
    };
  };

  it("lets the host's cipher keep the key, which other hosts cannot open", async () => {
    const desktop = { keychain: noKeychain, cipher: cipher() };
    await (await openVaultOn(folder, desktop)).set(qa, both);
    const again = await openVaultOn(folder, desktop);
    expect((await again.credentialFor(qa)).clientKey.reveal()).toBe(key);
    expect((await again.status()).store).toBe("safe-storage");
    const shell = await openVaultOn(folder, { keychain });
    expect(await shell.statusOf(qa)).toMatchObject({ state: "locked" });
    const stranger = await openVaultOn(folder, { keychain: noKeychain, cipher: cipher() });
    await expect(stranger.credentialFor(qa)).rejects.toMatchObject({ code: "VAULT_LOCKED" });
  });

  it("keeps secrets in memory only, forgets them at the end, and says why", async () => {
    const reports: string[] = [];
    const vault = await openVaultOn(folder, { keychain: noKeychain, reports });
    expect(await vault.status()).toMatchObject({
      store: "memory",
      explanation: expect.stringContaining("no session bus"),
    });
    await vault.set(qa, both);
    expect((await vault.credentialFor(qa)).clientKey.reveal()).toBe(key);
    expect((await vault.status()).credentials).toBe(1);
    expect(reports.join()).toContain("forgotten when Bellhop closes");
    expect(existsSync(file())).toBe(false);
    const next = await openVaultOn(folder, { keychain: noKeychain });
    expect((await next.statusOf(qa)).state).toBe("missing");
  });

  it("tells a status at once while a keychain waits for its password, and again once it has it", async () => {
    await (await openVaultOn(folder, { keychain })).set(qa, both);
    let unlock = (): void => undefined;
    const unlocked = new Promise<void>((resolve) => (unlock = resolve));
    const waiting = {
      ...keychain,
      async read(account: string) {
        await unlocked;
        return keychain.read(account);
      },
    };
    const vault = await openVaultOn(folder, { keychain: waiting });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const changed = new Promise<void>((resolve) =>
      vault.connect({ names: async () => [], changed: () => resolve() }),
    );
    const status = vault.statusOf(qa);
    await vi.advanceTimersByTimeAsync(3000);
    expect(await status).toMatchObject({ state: "locked", reason: expect.stringContaining("password") });
    unlock();
    await changed;
    expect((await vault.statusOf(qa)).state).toBe("present");
  });

  it("keeps nobody waiting a second time for a keychain that hangs, and the sandbox not at all", async () => {
    await (await openVaultOn(folder, { keychain })).set(qa, both);
    const hanging = { ...keychain, read: () => new Promise<never>(() => undefined) };
    const vault = await openVaultOn(folder, {
      keychain: hanging,
      variables: { BELLHOP_CLIENT_KEY_EU: "known-without-it" },
    });
    const sandbox = environment("sandbox", { baseUrl: "http://127.0.0.1:4680" });
    expect((await vault.credentialFor(sandbox)).isPublic).toBe(true);
    expect(await vault.statusOf(sandbox)).toEqual({ state: "public" });
    // From here on no timer ends: whoever still waited would wait for ever.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const first = vault.secrets({ brief: true });
    await vi.advanceTimersByTimeAsync(250);
    expect((await first).map(({ label }) => label)).toEqual(["***(matches eu)"]);
    expect(await labelOf(vault, "known-without-it")).toBe("***(matches eu)");
    expect((await vault.statusOf(qa)).state).toBe("locked");
  });

  it("does not touch the keychain before a credential is asked for", async () => {
    let asked = 0;
    const counting = {
      async read() {
        asked++;
        return null;
      },
      async write() {
        asked++;
      },
    };
    const vault = await openVaultOn(folder, { keychain: counting });
    await vault.statusOf(qa);
    await vault.secrets({ brief: false });
    expect(asked).toBe(0);
  });
});

describe("fingerprints and labels", () => {
  it("name whose key a text is, or say that it is unknown", async () => {
    const vault = await openVaultOn(folder, { keychain });
    await vault.set(qa, both);
    const reader = await openVaultOn(folder, { keychain });
    expect(await labelOf(reader, key)).toBe("***(matches qa)");
    expect(await labelOf(reader, token)).toBe("***(matches qa)");
    const unknown = await labelOf(reader, "who-knows");
    expect(unknown).toMatch(/^\*\*\*\(unknown, [0-9a-f]{6}\)$/);
    expect(await labelOf(vault, "who-knows")).toBe(unknown);
    expect((await reader.secrets({ brief: false })).map(({ label }) => label)).toEqual([
      "***(matches qa)",
      "***(matches qa)",
    ]);
  });

  it("prefer the environment that is meant where two have one key", async () => {
    const vault = await openVaultOn(folder, { keychain });
    await vault.set(qa, both);
    await vault.set(environment("staging"), both);
    expect(await labelOf(vault, key, "staging")).toBe("***(matches staging)");
  });

  it("differ between profiles, and work where the vault is locked", async () => {
    const [first, second] = [
      await openVaultOn(folder, { keychain: noKeychain }),
      await openVaultOn(await newFolder(), { keychain: noKeychain }),
    ];
    await writeFile(file(), "not a vault");
    const labels = [await labelOf(first, "a-secret-text"), await labelOf(second, "a-secret-text")];
    expect(labels[0]).toMatch(/unknown, [0-9a-f]{6}/);
    expect(labels[0]).not.toBe(labels[1]);
  });

  it("are the same in two processes that start at once", async () => {
    const vaults = await Promise.all(Array.from({ length: 8 }, () => openVaultOn(folder)));
    const labels = await Promise.all(vaults.map((vault) => labelOf(vault, "a-secret-text")));
    expect(new Set(labels).size).toBe(1);
  });
});

describe("a secret", () => {
  const forms = (text: string): string[] => [
    text,
    Buffer.from(text).toString("base64"),
    encodeURIComponent(text),
    JSON.stringify(text).slice(1, -1),
    Buffer.from(text).toString("hex"),
  ];

  it("stands in no file, answer, error or printed object, in no form", async () => {
    const reports: string[] = [];
    const vault = await openVaultOn(folder, { keychain, reports });
    await vault.set(qa, both);
    const moved = environment("qa", { baseUrl: "https://evil.example" });
    const error = await vault.credentialFor(moved).catch((thrown: unknown) => thrown);
    const credential = await vault.credentialFor(qa);
    const seen = [
      inspect(vault, { depth: 9 }),
      inspect(credential, { depth: 9 }),
      JSON.stringify(credential),
      String(credential.clientKey),
      inspect(error, { depth: 9 }),
      JSON.stringify([await vault.list(), await vault.statusOf(qa), await vault.statusOf(moved)]),
      JSON.stringify(await vault.secrets({ brief: false })),
      JSON.stringify(await vault.status()),
      ...reports,
    ];
    for (const name of await readdir(folder))
      seen.push((await readFile(join(folder, name))).toString("latin1"));
    for (const text of seen)
      for (const form of [...forms(key), ...forms(token)]) expect(text).not.toContain(form);
  });
});
