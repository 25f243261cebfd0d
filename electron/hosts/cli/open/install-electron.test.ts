import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { failedLately, installElectron } from "./install-electron";

const now = Date.parse("2026-11-23T10:00:00Z");
const hour = 60 * 60 * 1000;

describe("the download of Electron's runtime", () => {
  let folder: string;
  let mirror: Server;
  let variables: Record<string, string>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "bellhop-"));
    mirror = createServer((socket) => socket.end()).listen(0, "127.0.0.1");
    await once(mirror, "listening");
    const { port } = mirror.address() as { port: number };
    variables = { ELECTRON_MIRROR: `http://127.0.0.1:${port}/` };
  });
  afterEach(async () => {
    mirror.close();
    await rm(folder, { recursive: true });
  });

  const install = () => installElectron({ folder, profileFolder: folder, variables, now, timeout: 1000 });

  it("runs Electron's own installer once its first address can be reached", async () => {
    await writeFile(join(folder, "install.js"), `require("fs").writeFileSync("${folder}/ran", "")`);
    expect(await install()).toBeNull();
    expect(await readFile(join(folder, "ran"), "utf8")).toBe("");
    expect(await failedLately(folder, now)).toBe(false);
  });

  it("says that the installer failed, and is not due again for a day", async () => {
    await writeFile(join(folder, "install.js"), "process.exit(1)");
    expect(await install()).toBe("its download failed");
    expect(await failedLately(folder, now + 23 * hour)).toBe(true);
    expect(await failedLately(folder, now + 25 * hour)).toBe(false);
  });

  it("does not run the installer where nothing can be reached", async () => {
    await writeFile(join(folder, "install.js"), `require("fs").writeFileSync("${folder}/ran", "")`);
    mirror.close();
    await once(mirror, "close");
    expect(await install()).toContain("cannot be reached");
    await expect(readFile(join(folder, "ran"))).rejects.toThrow("ENOENT");
    expect(await failedLately(folder, now + hour)).toBe(true);
  });

  it("says that an address cannot be read", async () => {
    variables = { ELECTRON_MIRROR: "not an address" };
    expect(await install()).toContain("cannot be read");
  });
});
