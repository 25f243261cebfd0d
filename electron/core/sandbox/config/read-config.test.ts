import { execFile } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { readConfig } from "./read-config";

it.skipIf(process.platform === "win32")("refuses a pipe or a device, which would never end", async () => {
  const pipe = join(await mkdtemp(join(tmpdir(), "bellhop-config-")), "pipe");
  await promisify(execFile)("mkfifo", [pipe]);
  for (const file of [pipe, "/dev/zero"])
    await expect(readConfig(file)).rejects.toMatchObject({
      code: "INVALID_INPUT",
      message: `${file}: the sandbox's configuration cannot be read: it is not a file.`,
    });
});

it("says in words that there is no such file", async () => {
  const file = join(await mkdtemp(join(tmpdir(), "bellhop-config-")), "missing.yaml");
  await expect(readConfig(file)).rejects.toMatchObject({
    code: "INVALID_INPUT",
    message: `${file}: the sandbox's configuration cannot be read: there is no such file.`,
    hint: "Give --config the path of a YAML or JSON file.",
  });
});
