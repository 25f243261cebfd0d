import { expect, test as base } from "@playwright/test";
import { chmod, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { startNode, type Started } from "../fixtures/child-process";
import { runBellhop } from "../fixtures/command-line";
import { program } from "../fixtures/program";
import { makeTemporaryFolder } from "../fixtures/temporary-folder";

type Open = (args?: string[], variables?: Record<string, string | undefined>, profile?: string) => Started;

const test = base.extend<{ folder: string; profile: string; open: Open }>({
  folder: async ({}, use) => {
    const folder = await makeTemporaryFolder();
    await use(folder.path);
    await folder.remove();
  },
  profile: ({ folder }, use) => use(join(folder, "profile")),
  /** `bellhop open` without a display unless a test gives one; ended with the test, however that ends. */
  open: async ({ profile: usual }, use) => {
    const started: Started[] = [];
    await use((args = [], variables = {}, profile = usual) => {
      const bellhop = startNode(program.commandLine, {
        args: ["open", "--profile", profile, ...args],
        variables: { DISPLAY: undefined, WAYLAND_DISPLAY: undefined, ...variables },
      });
      started.push(bellhop);
      return bellhop;
    });
    await Promise.all(started.map((bellhop) => bellhop.kill()));
  },
});

const readyLine = /^Bellhop is ready at (http:\/\/127\.0\.0\.1:(\d+)\/\?token=[\w-]{43})$/m;

/** Stands for Electron's runtime: writes down how it was started, and says what a window says. */
const makeRuntime = async (folder: string, script: string): Promise<string> => {
  const runtime = join(folder, "runtime");
  await mkdir(runtime);
  await writeFile(join(runtime, "electron"), `#!/bin/sh\n${script}\n`);
  await chmod(join(runtime, "electron"), 0o755);
  return runtime;
};

test("prints one line that ends in the address, and ends with exit code 0 on Ctrl-C", async ({ open }) => {
  const bellhop = open(["--port", "0", "--no-open"]);
  await bellhop.said(readyLine);
  expect(await bellhop.stop()).toBe(0);
  expect(bellhop.output().match(/Bellhop is ready/g)).toHaveLength(1);
});

for (const signal of ["SIGTERM", "SIGHUP"] as const) {
  test(`ends in order on ${signal}`, async ({ open }) => {
    const bellhop = open(["--port", "0", "--no-open"]);
    await bellhop.said(readyLine);
    bellhop.child.kill(signal);
    expect(await bellhop.ended).toBe(0);
  });
}

test("leaves no host behind when the process that started it is killed", async ({ open }) => {
  const bellhop = open(["--port", "0", "--no-open"]);
  const [, , port] = await bellhop.said(readyLine);
  await bellhop.kill();
  const isUp = async (): Promise<boolean> => {
    try {
      await fetch(`http://127.0.0.1:${port}/`);
      return true;
    } catch {
      return false;
    }
  };
  await expect.poll(isUp).toBe(false);
});

test("joins the one that runs: a fresh address on the same port, and exit code 0", async ({
  profile,
  open,
}) => {
  const first = open(["--port", "0", "--no-open"]);
  const [, address, port] = await first.said(readyLine);
  const second = await runBellhop(["open", "--no-open", "--profile", profile]);
  expect(second.code).toBe(0);
  const fresh = readyLine.exec(second.stdout);
  expect(fresh?.[2]).toBe(port);
  expect(fresh?.[1]).not.toBe(address);
  expect(await first.stop()).toBe(0);
});

test("lets one of many that start at once run, and the others join it", async ({ open }) => {
  const starts = Array.from({ length: 4 }, () => open(["--port", "0", "--no-open"]));
  const ports = await Promise.all(starts.map(async (start) => (await start.said(readyLine))[2]));
  expect(new Set(ports).size).toBe(1);
  // Those that joined end by themselves; Ctrl-C is for the one that runs.
  const running = (): Started[] => starts.filter(({ child }) => child.exitCode === null);
  await expect.poll(() => running().length).toBe(1);
  await Promise.all(running().map((start) => start.stop()));
  expect(await Promise.all(starts.map((start) => start.ended))).toEqual([0, 0, 0, 0]);
});

test("takes the place of one that crashed", async ({ profile, open }) => {
  const crashed = startNode(program.loopback, { args: ["--no-open", "--port", "0", "--profile", profile] });
  await crashed.said(readyLine);
  await crashed.kill();
  expect((await stat(join(profile, "instance.sock"))).isSocket()).toBe(true);
  const next = open(["--port", "0", "--no-open"]);
  await next.said(readyLine);
  expect(await next.stop()).toBe(0);
});

test("runs and joins on a profile whose path is too long for a socket", async ({ folder, open }) => {
  const profile = join(folder, "a-rather-long-name-".repeat(5), "profile");
  const first = open(["--port", "0", "--no-open"], {}, profile);
  const [, , port] = await first.said(readyLine);
  const second = await runBellhop(["open", "--no-open", "--profile", profile]);
  expect(readyLine.exec(second.stdout)?.[2]).toBe(port);
  expect(await first.stop()).toBe(0);
});

test("takes the profile from the variable where no flag names one", async ({ profile }) => {
  const bellhop = startNode(program.commandLine, {
    args: ["open", "--no-open", "--port", "0"],
    variables: { BELLHOP_PROFILE: profile },
  });
  await bellhop.said(readyLine);
  expect((await stat(profile)).mode & 0o777).toBe(0o700);
  await bellhop.stop();
});

test("refuses a folder with other things in it that others can read", async ({ folder }) => {
  await writeFile(join(folder, "letters.txt"), "mine");
  await chmod(folder, 0o755);
  const { code, stderr } = await runBellhop(["open", "--no-open", "--profile", folder]);
  expect(code).toBe(2);
  expect(stderr).toContain("cannot be Bellhop's profile");
  expect((await stat(folder)).mode & 0o777).toBe(0o755);
});

test("listens on the port it is given, and says where that is taken", async ({ profile, open }) => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const taken = await runBellhop(["open", "--no-open", "--port", String(port), "--profile", profile]);
  expect(taken.code).toBe(2);
  expect(taken.stderr).toContain(`Port ${port} of 127.0.0.1 is taken`);
  server.close();
  await once(server, "close");
  const bellhop = open(["--no-open", "--port", String(port)]);
  expect((await bellhop.said(readyLine))[2]).toBe(String(port));
  await bellhop.stop();
});

test("refuses what is not a port", async ({ profile }) => {
  for (const port of ["x", "-1", "65536", "80.5", ""]) {
    const { code, stderr } = await runBellhop(["open", "--no-open", `--port=${port}`, "--profile", profile]);
    expect(code, port).toBe(2);
    expect(stderr, port).toContain("port");
  }
});

test("starts the desktop window where its runtime is and a display exists", async ({
  folder,
  profile,
  open,
}) => {
  const seen = join(folder, "arguments.txt");
  const runtime = await makeRuntime(
    folder,
    `printf '%s\\n' "$@" > "${seen}"; echo "Bellhop's window is open."`,
  );
  const bellhop = open(["--desktop"], { DISPLAY: ":1", ELECTRON_OVERRIDE_DIST_PATH: runtime });
  expect(await bellhop.ended).toBe(0);
  expect(bellhop.output()).toBe("Bellhop's window is open.\n");
  const args = (await readFile(seen, "utf8")).split("\n");
  expect(args).toContain("--profile");
  expect(args).toContain(profile);
  expect(JSON.parse(await readFile(join(args[0] ?? "", "package.json"), "utf8"))).toMatchObject({
    main: "dist/node/desktop.mjs",
  });
});

test("falls back to the browser with one line where the window does not start", async ({ folder, open }) => {
  const runtime = await makeRuntime(folder, "echo driver noise >&2; exit 5");
  const variables = { DISPLAY: ":1", ELECTRON_OVERRIDE_DIST_PATH: runtime };
  const bellhop = open(["--desktop", "--port", "0", "--no-open"], variables);
  await bellhop.said(readyLine);
  expect(bellhop.output()).toContain("No desktop window: it ended with code 5.");
  expect(bellhop.output()).not.toContain("driver noise");
  expect(await bellhop.stop()).toBe(0);
});

test("says why there is no desktop window without a display", async ({ open }) => {
  const bellhop = open(["--desktop", "--port", "0", "--no-open"]);
  await bellhop.said(readyLine);
  expect(bellhop.output()).toContain("No desktop window: there is no display.");
  await bellhop.stop();
});

test("tries to download the runtime at once with --desktop, and remembers that it failed", async ({
  folder,
  profile,
  open,
}) => {
  // Nothing listens at this mirror, so the download fails to connect.
  const variables = {
    DISPLAY: ":1",
    ELECTRON_OVERRIDE_DIST_PATH: join(folder, "nothing-here"),
    ELECTRON_MIRROR: "http://127.0.0.1:9/",
    HTTPS_PROXY: undefined,
    https_proxy: undefined,
  };
  const bellhop = open(["--desktop", "--port", "0", "--no-open"], variables);
  await bellhop.said(readyLine);
  expect(bellhop.output()).toContain("127.0.0.1 cannot be reached to download it");
  const failedAt = (await readFile(join(profile, "electron-install-failed.txt"), "utf8")).trim();
  expect(Date.parse(failedAt)).not.toBeNaN();
  await bellhop.stop();
});
