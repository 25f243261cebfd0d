import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startStandAloneSandbox, type StandAloneOptions } from "./stand-alone-sandbox";
import { basic, call, startSandbox, temporaryFolder } from "./sandbox/testing/sandbox-fixture";

const start = async (options: Partial<StandAloneOptions> = {}) => {
  const profileFolder = options.profileFolder ?? (await temporaryFolder());
  const sandbox = await startStandAloneSandbox({
    port: 0,
    profileFolder,
    onProblem: () => undefined,
    ...options,
  });
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => (closing ??= sandbox.close());
  onTestFinished(close);
  return { ...sandbox, close, profileFolder };
};

const isRegistered = (folder: string): Promise<boolean> =>
  stat(join(folder, "sandbox.json")).then(
    () => true,
    () => false,
  );

describe("a sandbox on its own", () => {
  it("answers at the address it gives, and is known to the profile", async () => {
    const { url, said, profileFolder } = await start();
    expect(said).toEqual([]);
    expect((await call(url, "GET", "/v1.2/browser/create.json?client_key=sandbox")).status).toBe(200);
    expect(await isRegistered(profileFolder)).toBe(true);
  });

  it("makes the profile's folder where there is none", async () => {
    const profileFolder = join(await temporaryFolder(), "new", "profile");
    await start({ profileFolder });
    expect((await stat(join(profileFolder, "sandbox.db"))).isFile()).toBe(true);
  });

  it("keeps its state in the file it is given", async () => {
    const folder = await temporaryFolder();
    const data = join(folder, "state.db");
    await start({ data });
    expect((await stat(data)).isFile()).toBe(true);
  });

  it("says which port it took instead", async () => {
    const { sandbox } = await startSandbox();
    const { url, said } = await start({ port: sandbox.port });
    expect(said).toEqual([`Port ${sandbox.port} is taken, so the sandbox listens on ${new URL(url).port}.`]);
  });

  it("reads its configuration, and says what in it has no effect", async () => {
    const folder = await temporaryFolder();
    const config = join(folder, "sandbox.yaml");
    await writeFile(config, "clientKey: mine\napiToken: token\nforward: eu\n");
    const { url, said, profileFolder } = await start({ config });
    expect(said).toEqual([expect.stringContaining(`${config}:3:1`)]);
    expect((await call(url, "GET", "/v1.2/browser/create.json?client_key=mine")).status).toBe(200);
    // The environment `sandbox` shows the public credential, so this one is not what it means.
    expect(await isRegistered(profileFolder)).toBe(false);
  });

  it("keeps what is set while it runs for the next start on the profile's state, and nowhere else", async () => {
    const profileFolder = await temporaryFolder();
    const first = await start({ profileFolder });
    const put = await call(first.url, "PUT", "/_sandbox/config", { body: "delay: 77ms" });
    expect(put.body["warnings"]).toEqual([]);
    await first.close();
    const second = await start({ profileFolder });
    expect((await call(second.url, "GET", "/_sandbox/config")).body["delay"]).toBe("77ms");
    const elsewhere = await start({ profileFolder, data: ":memory:" });
    expect((await call(elsewhere.url, "GET", "/_sandbox/config")).body["delay"]).toBe("5ms");
  });

  it("keeps no key in a file", async () => {
    const profileFolder = await temporaryFolder();
    const { url } = await start({ profileFolder });
    await call(url, "PUT", "/_sandbox/config", { body: "clientKey: only-mine\napiToken: not-yours" });
    const kept = await readFile(join(profileFolder, "sandbox.config.yaml"), "utf8");
    expect(kept).toContain("pointsOfSale:");
    expect(kept).not.toMatch(/only-mine|not-yours/);
  });

  it("starts with its defaults where what was kept cannot be used, and says so", async () => {
    const profileFolder = await temporaryFolder();
    await writeFile(join(profileFolder, "sandbox.config.yaml"), "delay: soon\n");
    const problems: string[] = [];
    const { url } = await start({ profileFolder, onProblem: (problem) => problems.push(problem) });
    expect((await call(url, "GET", "/_sandbox/config")).body["delay"]).toBe("5ms");
    expect(problems).toEqual([expect.stringMatching(/sandbox\.config\.yaml:1:8: delay is a duration/)]);
  });

  it("says that its file wins at the next start", async () => {
    const config = join(await temporaryFolder(), "sandbox.yaml");
    await writeFile(config, "delay: 3ms\n");
    const { url } = await start({ config });
    const put = await call(url, "PUT", "/_sandbox/config", { body: "delay: 77ms" });
    expect(put.body["warnings"]).toEqual([
      `This holds until the sandbox ends: the next start reads ${config} again.`,
    ]);
  });

  it("may be strict without a configuration", async () => {
    const { url } = await start({ strict: true });
    const made = await call(url, "GET", "/v1.2/browser/create.json?client_key=sandbox");
    const body = JSON.stringify({ type: "VIEW", browser_id: made.body["ref"] });
    const headers = { authorization: basic() };
    expect((await call(url, "POST", "/v1.2/event/create.json", { headers, body })).status).toBe(400);
  });

  it.each([
    ["a configuration that is not there", "missing.yaml", null, /missing\.yaml: .*cannot be read/],
    ["a configuration with a mistake", "wrong.yaml", "delay: soon\n", /wrong\.yaml:1:8: /],
    ["a configuration that is not UTF-8", "odd.yaml", Buffer.from([0xff, 0xfe, 0x00]), /not UTF-8/],
  ])("does not start with %s", async (_what, name, content, message) => {
    const folder = await temporaryFolder();
    const config = join(folder, name);
    if (content !== null) await writeFile(config, content);
    await expect(start({ config })).rejects.toMatchObject({
      code: "INVALID_INPUT",
      message: expect.stringMatching(message) as string,
    });
  });

  it("leaves a live registration to whom it belongs", async () => {
    const profileFolder = await temporaryFolder();
    await start({ profileFolder });
    const second = await startStandAloneSandbox({ port: 0, profileFolder, onProblem: () => undefined });
    await second.close();
    expect(await isRegistered(profileFolder)).toBe(true);
  });
});
