import { chmod, mkdtemp, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { skipUnless } from "../../../scripts/skip-unless";
import type { Environment } from "../../../shared/model/environment";
import { dropEnvironment, putEnvironment } from "./edit-workspace";
import { createWorkspaceFile } from "./workspace-file";

const environment = (name: string, changes: Partial<Environment> = {}): Environment => ({
  name,
  colour: "slate",
  baseUrl: "https://cdp.example",
  transport: "spec",
  catalog: "spec",
  production: false,
  vars: {},
  ...changes,
});

let folder = "";
let profile = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bellhop-workspace-"));
  profile = await mkdtemp(join(tmpdir(), "bellhop-profile-"));
});

const file = () => join(folder, "bellhop.yaml");
const written = () => readFile(file(), "utf8");
const store = () => createWorkspaceFile(folder, profile);

const byHand = `# The web team's targets
team: web # Bellhop does not know this key
bellhop: 1

defaultEnvironment: "qa"   # on since March
environments:
    # Asked for by Ada
    qa:
        pos: 'shop-qa'   # not the kiosk
        baseUrl: "https://qa.example"
        note: kept
        vars: { tenant: "a" }

    staging:
        baseUrl: https://staging.example
`;

describe("the workspace's file", () => {
  it("is an empty workspace while there is none, and reading makes nothing", async () => {
    expect(await store().read()).toEqual({ bellhop: 1 });
    expect(await readdir(folder)).toEqual([]);
  });

  it("is not read where it is a link to what never ends", async (context) => {
    skipUnless(context, process.platform !== "win32", "Windows has no devices and pipes in its file system");
    await symlink("/dev/zero", file());
    await expect(store().read()).rejects.toMatchObject({
      code: "WORKSPACE_INVALID",
      message: expect.stringContaining("it is not a file"),
    });
  });

  it("is made with its folder on the first change, with only what is not the default", async () => {
    const nested = createWorkspaceFile(join(folder, "new", "workspace"), profile);
    await nested.edit((document) => putEnvironment(document, environment("qa", { pos: "shop" })));
    const text = await readFile(join(folder, "new", "workspace", "bellhop.yaml"), "utf8");
    expect(text).toContain(
      "bellhop: 1\nenvironments:\n  qa:\n    baseUrl: https://cdp.example\n    pos: shop\n",
    );
    expect(text).not.toContain("transport");
  });

  it("is read again when an editor has changed it", async () => {
    const workspace = store();
    await writeFile(file(), "bellhop: 1\n");
    expect(await workspace.read()).toEqual({ bellhop: 1 });
    await writeFile(file(), "bellhop: 1\nteam: web\n");
    expect(await workspace.read()).toEqual({ bellhop: 1, team: "web" });
    await writeFile(file(), "bellhop: 3\n");
    await expect(workspace.read()).rejects.toMatchObject({ code: "WORKSPACE_INVALID" });
  });

  it("keeps comments, order, quotes, indent and unknown keys when an environment is changed", async () => {
    await writeFile(file(), byHand);
    const changed = environment("qa", {
      baseUrl: "https://qa2.example",
      pos: "shop-qa",
      currency: "EUR",
      vars: { tenant: "b" },
    });
    await store().edit((document) => putEnvironment(document, changed, "qa"));
    const text = await written();
    const expected = [
      "# The web team's targets",
      "team: web # Bellhop does not know this key",
      "# Asked for by Ada",
      "pos: 'shop-qa'",
      "# not the kiosk",
      'baseUrl: "https://qa2.example"',
      "note: kept",
      'vars: { tenant: "b" }',
      "        currency: EUR",
      "    staging:\n        baseUrl: https://staging.example\n",
    ];
    for (const part of expected) expect(text).toContain(part);
    const order = [
      "team:",
      "bellhop:",
      "defaultEnvironment:",
      "qa:",
      "pos:",
      "baseUrl:",
      "note:",
      "staging:",
    ];
    const places = order.map((key) => text.indexOf(key));
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it("renames in place, with the comment above and the default that names it", async () => {
    await writeFile(file(), byHand);
    const renamed = environment("qa-eu", { baseUrl: "https://qa.example", vars: { tenant: "a" } });
    await store().edit((document) => putEnvironment(document, renamed, "qa"));
    const text = await written();
    expect(text).toContain("# Asked for by Ada\n    qa-eu:");
    expect(text).toContain('defaultEnvironment: "qa-eu"');
    expect(text).not.toContain("pos");
    expect((await store().read()).environments).toHaveProperty("qa-eu.note", "kept");
  });

  it("takes one environment out and leaves the others as they are", async () => {
    await writeFile(file(), byHand);
    await store().edit((document) => dropEnvironment(document, "qa"));
    expect(await written()).toContain("staging:\n        baseUrl: https://staging.example\n");
    expect(await store().read()).toEqual({
      team: "web",
      bellhop: 1,
      environments: { staging: { baseUrl: "https://staging.example" } },
    });
  });

  it("keeps Windows' line ends", async () => {
    await writeFile(
      file(),
      "bellhop: 1\r\n# note\r\nenvironments:\r\n  qa:\r\n    baseUrl: https://a.example\r\n",
    );
    await store().edit((document) => putEnvironment(document, environment("qa", { pos: "x" }), "qa"));
    const text = await written();
    expect(text.split("\r\n").length).toBe(text.split("\n").length);
    expect(text).toContain("pos: x\r\n");
  });

  it("is left as it is when it is broken, or when the change is refused", async () => {
    const broken = "bellhop: 1\nenvironments: [\n";
    await writeFile(file(), broken);
    const put = () => store().edit((document) => putEnvironment(document, environment("qa")));
    await expect(put()).rejects.toMatchObject({ code: "WORKSPACE_INVALID" });
    expect(await written()).toBe(broken);
    await writeFile(file(), byHand);
    const refused = store().edit(() => {
      throw new Error("no");
    });
    await expect(refused).rejects.toThrow("no");
    expect(await written()).toBe(byHand);
    expect(await readdir(folder)).toEqual(["bellhop.yaml"]);
  });

  it("loses no change where two processes write at once", async () => {
    const stores = [store(), store()];
    const names = Array.from({ length: 10 }, (_, index) => `qa-${index}`);
    await Promise.all(
      names.map((name, index) =>
        stores[index % 2]?.edit((document) => putEnvironment(document, environment(name))),
      ),
    );
    expect(Object.keys((await store().read()).environments ?? {}).sort()).toEqual(names);
    expect(await readdir(folder)).toEqual(["bellhop.yaml"]);
  });

  it("says so where the folder cannot be written", async (context) => {
    const canRun = process.platform !== "win32" && process.getuid?.() !== 0;
    skipUnless(context, canRun, "root and Windows can write everywhere, so no folder refuses them");
    await chmod(folder, 0o500);
    const put = store().edit((document) => putEnvironment(document, environment("qa")));
    await expect(put).rejects.toMatchObject({ code: "WORKSPACE_INVALID" });
  });
});
