import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { skipUnless } from "../../../scripts/skip-unless";
import { createSystemKeychain } from "./keychain";
import { Secret } from "./secret";
import { environment, newFolder, openVaultOn } from "./vault.fixture";

const onLinux = process.platform === "linux";

const exists = (program: string): boolean => spawnSync(program, ["--version"]).error === undefined;

const canRun = onLinux && exists("dbus-run-session") && exists("gnome-keyring-daemon");

let before: NodeJS.ProcessEnv = {};
beforeEach(() => {
  before = { ...process.env };
});
afterEach(() => {
  for (const name of ["DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"])
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
});

/** A session of its own, with a keychain that is unlocked and forgotten; ends with its standard input. */
const startSession = async (folder: string): Promise<{ session: ChildProcess; address: string }> => {
  const script =
    "printf 'password' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; echo $DBUS_SESSION_BUS_ADDRESS; cat";
  const env = { ...process.env, HOME: folder, XDG_RUNTIME_DIR: folder, XDG_DATA_HOME: join(folder, "data") };
  const session = spawn("dbus-run-session", ["--", "sh", "-c", script], {
    env,
    stdio: ["pipe", "pipe", "ignore"],
  });
  const [line] = (await once(session.stdout, "data")) as [Buffer];
  return { session, address: line.toString().trim() };
};

describe("the system's keychain", () => {
  it("is not asked, and holds nothing up, where the session bus is silent", async (context) => {
    skipUnless(context, onLinux, "only Linux has its keychain behind a session bus");
    const path = join(await newFolder(), "bus");
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(path, resolve));
    process.env["DBUS_SESSION_BUS_ADDRESS"] = `unix:path=${path}`;
    await expect(createSystemKeychain(50).read("x")).rejects.toThrow("does not answer");
    silent.close();
  });

  it("says so where there is no session bus", async (context) => {
    skipUnless(context, onLinux, "only Linux has its keychain behind a session bus");
    delete process.env["DBUS_SESSION_BUS_ADDRESS"];
    process.env["XDG_RUNTIME_DIR"] = await newFolder();
    await expect(createSystemKeychain().write("x", "y")).rejects.toThrow("no session bus");
  });

  it("keeps the vault's key where a second vault finds it", async (context) => {
    skipUnless(context, canRun, "a real keychain needs Linux with dbus-run-session and gnome-keyring-daemon");
    const folder = await newFolder();
    const { session, address } = await startSession(folder);
    try {
      process.env["DBUS_SESSION_BUS_ADDRESS"] = address;
      const parts = { clientKey: new Secret("key-4711"), apiToken: new Secret("token-4711") };
      const qa = environment("qa");
      const vault = await openVaultOn(folder, { keychain: createSystemKeychain() });
      expect((await vault.status()).store).toBe("keychain");
      await vault.set(qa, parts);
      const another = await openVaultOn(folder, { keychain: createSystemKeychain() });
      expect((await another.credentialFor(qa)).clientKey.reveal()).toBe("key-4711");
      expect(await createSystemKeychain().read("nothing under this name")).toBeNull();
    } finally {
      session.stdin?.end();
      await once(session, "exit");
    }
  });
});
