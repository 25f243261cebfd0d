import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findElectron } from "./electron-runtime";

describe("the search for Electron's runtime", () => {
  let root: string;
  let program: string;
  let electron: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "bellhop-"));
    program = join(root, "dist", "cli.mjs");
    electron = join(root, "node_modules", "electron");
    await mkdir(join(electron, "dist"), { recursive: true });
    await writeFile(join(electron, "package.json"), "{}");
  });
  afterEach(() => rm(root, { recursive: true }));

  it("finds none where the package is not installed", async () => {
    await rm(electron, { recursive: true });
    expect(findElectron(program, {})).toBeNull();
  });

  it("finds the package without its runtime before the download", () => {
    expect(findElectron(program, {})).toEqual({ folder: electron, runtime: null });
  });

  it("finds the executable that the download named", async () => {
    await writeFile(join(electron, "path.txt"), "the-electron");
    await writeFile(join(electron, "dist", "the-electron"), "");
    expect(findElectron(program, {})?.runtime).toBe(join(electron, "dist", "the-electron"));
  });

  it("looks in the folder that ELECTRON_OVERRIDE_DIST_PATH names instead", async () => {
    await writeFile(join(electron, "path.txt"), "electron");
    await writeFile(join(electron, "dist", "electron"), "");
    const other = join(root, "other");
    const variables = { ELECTRON_OVERRIDE_DIST_PATH: other };
    expect(findElectron(program, variables)?.runtime).toBeNull();
    await mkdir(other);
    await writeFile(join(other, "electron"), "");
    expect(findElectron(program, variables)?.runtime).toBe(join(other, "electron"));
  });
});
