import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { call, startSandbox } from "./testing/sandbox-fixture";
import { startService } from "./testing/service-fixture";

const newBrowser = async (url: string): Promise<string> => {
  const { body } = await call(url, "GET", "/v1.2/browser/create.json?client_key=sandbox");
  return String(body["ref"]);
};

const isKnown = async (url: string, browser: string): Promise<boolean> => {
  const answer = await call(url, "GET", `/v1.2/browser/${browser}/show.json?client_key=sandbox`);
  return answer.status === 200;
};

/** The commands on a sandbox inside this process, and on one that another process runs. */
const places = {
  async "this process's own sandbox"() {
    const service = await startService();
    return { ...service, url: await service.ensureRunning() };
  },
  async "another process's sandbox"() {
    const { sandbox } = await startSandbox();
    const service = await startService({ variables: { BELLHOP_SANDBOX_URL: sandbox.url } });
    return { ...service, url: sandbox.url };
  },
};

describe.each(Object.entries(places))("on %s", (_name, start) => {
  it("the configuration is read, changed at once, and announced", async () => {
    const { commands, url, states } = await start();
    const read = await commands["sandbox.readConfig"]({});
    expect(read.warnings).toEqual([]);
    const changed = read.text
      .replace("strict: false", "strict: true")
      .replace("delay: ", "forward: eu\ndelay: ");
    const saved = await commands["sandbox.saveConfig"]({ text: changed });
    expect(saved.text).toContain("strict: true");
    expect(saved.warnings).toContainEqual(expect.stringContaining('does not know "forward"'));
    expect((await call(url, "GET", "/_sandbox/config")).body).toMatchObject({ strict: true });
    await expect.poll(() => states.at(-1)).toMatchObject({ state: "running", strict: true });
  });

  it("a wrong configuration is refused with its place, and changes nothing", async () => {
    const { commands } = await start();
    await expect(commands["sandbox.saveConfig"]({ text: "delay: 1ms\nstrict: maybe" })).rejects.toMatchObject(
      {
        code: "INVALID_INPUT",
        message: "configuration:2:9: strict is true or false.",
        hint: expect.stringContaining("schema"),
      },
    );
    expect((await commands["sandbox.readConfig"]({})).text).toContain("strict: false");
  });

  it("faults are set, read as they were written, and taken away", async () => {
    const { commands, url } = await start();
    expect((await commands["sandbox.readFaults"]({})).text).toContain("There are no faults");
    const written = "# The first one only.\n- match: { nth: 1 }\n  fault: status\n  ms: 5\n";
    expect(await commands["sandbox.saveFaults"]({ text: written })).toEqual({
      text: written,
      warnings: ["faults:4:7: ms has no effect on the fault status."],
    });
    const path = "/v1.2/browser/create.json?client_key=sandbox";
    expect((await call(url, "GET", path)).status).toBe(503);
    await commands["sandbox.saveFaults"]({ text: "" });
    expect((await commands["sandbox.readFaults"]({})).text).toBe("");
    await expect(commands["sandbox.saveFaults"]({ text: "- reset" })).rejects.toMatchObject({
      code: "INVALID_INPUT",
      message: expect.stringMatching(/^faults:1:3: /),
    });
  });

  it("the clock is read and moved", async () => {
    const { commands } = await start();
    expect(await commands["sandbox.clock"]({})).toMatchObject({ offset: 0 });
    expect(await commands["sandbox.setClock"]({ advance: "1h" })).toMatchObject({ offset: 3_600_000 });
    expect(await commands["sandbox.clock"]({})).toMatchObject({ offset: 3_600_000 });
    expect(await commands["sandbox.setClock"]({ real: true })).toMatchObject({ offset: 0 });
    await expect(commands["sandbox.setClock"]({ advance: "soon" })).rejects.toMatchObject({
      code: "INVALID_INPUT",
      message: expect.stringContaining("duration"),
    });
  });

  it("a snapshot is saved, listed, restored and removed; the guests of before are forgotten", async () => {
    const { commands, url, forgotten } = await start();
    const browser = await newBrowser(url);
    const name = "before/the sale?";
    const snapshot = await commands["sandbox.saveSnapshot"]({ name });
    expect(snapshot).toMatchObject({ name, guests: 1, events: 0 });
    expect(await commands["sandbox.snapshots"]({})).toEqual([snapshot]);
    expect(forgotten).toEqual([]);

    const later = await newBrowser(url);
    expect(await commands["sandbox.restoreSnapshot"]({ name })).toBeNull();
    expect(forgotten).toEqual(["sandbox", "sandbox-engage"]);
    expect(await isKnown(url, browser)).toBe(true);
    expect(await isKnown(url, later)).toBe(false);

    expect(await commands["sandbox.removeSnapshot"]({ name })).toBeNull();
    expect(await commands["sandbox.snapshots"]({})).toEqual([]);
    await expect(commands["sandbox.restoreSnapshot"]({ name })).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: `There is no snapshot "${name}".`,
    });
  });

  it("the state is taken out as a file and in again; the guests of before are forgotten", async () => {
    const { commands, url, transfers, forgotten } = await start();
    const browser = await newBrowser(url);
    const { ticket, name } = await commands["sandbox.export"]({});
    const download = transfers.open(ticket);
    if (!download) throw new Error("The ticket does not work.");
    expect(name).toBe("sandbox-state.json");
    expect(download).toMatchObject({ name, contentType: "application/json" });
    const exported = await text(download.stream);

    const later = await newBrowser(url);
    const upload = await transfers.receive(name, Readable.from([Buffer.from(exported)]));
    expect(await commands["sandbox.import"]({ ticket: upload })).toBeNull();
    expect(forgotten).toEqual(["sandbox", "sandbox-engage"]);
    expect(await isKnown(url, browser)).toBe(true);
    expect(await isKnown(url, later)).toBe(false);
  });

  it("what is no export is refused, and leaves everything as it was", async () => {
    const { commands, url, transfers, forgotten } = await start();
    const browser = await newBrowser(url);
    const ticket = await transfers.receive("state.json", Readable.from([Buffer.from('{"a":1}')]));
    await expect(commands["sandbox.import"]({ ticket })).rejects.toMatchObject({
      code: "INVALID_INPUT",
      message: expect.stringContaining("not an export"),
    });
    await expect(commands["sandbox.import"]({ ticket })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(forgotten).toEqual([]);
    expect(await isKnown(url, browser)).toBe(true);
  });
});

describe("a changed configuration", () => {
  it("of this process's own sandbox is there again after a restart", async () => {
    const first = await startService();
    await first.ensureRunning();
    await first.commands["sandbox.saveConfig"]({ text: "delay: 77ms\nidentityRules: [loyalty]" });
    await first.close();
    const second = await startService({ profileFolder: first.profileFolder });
    await second.ensureRunning();
    const read = await second.commands["sandbox.readConfig"]({});
    expect(read.text).toContain("delay: 77ms");
    expect(read.text).toContain("identityRules: [loyalty]");
  });
});

describe("without a running sandbox", () => {
  it("every command says that none runs", async () => {
    const { commands } = await startService();
    const expected = { code: "UNREACHABLE", message: "The sandbox is not running." };
    await expect(commands["sandbox.readConfig"]({})).rejects.toMatchObject(expected);
    await expect(commands["sandbox.saveFaults"]({ text: "[]" })).rejects.toMatchObject(expected);
    await expect(commands["sandbox.clock"]({})).rejects.toMatchObject(expected);
    await expect(commands["sandbox.export"]({})).rejects.toMatchObject(expected);
    await expect(commands["sandbox.restoreSnapshot"]({ name: "a" })).rejects.toMatchObject(expected);
  });
});
