import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { noticeFile } from "./notice-file";

const within = { timeout: 10_000 };

/** Says how often the file was noticed since it was last asked. */
const noticed = (file: string): (() => number) => {
  let count = 0;
  const notice = noticeFile(file, () => (count += 1));
  onTestFinished(() => notice.close());
  return () => {
    const seen = count;
    count = 0;
    return seen;
  };
};

it("a file is noticed when it is made, written, replaced as editors do, and removed", async () => {
  const folder = await mkdtemp(join(tmpdir(), "bellhop-notice-"));
  const file = join(folder, "bellhop.yaml");
  const seen = noticed(file);
  await writeFile(file, "one");
  await expect.poll(seen, within).toBeGreaterThan(0);
  await writeFile(file, "other");
  await expect.poll(seen, within).toBeGreaterThan(0);
  await writeFile(join(folder, "draft~"), "third");
  await rename(join(folder, "draft~"), file);
  await expect.poll(seen, within).toBeGreaterThan(0);
  await rm(file);
  await expect.poll(seen, within).toBeGreaterThan(0);
});

it("a file is noticed in a folder that is made later, and made anew", async () => {
  const folder = join(await mkdtemp(join(tmpdir(), "bellhop-notice-")), "workspace");
  const seen = noticed(join(folder, "bellhop.yaml"));
  for (const text of ["first", "second"]) {
    await mkdir(folder);
    await writeFile(join(folder, "bellhop.yaml"), text);
    await expect.poll(seen, within).toBeGreaterThan(0);
    await rm(folder, { recursive: true });
    await expect.poll(seen, within).toBeGreaterThan(0);
  }
});
