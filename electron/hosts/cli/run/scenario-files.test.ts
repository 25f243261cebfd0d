import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { collectScenarios } from "./scenario-files";

let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "bellhop-collect-"));
  const files = [
    "shop/bellhop.yaml",
    "shop/b.scenario.yaml",
    "shop/a/z.scenario.yaml",
    "shop/B.scenario.yaml",
    "shop/notes.yaml",
    "shop/node_modules/x.scenario.yaml",
    "shop/.cache/x.scenario.yaml",
    "loose/c.scenario.yaml",
    "empty/readme.md",
  ];
  for (const file of files) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), "");
  }
  await symlink(join(root, "shop"), join(root, "loose", "round"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const paths = async (given: string[], workspace?: string) =>
  (await collectScenarios(given, root, workspace)).map(({ workspace: home, files }) => [
    home.slice(root.length + 1),
    files.map(({ path, named }) => (named ? `${path}!` : path)),
  ]);

it("takes a folder's scenarios by name, leaves hidden folders and links out, and each to its own workspace", async () => {
  expect(await paths(["shop", "loose"])).toEqual([
    ["shop", ["B.scenario.yaml", "a/z.scenario.yaml", "b.scenario.yaml"]],
    ["loose", ["c.scenario.yaml"]],
  ]);
});

it("plays what is given twice once, and knows what a person named", async () => {
  expect(
    await paths(["shop/a", "shop/a/z.scenario.yaml", "loose/c.scenario.yaml", "shop/b.scenario.yaml"]),
  ).toEqual([
    ["shop", ["a/z.scenario.yaml!", "b.scenario.yaml!"]],
    ["loose", ["c.scenario.yaml!"]],
  ]);
});

it("with --workspace gives all to that one, those outside by their whole path", async () => {
  expect(await paths(["shop/b.scenario.yaml", "loose"], "shop")).toEqual([
    ["shop", ["b.scenario.yaml!", join(root, "loose", "c.scenario.yaml")]],
  ]);
});

it.each([
  ["missing.yaml", "missing.yaml: there is no such file or folder."],
  ["empty", "empty: there is no *.scenario.yaml file in this folder or below."],
])("refuses %s before anything is played", async (given, message) => {
  await expect(paths([given])).rejects.toThrow(message);
});
