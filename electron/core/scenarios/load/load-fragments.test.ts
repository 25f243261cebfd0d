import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { skipUnless } from "../../../../scripts/skip-unless";
import { useScenariosOnDisk } from "./scenarios-on-disk";

const disk = useScenariosOnDisk();
const view = '  - send: VIEW\n    event: { page: "https://shop.example/" }';

describe("a fragment", () => {
  const fragment = (rest: string): string => `bellhop: 1\nfragment: true\nname: Checkout\n${rest}`;
  const good = fragment(
    `params: [total]\nreturns: [orderRef]\nvars: { shop: main, label: "{{ total }}" }\ndefaults: { currency: USD }\nsteps:\n${view}\n    id: land\n    capture: { orderRef: /ref, own: /ref }\n`,
  );

  it("brings its steps, and keeps its names to itself but for what it returns", async () => {
    await disk.write("parts/checkout.scenario.yaml", good);
    const use = "  - use: parts/checkout.scenario.yaml\n    vars: { total: 5, shop: other }";
    const plan = await disk.plan(`${view}\n    id: land\n${use}\n  - note: '{{ orderRef }}'`);
    expect(plan.steps[1]).toMatchObject({
      ...{ number: "2", kind: "use", title: "Checkout" },
      fragment: {
        path: "parts/checkout.scenario.yaml",
        ...{ params: ["total"], returns: ["orderRef"], defaults: { currency: "USD" } },
        // What `use` gives wins, so the fragment's own is not there any more.
        vars: { label: "{{ total }}" },
      },
      children: [
        { number: "2.1", id: "land", place: { file: "parts/checkout.scenario.yaml", line: 9, column: 5 } },
      ],
    });
    for (const name of ["own", "label", "total", "steps.nothing.response.body"]) {
      expect(await disk.issues(`${use}\n  - note: '{{ ${name} }}'`)).toHaveLength(1);
    }
  });

  it("sees nothing of who uses it but params, row, environment, browser and session", async () => {
    await disk.write(
      "f.scenario.yaml",
      fragment(`steps:\n  - note: "{{ outer }} {{ env.tenant }} {{ session_id }}"\n`),
    );
    const issues = await disk.issues("  - use: f.scenario.yaml", { head: "vars: { outer: 1 }\n" });
    expect(issues).toEqual([expect.stringContaining("f.scenario.yaml:5:15 Unknown name outer.")]);
  });

  it.each<[string, string]>([
    ["  - use: nowhere.scenario.yaml", "3:10 nowhere.scenario.yaml is not there."],
    ["  - use: c.scenario.yaml", "3:10 c.scenario.yaml needs total."],
    [
      "  - use: c.scenario.yaml\n    vars: { total: 1, shp: 1 }",
      "4:23 c.scenario.yaml has no param and no var called shp.",
    ],
    ["  - use: c.scenario.yaml\n    vars: { total: '{{ x }}' }", "4:24 Unknown name x."],
    ["  - use: '{{ file }}'", "3:10 use cannot be a template."],
    [
      "  - use: c.scenario.yaml\n    vars: { total: 1 }\n  - use: broken.scenario.yaml",
      "broken.scenario.yaml:2:8 steps must be a list",
    ],
    [
      "  - use: circle.scenario.yaml",
      "circle.scenario.yaml:3:10 circle.scenario.yaml uses itself: circle.scenario.yaml → circle.scenario.yaml.",
    ],
    ["  - use: bad.scenario.yaml", "bad.scenario.yaml:2:11 Unknown name nope."],
    ["  - use: event.scenario.yaml", "event.scenario.yaml:4:24 IDENTITY: /email"],
    ["  - use: ../outside.scenario.yaml", "lies outside the workspace"],
    ["  - use: .", "is a folder, a pipe or a device"],
    ["  - use: large.scenario.yaml", "is larger than 1 MB"],
    ["  - use: latin.scenario.yaml", "is not UTF-8"],
  ])("%s", async (steps, message) => {
    await disk.write("c.scenario.yaml", good);
    await disk.write("broken.scenario.yaml", "bellhop: 1\nsteps: 5\n");
    await disk.write("circle.scenario.yaml", "bellhop: 1\nsteps:\n  - use: circle.scenario.yaml\n");
    await disk.write("bad.scenario.yaml", "bellhop: 1\nreturns: [nope]\nsteps: []\n");
    await disk.write(
      "event.scenario.yaml",
      "bellhop: 1\nsteps:\n  - send: IDENTITY\n    event: { email:    nope }\n",
    );
    await disk.write("../outside.scenario.yaml", good);
    await disk.write("large.scenario.yaml", `# ${"x".repeat(1_000_001)}\n`);
    await disk.write("latin.scenario.yaml", new Uint8Array([0x62, 0xe9, 0x0a]));
    expect((await disk.issues(steps)).join("\n")).toContain(message);
  });

  it("cannot be reached through a link that leads out, unless its folder is allowed", async (context) => {
    skipUnless(context, process.platform !== "win32", "Windows asks for a right to make links");
    await disk.write("../elsewhere/f.scenario.yaml", fragment(`steps:\n${view}\n`));
    await disk.write("here.txt", "");
    await symlink(join(disk.root(), "elsewhere"), join(disk.workspace(), "linked"));
    const steps = "  - use: linked/f.scenario.yaml";
    expect(await disk.issues(steps)).toEqual([expect.stringContaining("lies outside the workspace")]);
    expect(await disk.issues(steps, { options: { allowPaths: [join(disk.root(), "elsewhere")] } })).toEqual(
      [],
    );
  });

  it("is not played by itself", async () => {
    expect(await disk.issues(view, { head: "fragment: true\n" })).toEqual([
      expect.stringContaining("2:1 This file is a fragment: only a use step of another scenario plays it."),
    ]);
  });

  it("may use others twenty levels deep, and no deeper", async () => {
    for (let level = 1; level < 25; level++) {
      await disk.write(
        `f${level}.scenario.yaml`,
        `bellhop: 1\nsteps:\n  - use: f${level + 1}.scenario.yaml\n`,
      );
    }
    await disk.write("f19.scenario.yaml", "bellhop: 1\nsteps: []\n");
    expect(await disk.issues("  - use: f1.scenario.yaml")).toEqual([]);
    await disk.write("f19.scenario.yaml", "bellhop: 1\nsteps:\n  - use: f20.scenario.yaml\n");
    expect(await disk.issues("  - use: f1.scenario.yaml")).toEqual([
      "f19.scenario.yaml:3:10 Files use one another more than 20 levels deep.",
    ]);
  });

  it("cannot be made a bomb of: files that each use the next one twice", async () => {
    for (let level = 1; level < 19; level++) {
      const use = `  - use: f${level + 1}.scenario.yaml\n`;
      await disk.write(`f${level}.scenario.yaml`, `bellhop: 1\nsteps:\n${use.repeat(3)}`);
    }
    await disk.write("f19.scenario.yaml", "bellhop: 1\nsteps: []\n");
    const issues = await disk.issues("  - use: f1.scenario.yaml");
    expect(issues).toEqual([expect.stringContaining("more than 50000 steps")]);
  });
});
