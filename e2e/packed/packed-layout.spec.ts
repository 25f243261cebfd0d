import { expect, test as base } from "@playwright/test";
import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { startDesktop } from "../fixtures/desktop";
import { program, root } from "../fixtures/program";
import { makeTemporaryFolder } from "../fixtures/temporary-folder";
import { makeStubElectron } from "./stub-electron";

const execute = promisify(execFile);

const runTool = async (tool: string, args: string[]): Promise<string> => {
  const file = join(root, "node_modules", ...tool.split("/"));
  const { stdout } = await execute(process.execPath, [file, ...args], {
    cwd: root,
    // Colours would stand between the words that are looked for.
    env: { ...process.env, FORCE_COLOR: "0" },
  });
  return stdout;
};

/** The unpacked program as electron-builder makes it, on a stand-in for Electron's distribution. */
const test = base.extend<object, { packed: string }>({
  packed: [
    async ({}, use) => {
      const folder = await makeTemporaryFolder();
      const [electron, output] = [join(folder.path, "electron"), join(folder.path, "release")];
      await makeStubElectron(electron);
      await runTool("electron-builder/cli.js", [
        ...["--linux", "dir", `--${process.arch}`, "--publish", "never"],
        ...[`-c.electronDist=${electron}`, `-c.directories.output=${output}`],
      ]);
      await use(join(output, process.arch === "x64" ? "linux-unpacked" : `linux-${process.arch}-unpacked`));
      await folder.remove();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

test.skip(process.platform !== "linux", "The packed layout is tried on Linux only");

const listFiles = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
};

const listArchive = async (packed: string): Promise<string[]> => {
  const output = await runTool("@electron/asar/bin/asar.js", ["list", join(packed, "resources", "app.asar")]);
  return output
    .split("\n")
    .filter(Boolean)
    .map((line) => line.replace(/^\//, ""));
};

test("holds all that is built, package.json and the native packages, and nothing else", async ({
  packed,
}) => {
  const files = await listArchive(packed);
  const built = (await listFiles(join(program.renderer, ".."))).filter((name) => name !== "built-from.txt");
  expect(files).toEqual(expect.arrayContaining(["package.json", ...built.map((name) => `dist/${name}`)]));
  const others = files.filter(
    (name) => name !== "package.json" && name !== "dist" && !name.startsWith("dist/"),
  );
  const allowed = /^node_modules(\/(@napi-rs|@photostructure|node-gyp-build)(\/|$)|$)/;
  expect(others.filter((name) => !allowed.test(name))).toEqual([]);
});

const otherPlatforms = process.arch === "x64" ? /darwin|win32|arm64/ : /darwin|win32|x64/;

test("holds no sources, tests, maps, or other platforms' binaries", async ({ packed }) => {
  const files = await listArchive(packed);
  expect(files.filter((name) => /\.(ts|vue|map|cc|cpp|h|gyp)$|\.test\./.test(name))).toEqual([]);
  expect(files.filter((name) => otherPlatforms.test(name))).toEqual([]);
  const native = files.filter((name) => name.endsWith(".node"));
  for (const one of [`keyring-linux-${process.arch}`, `sqlite/prebuilds/linux-${process.arch}`])
    expect(
      native.some((name) => name.includes(one)),
      one,
    ).toBe(true);
});

test("lays native files beside the archive, where the system can load them", async ({ packed }) => {
  const unpacked = await listFiles(join(packed, "resources", "app.asar.unpacked"));
  const native = (await listArchive(packed)).filter((name) => name.endsWith(".node"));
  expect(unpacked.filter((name) => name.endsWith(".node"))).toEqual(native.sort());
});

test("starts by its own name", async ({ packed }) => {
  expect(await readdir(packed)).toContain("bellhop");
});

test("runs from its packed files alone", async ({ packed }) => {
  const folder = await makeTemporaryFolder();
  const application = join(folder.path, "application");
  const archive = join(packed, "resources", "app.asar");
  await runTool("@electron/asar/bin/asar.js", ["extract", archive, application]);
  const desktop = await startDesktop({ profile: join(folder.path, "profile"), application });
  const answer = desktop.pageHears({ id: 1 });
  await desktop.act("post", { message: { id: 1, command: "drafts.list", input: {} } });
  expect(await answer).toMatchObject({ answer: { ok: true } });
  expect(await desktop.stop()).toBe(0);
  await folder.remove();
});

test("has every fuse as the checklist wants it", async ({ packed }) => {
  const output = await runTool("@electron/fuses/dist/bin.js", ["read", "--app", join(packed, "bellhop")]);
  const state = (name: string): string | undefined => new RegExp(`${name} is (\\w+)`).exec(output)?.[1];
  expect(state("RunAsNode")).toBe("Disabled");
  expect(state("EnableCookieEncryption")).toBe("Enabled");
  expect(state("EnableNodeOptionsEnvironmentVariable")).toBe("Disabled");
  expect(state("EnableNodeCliInspectArguments")).toBe("Disabled");
  expect(state("EnableEmbeddedAsarIntegrityValidation")).toBe("Enabled");
  expect(state("OnlyLoadAppFromAsar")).toBe("Enabled");
  expect(state("LoadBrowserProcessSpecificV8Snapshot")).toBe("Disabled");
  expect(state("GrantFileProtocolExtraPrivileges")).toBe("Disabled");
});
