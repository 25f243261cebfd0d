import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findAppBrowser, openAppWindow } from "./app-window";
import { chooseView } from "./show";

const options = { profile: undefined, workspace: undefined, port: undefined, open: true, browser: false };

describe("the window of an installed browser", () => {
  let folder: string;
  const linux = (isRoot = false, variables = {}) => ({
    platform: "linux" as const,
    variables: { PATH: `/nowhere:${folder}`, DISPLAY: ":1", ...variables },
    isRoot,
  });
  const install = async (name: string, script = ""): Promise<string> => {
    const path = join(folder, name);
    await mkdir(join(path, ".."), { recursive: true });
    await writeFile(path, `#!/bin/sh\n${script}\n`);
    await chmod(path, 0o755);
    return path;
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "bellhop-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("is a Chrome before a Chromium, and nothing where neither is installed", async () => {
    expect(await findAppBrowser(linux())).toBeNull();
    const chromium = await install("chromium");
    expect(await findAppBrowser(linux())).toBe(chromium);
    const chrome = await install("google-chrome");
    expect(await findAppBrowser(linux())).toBe(chrome);
  });

  it("is the one that CHROME_PATH names first of all", async () => {
    await install("google-chrome");
    const named = await install("other/chrome");
    expect(await findAppBrowser(linux(false, { CHROME_PATH: named }))).toBe(named);
  });

  it("is found among the applications of macOS", async () => {
    const mac = await install("Applications/Chromium.app/Contents/MacOS/Chromium");
    expect(await findAppBrowser({ platform: "darwin", variables: { HOME: folder }, isRoot: false })).toBe(
      mac,
    );
  });

  it("shows the address alone, with its data in the profile and its sandbox on", async () => {
    const seen = join(folder, "arguments.txt");
    const browser = await install("chromium", `printf '%s\\n' "$@" > "${seen}"`);
    const child = openAppWindow(browser, "http://127.0.0.1:1/?token=x", "/the/profile");
    await once(child, "exit");
    const args = (await readFile(seen, "utf8")).trim().split("\n");
    expect(args).toContain("--app=http://127.0.0.1:1/?token=x");
    expect(args).toContain("--user-data-dir=/the/profile/app-window");
    expect(args.filter((arg) => /sandbox|test-type/.test(arg))).toEqual([]);
  });

  it("gives way to the default browser, and to the address alone", async () => {
    const browser = await install("chromium");
    expect(await chooseView(options, linux())).toEqual({ kind: "window", browser });
    expect(await chooseView({ ...options, browser: true }, linux())).toEqual({ kind: "tab" });
    expect(await chooseView({ ...options, open: false }, linux())).toEqual({ kind: "address" });
    expect(await chooseView(options, linux(true))).toEqual({ kind: "address" });
    expect(await chooseView(options, linux(false, { DISPLAY: undefined }))).toEqual({ kind: "address" });
    await rm(browser);
    expect(await chooseView(options, linux())).toEqual({ kind: "tab" });
  });
});
