import { chmod, mkdir, mkdtemp, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { prepareProfile, profileFolder, workspaceFolder } from "./profile";

describe("the profile folder", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "bellhop-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

  it("is the flag's, else the variable's, else the platform's", () => {
    expect(profileFolder("/one", { BELLHOP_PROFILE: "/two" })).toBe("/one");
    expect(profileFolder(undefined, { BELLHOP_PROFILE: "/two" })).toBe("/two");
    expect(profileFolder("", {})).toMatch(/Bellhop/);
  });

  it("is made for this account alone", async () => {
    await prepareProfile(join(folder, "a", "b"));
    expect(await modeOf(join(folder, "a", "b"))).toBe(0o700);
  });

  it("is closed to others where it is empty or a profile already", async () => {
    await chmod(folder, 0o755);
    await prepareProfile(folder);
    expect(await modeOf(folder)).toBe(0o700);
    await writeFile(join(folder, "bellhop.db"), "");
    await chmod(folder, 0o750);
    await prepareProfile(folder);
    expect(await modeOf(folder)).toBe(0o700);
  });

  it("is refused where it is open to others and holds other things", async () => {
    await writeFile(join(folder, "letter.txt"), "");
    await chmod(folder, 0o755);
    await expect(prepareProfile(folder)).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await modeOf(folder)).toBe(0o755);
  });

  it("is refused where it is a file, and taken where a link leads to it", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(prepareProfile(join(folder, "file"))).rejects.toMatchObject({ code: "CONFLICT" });
    await mkdir(join(folder, "real"), { mode: 0o755 });
    await symlink(join(folder, "real"), join(folder, "link"));
    await prepareProfile(join(folder, "link"));
    expect(await modeOf(join(folder, "real"))).toBe(0o700);
  });
});

describe("the workspace folder", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "bellhop-"));
    await mkdir(join(folder, "shop", "journeys"), { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("is the flag's, from the working folder", () => {
    expect(workspaceFolder("shop", folder, "/profile")).toBe(join(folder, "shop"));
  });

  it("is the nearest folder upward with a bellhop.yaml", async () => {
    await writeFile(join(folder, "shop", "bellhop.yaml"), "bellhop: 1\n");
    expect(workspaceFolder(undefined, join(folder, "shop", "journeys"), "/profile")).toBe(
      join(folder, "shop"),
    );
  });

  it.skipIf(process.platform === "win32")("is never one that belongs to another account", async () => {
    await writeFile(join(folder, "shop", "bellhop.yaml"), "bellhop: 1\n");
    const stranger = (process.getuid?.() ?? 0) + 1;
    const found = workspaceFolder(undefined, join(folder, "shop", "journeys"), "/profile", stranger);
    expect(found).toBe(join("/profile", "workspace"));
  });

  it("is one of the profile where there is none", () => {
    expect(workspaceFolder(undefined, folder, "/profile")).toBe(join("/profile", "workspace"));
  });
});
