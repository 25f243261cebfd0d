import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeEach, describe, expect, it } from "vitest";
import { skipUnless } from "../../../scripts/skip-unless";
import { createCaFiles } from "./ca-files";

const pem = (text: string): string => `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`;
const qa = { name: "qa", caFile: "ca.pem" };

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bellhop-ca-"));
});

describe("a CA file", () => {
  it("is known by its content, and read again when it has changed", async () => {
    const files = createCaFiles(folder);
    await writeFile(join(folder, "ca.pem"), pem("one"));
    expect(await files.read(qa)).toBe(pem("one"));
    expect(await files.digest(qa)).toBe(createHash("sha256").update(pem("one")).digest("hex"));
    await writeFile(join(folder, "ca.pem"), pem("two"));
    expect(await files.read(qa)).toBe(pem("two"));
    expect(await files.digest(qa)).toBe(createHash("sha256").update(pem("two")).digest("hex"));
  });

  it("is none where the environment names none", async () => {
    expect(await createCaFiles(folder).read({ name: "qa" })).toBeNull();
    expect(await createCaFiles(folder).digest({ name: "qa" })).toBeNull();
  });

  it.each([
    ["holds no certificate", () => writeFile(join(folder, "ca.pem"), "hello")],
    ["is larger than 1 MB", () => writeFile(join(folder, "ca.pem"), pem("x".repeat(1_000_000)))],
    ["lies outside the workspace", () => symlink("/etc/passwd", join(folder, "ca.pem"))],
    ["cannot be read", async () => undefined],
  ])("that %s is refused, and has no digest", async (why, make) => {
    await make();
    const files = createCaFiles(folder);
    await expect(files.read(qa)).rejects.toMatchObject({
      code: "WORKSPACE_INVALID",
      message: expect.stringContaining(why),
    });
    expect(await files.digest(qa)).toBeNull();
  });

  it("that is a pipe is refused, not waited for", async (context) => {
    skipUnless(context, process.platform !== "win32", "Windows has no devices and pipes in its file system");
    await promisify(execFile)("mkfifo", [join(folder, "ca.pem")]);
    await expect(createCaFiles(folder).read(qa)).rejects.toThrow("is not a file");
  });
});
