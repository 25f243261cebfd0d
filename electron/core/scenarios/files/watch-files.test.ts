import { rename, rm, utimes } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { useScenarios } from "./scenarios-for-tests";

const { workspace, write, start } = useScenarios();

const journey = (name = "Journey"): string => `bellhop: 1\nname: ${name}\nsteps: []\n`;

describe("what other programs do", () => {
  const collect = () => {
    const seen = new Set<string>();
    let tell = (): void => undefined;
    return {
      said(paths: string[]) {
        for (const path of paths) seen.add(path);
        tell();
      },
      /** Settles when all of these were said. */
      all: (...paths: string[]) =>
        new Promise<void>((resolve) => {
          tell = () => {
            if (!paths.every((path) => seen.has(path))) return;
            seen.clear();
            resolve();
          };
          tell();
        }),
    };
  };

  it("is noticed: changes, new folders, renames, removals, and bellhop.yaml", async () => {
    await write("workspace/a.scenario.yaml", journey());
    const { said, all } = collect();
    const { call } = await start({ said });
    await call["scenarios.list"]({});
    await write("workspace/a.scenario.yaml", journey("Other"));
    await all("a.scenario.yaml");
    await write("workspace/new/deep/b.scenario.yaml", journey());
    await all("new/deep/b.scenario.yaml");
    await write("workspace/new/deep/b.scenario.yaml", journey("Other"));
    await all("new/deep/b.scenario.yaml");
    await rename(join(workspace(), "new"), join(workspace(), "old"));
    await all("new/deep/b.scenario.yaml", "old/deep/b.scenario.yaml");
    await write("workspace/bellhop.yaml", "bellhop: 1\n");
    await all("bellhop.yaml");
    await rm(join(workspace(), "old"), { recursive: true });
    await all("old/deep/b.scenario.yaml");
  });

  it("is noticed in a workspace that is made later, and at a file from outside", async () => {
    const outside = await write("out/x.scenario.yaml", journey());
    const { said, all } = collect();
    const { call } = await start({ said });
    await call["scenarios.list"]({});
    await call["scenarios.read"]({ path: outside });
    await write("workspace/a.scenario.yaml", journey());
    await all("a.scenario.yaml");
    await write("out/x.scenario.yaml", journey("Other"));
    await all(outside);
    await utimes(outside, 1, 1);
    await all(outside);
  });

  it("is said once, and what is saved here is said as well", async () => {
    await write("workspace/a.scenario.yaml", journey());
    const said: string[][] = [];
    const { call } = await start({ said: (paths) => said.push(paths) });
    await call["scenarios.list"]({});
    const { path, version } = await call["scenarios.read"]({ path: "a.scenario.yaml" });
    await call["scenarios.save"]({ path, text: journey("Other"), version });
    await call["scenarios.list"]({});
    expect(said).toEqual([["a.scenario.yaml"]]);
  });
});
