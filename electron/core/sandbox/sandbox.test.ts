import { randomUUID } from "node:crypto";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { startStandAloneSandbox } from "../stand-alone-sandbox";
import { call, startSandbox, temporaryFolder } from "./testing/sandbox-fixture";
import { freePort, startService as start } from "./testing/service-fixture";

type Started = Awaited<ReturnType<typeof start>>;

const untilRunning = (service: Started) =>
  vi.waitFor(async () => expect(await service.status()).toMatchObject({ state: "running" }), 10_000);

const registrationIn = async (folder: string): Promise<Record<string, unknown>> =>
  JSON.parse(await readFile(join(folder, "sandbox.json"), "utf8")) as Record<string, unknown>;

const sendTo = async (url: string, pos = "bellhop"): Promise<string> => {
  const made = await call(url, "GET", "/v1.2/browser/create.json?client_key=sandbox");
  const event = { type: "VIEW", browser_id: made.body["ref"], pos, client_key: "sandbox" };
  const answer = await call(url, "POST", "/v1.2/events", { body: JSON.stringify(event) });
  return String(answer.body["ref"]);
};

describe("without a window", () => {
  it("starts with the first need of it, on the profile's state, and leaves no registration", async () => {
    const service = await start();
    expect(await service.status()).toEqual({ state: "stopped", byHand: false });
    expect(await service.address()).toBe(`http://127.0.0.1:${service.port}`);
    const url = await service.ensureRunning();
    expect(url).toBe(`http://127.0.0.1:${service.port}`);
    await sendTo(url);
    expect((await stat(join(service.profileFolder, "sandbox.db"))).isFile()).toBe(true);
    await expect(stat(join(service.profileFolder, "sandbox.json"))).rejects.toThrow();

    await service.close();
    const next = await start({ profileFolder: service.profileFolder });
    await next.ensureRunning();
    expect(await next.handlers["sandbox.summary"]({})).toMatchObject({ total: 1, guests: 1 });
  });

  it("says so where its port is taken, and takes the next", async () => {
    const taken = await startSandbox();
    const service = await start({ settings: { sandboxPort: taken.sandbox.port } });
    const url = await service.ensureRunning();
    expect(url).not.toBe(taken.sandbox.url);
    expect(service.problems).toEqual([expect.stringContaining(`Port ${taken.sandbox.port} is taken`)]);
  });

  it("starts once where many need it at once", async () => {
    const service = await start();
    const urls = await Promise.all(Array.from({ length: 10 }, () => service.ensureRunning()));
    expect(new Set(urls).size).toBe(1);
  });
});

describe("guests that change", () => {
  it("are named to the window whose process has the sandbox", async () => {
    const service = await start({ sandbox: "with-window" });
    await untilRunning(service);
    const url = await service.address();
    await sendTo(url);
    const { body } = await call(url, "GET", "/_sandbox/guests");
    const [guest] = body["items"] as { ref: string }[];
    await vi.waitFor(() => {
      expect(service.guestChanges).toContainEqual({ refs: [guest?.ref], all: false });
    });
  });

  it("are noticed by a window beside another process's sandbox", async () => {
    const { sandbox } = await startSandbox();
    const variables = { BELLHOP_SANDBOX_URL: sandbox.url };
    const [window, shell] = [await start({ sandbox: "with-window", variables }), await start({ variables })];
    await vi.waitFor(
      async () => {
        await sendTo(sandbox.url);
        expect(window.guestChanges).toContainEqual({ refs: [], all: true });
      },
      { timeout: 10_000, interval: 300 },
    );
    expect(shell.guestChanges).toEqual([]);
  });
});

describe("with a window", () => {
  it("starts by itself, registers in the profile, and takes that back at the end", async () => {
    const service = await start({ sandbox: "with-window" });
    await untilRunning(service);
    const url = `http://127.0.0.1:${service.port}`;
    expect(await service.status()).toEqual({
      state: "running",
      url,
      port: service.port,
      elsewhere: false,
      pointsOfSale: ["bellhop", "kiosk"],
      strict: false,
    });
    expect(await registrationIn(service.profileFolder)).toMatchObject({
      url,
      pid: process.pid,
      stoppedByHand: false,
    });
    expect(service.states.map(({ state }) => state)).toEqual(expect.arrayContaining(["starting", "running"]));
    await service.close();
    await expect(stat(join(service.profileFolder, "sandbox.json"))).rejects.toThrow();
  });

  it("does not start where the settings say so, until it is needed", async () => {
    const service = await start({ sandbox: "with-window", settings: { startSandbox: false } });
    expect(await service.status()).toEqual({ state: "stopped", byHand: false });
    await service.ensureRunning();
    expect(await service.status()).toMatchObject({ state: "running" });
  });

  it("stays stopped where a person stopped it, for the command line too, until it is started again", async () => {
    const window = await start({ sandbox: "with-window" });
    await untilRunning(window);
    expect(await window.handlers["sandbox.stop"]({})).toEqual({ state: "stopped", byHand: true });
    await expect(window.ensureRunning()).rejects.toMatchObject({ code: "UNREACHABLE" });
    await expect(window.handlers["sandbox.summary"]({})).rejects.toMatchObject({ code: "UNREACHABLE" });

    // As another process of the profile sees it: this one's own number would be an earlier start's.
    const file = join(window.profileFolder, "sandbox.json");
    const registration = await registrationIn(window.profileFolder);
    expect(registration).toMatchObject({ stoppedByHand: true });
    await writeFile(file, JSON.stringify({ ...registration, pid: process.ppid }));
    const shell = await start({ profileFolder: window.profileFolder });
    expect(await shell.status()).toEqual({ state: "stopped", byHand: true });
    await expect(shell.ensureRunning()).rejects.toMatchObject({
      code: "UNREACHABLE",
      hint: expect.stringContaining("bellhop sandbox") as string,
    });

    expect(await window.handlers["sandbox.start"]({})).toMatchObject({ state: "running" });
    await expect(window.ensureRunning()).resolves.toBe(`http://127.0.0.1:${window.port}`);
    await vi.waitFor(async () => expect(await shell.ensureRunning()).toBe(await window.address()));
  });

  it("forgets that it was stopped by hand when the window has ended", async () => {
    const window = await start({ sandbox: "with-window" });
    await untilRunning(window);
    await window.handlers["sandbox.stop"]({});
    await window.close();
    const shell = await start({ profileFolder: window.profileFolder });
    expect(await shell.ensureRunning()).toMatch(/^http/);
  });

  it("can be emptied by command", async () => {
    const service = await start({ sandbox: "with-window" });
    await sendTo(await service.ensureRunning());
    await service.handlers["sandbox.reset"]({});
    expect(await service.handlers["sandbox.summary"]({})).toMatchObject({ total: 0, guests: 0 });
  });

  it("says why where it does not start", async () => {
    const profileFolder = await temporaryFolder();
    await writeFile(
      join(profileFolder, "sandbox.db"),
      "this is no database, and long enough to be read as one",
    );
    const service = await start({ profileFolder, sandbox: "with-window" });
    await vi.waitFor(async () =>
      expect(await service.status()).toMatchObject({ state: "failed", hint: expect.any(String) as string }),
    );
    await expect(service.ensureRunning()).rejects.toMatchObject({ code: "DATABASE_FAILED" });
  });
});

describe("the sandbox of another process", () => {
  const standAlone = async (profileFolder: string, rest: object = {}) => {
    const sandbox = await startStandAloneSandbox({
      port: 0,
      profileFolder,
      onProblem: () => undefined,
      ...rest,
    });
    let closed = false;
    const close = async () => {
      if (!closed) await sandbox.close();
      closed = true;
    };
    onTestFinished(close);
    return { ...sandbox, close };
  };

  it("is used where it is registered in the profile, and cannot be stopped from here", async () => {
    const profileFolder = await temporaryFolder();
    const other = await standAlone(profileFolder);
    const service = await start({ profileFolder, sandbox: "with-window" });
    expect(await service.ensureRunning()).toBe(other.url);
    expect(await service.address()).toBe(other.url);
    await vi.waitFor(async () =>
      expect(await service.status()).toMatchObject({ state: "running", elsewhere: true, url: other.url }),
    );
    await expect(service.handlers["sandbox.stop"]({})).rejects.toMatchObject({ code: "UNSUPPORTED" });
    await sendTo(other.url);
    expect(await service.handlers["sandbox.summary"]({})).toMatchObject({ total: 1 });
    await service.handlers["sandbox.reset"]({});
    expect(await service.handlers["sandbox.summary"]({})).toMatchObject({ total: 0 });
  });

  it("is replaced by an own one when it has ended", async () => {
    const profileFolder = await temporaryFolder();
    const other = await standAlone(profileFolder);
    const service = await start({ profileFolder });
    expect(await service.ensureRunning()).toBe(other.url);
    await other.close();
    await vi.waitFor(async () => expect(await service.ensureRunning()).not.toBe(other.url), 10_000);
  });

  it("is not used where its registration is stale, broken, or points away from this machine", async () => {
    const port = await freePort();
    const foreign = await startSandbox();
    const entry = { pid: process.pid, instance: randomUUID(), startedAt: "2026-01-01T00:00:00Z" };
    const texts = [
      JSON.stringify({ ...entry, url: `http://127.0.0.1:${port}` }),
      // An address that by now is the sandbox of somebody else.
      JSON.stringify({ ...entry, url: foreign.sandbox.url }),
      JSON.stringify({ ...entry, url: "http://evil.example" }),
      JSON.stringify({ ...entry, url: foreign.sandbox.url, pid: 2 ** 30, stoppedByHand: true }),
      "{",
    ];
    for (const text of texts) {
      const profileFolder = await temporaryFolder();
      await writeFile(join(profileFolder, "sandbox.json"), text);
      const service = await start({ profileFolder });
      expect(await service.ensureRunning()).toBe(`http://127.0.0.1:${service.port}`);
    }
  });
});

describe("BELLHOP_SANDBOX_URL", () => {
  it("comes before everything else", async () => {
    const { sandbox } = await startSandbox();
    const variables = { BELLHOP_SANDBOX_URL: `${sandbox.url}/` };
    const service = await start({ sandbox: "with-window", variables });
    expect(await service.ensureRunning()).toBe(sandbox.url);
    expect(await service.status()).toMatchObject({ state: "running", elsewhere: true });
    await expect(service.handlers["sandbox.stop"]({})).rejects.toMatchObject({ code: "UNSUPPORTED" });
  });

  it("is told of where nothing answers there", async () => {
    const variables = { BELLHOP_SANDBOX_URL: `http://127.0.0.1:${await freePort()}` };
    const service = await start({ variables });
    expect(await service.status()).toMatchObject({ state: "failed" });
  });

  it.each([
    "http://192.0.2.1:4680",
    "https://cdp.example",
    "ftp://127.0.0.1",
    "127.0.0.1:4680",
    "http://127.0.0.1.evil.example",
    "http://user@127.0.0.1:4680",
    "http://127.0.0.1:4680/path",
  ])("is refused where it is %s", async (url) => {
    const service = await start({ variables: { BELLHOP_SANDBOX_URL: url } });
    await expect(service.ensureRunning()).rejects.toMatchObject({ code: "INVALID_INPUT" });
    expect(await service.status()).toMatchObject({ state: "failed" });
    expect(await service.address()).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
});

describe("the outcome of an event", () => {
  it("is told for the own sandbox and for another process's alike", async () => {
    const service = await start();
    const own = await service.ensureRunning();
    const { sandbox } = await startSandbox({ config: { delay: 50 } });
    for (const url of [own, sandbox.url]) {
      const processed = await service.outcomeOf(url, await sendTo(url), 10_000);
      expect(processed).toEqual({
        ingestion: "processed",
        issues: [],
        guestRef: expect.any(String) as string,
      });
      const dropped = await service.outcomeOf(url, await sendTo(url, "nowhere"), 10_000);
      expect(dropped).toMatchObject({
        ingestion: "dropped",
        issues: [{ code: "unknown-point-of-sale", severity: "error", catalog: "sitecore" }],
      });
    }
  });

  it("is null where it takes too long, where the event is unknown, and where nobody answers", async () => {
    const service = await start();
    const { sandbox } = await startSandbox({ config: { delay: 86_400_000 } });
    expect(await service.outcomeOf(sandbox.url, await sendTo(sandbox.url), 30)).toBeNull();
    expect(await service.outcomeOf(sandbox.url, "nobody", 10_000)).toBeNull();
    const own = await service.ensureRunning();
    expect(await service.outcomeOf(own, "nobody", 10_000)).toBeNull();
    expect(await service.outcomeOf(`http://127.0.0.1:${await freePort()}`, "nobody", 10_000)).toBeNull();
  });
});
