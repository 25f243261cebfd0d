import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openFileSink } from "./sink";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bellhop-sink-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("keeps texts in their order, in a folder that it makes, and asks to wait while it writes", async () => {
  const file = join(folder, "new", "deep", "report.txt");
  const sink = await openFileSink(file);
  const texts = Array.from({ length: 300 }, (_, index) => `${index}:${"é".repeat(1_000)}\n`);
  const waits = texts.map((text) => sink.write(text)).filter((wait) => wait !== undefined);
  expect(waits.length).toBeGreaterThan(1);
  expect(waits.length).toBeLessThan(texts.length);
  await sink.end();
  expect(await readFile(file, "utf8")).toBe(texts.join(""));
});

it("says before anything is sent that a report cannot be written", async () => {
  await expect(openFileSink(folder)).rejects.toThrow("the report cannot be written there: it is a folder.");
});
