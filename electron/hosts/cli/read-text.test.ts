import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readText } from "./read-text";

const fileOf = async (bytes: Uint8Array): Promise<string> => {
  const file = join(await mkdtemp(join(tmpdir(), "bellhop-text-")), "event.json");
  await writeFile(file, bytes);
  return file;
};

it("reads UTF-8 as it is", async () => {
  expect(await readText(await fileOf(Buffer.from('{"name":"Zoë"}')))).toBe('{"name":"Zoë"}');
});

it("refuses another encoding and names the file, so that no character is sent as another", async () => {
  const file = await fileOf(Buffer.from('{"name":"Zoë"}', "latin1"));
  await expect(readText(file)).rejects.toMatchObject({
    code: "INVALID_INPUT",
    message: `${file}: it is not UTF-8; save it as UTF-8.`,
  });
});
