import { mkdir, mkdtemp, readdir, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { underLock } from "./claim-lock";

let folder = "";
let lock = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bellhop-lock-"));
  lock = join(folder, "instance.lock");
});

/** Something to wait for, and what ends the wait. */
const gate = () => {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open: () => open() };
};

it("lets one in at a time, and leaves nothing behind", async () => {
  let inside = 0;
  let most = 0;
  const enter = () =>
    underLock(lock, async () => {
      most = Math.max(most, ++inside);
      await readdir(folder);
      inside--;
    });
  await Promise.all(Array.from({ length: 20 }, enter));
  expect(most).toBe(1);
  expect(await readdir(folder)).toEqual([]);
});

it("is taken over once it is old, and its first owner then leaves it to the second", async () => {
  const [first, second] = [gate(), gate()];
  const [firstIn, secondIn] = [gate(), gate()];
  const one = underLock(lock, async () => (firstIn.open(), first.passed));
  await firstIn.passed;
  const [token = ""] = await readdir(lock);
  await utimes(join(lock, token), new Date(0), new Date(0));
  const two = underLock(lock, async () => (secondIn.open(), second.passed));
  await secondIn.passed;
  first.open();
  await one;
  expect(await readdir(lock)).toHaveLength(1);
  second.open();
  await two;
  expect(await readdir(folder)).toEqual([]);
});

it("takes over what a crash has left without an owner", async () => {
  await mkdir(lock);
  expect(await underLock(lock, async () => "in")).toBe("in");
});
