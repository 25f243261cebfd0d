import { chmod, mkdir, readFile, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { skipUnless } from "../../../../scripts/skip-unless";
import { useScenarios } from "./scenarios-for-tests";

const { root, workspace, write, start } = useScenarios();

const journey = (name = "Journey"): string => `# ours\nbellhop: 1\nname: ${name}\nsteps:\n  - note: Hello.\n`;

describe("the list of a workspace's files", () => {
  it("has scenarios, fragments and data files, and leaves out what tools keep", async () => {
    await write("workspace/scenarios/first.scenario.yaml", journey('"First: a purchase" # the one'));
    await write("workspace/scenarios/checkout.scenario.yaml", `${journey("Checkout")}fragment: true\n`);
    await write("workspace/plain.scenario.yaml", "bellhop: 1\nsteps: []\n");
    await write(
      "workspace/json.scenario.yaml",
      '{ "bellhop": 1, "name": "In braces", "fragment": true, "steps": [] }',
    );
    await write("workspace/guests.csv", 'email,name\na@example.com,"A\nB"\nb@example.com,B\n');
    await write("workspace/rows.json", '[{"a":1},{"a":2}]');
    await write("workspace/rows.ndjson", '{"a":1}\n');
    await write("workspace/config.json", '{"a":1}');
    await write("workspace/package.json", "[]");
    await write("workspace/types/click.schema.json", "[]");
    await write("workspace/bellhop.yaml", "bellhop: 1\n");
    await write("workspace/node_modules/x/x.scenario.yaml", journey());
    await write("workspace/.git/y.scenario.yaml", journey());
    await write("workspace/.hidden.scenario.yaml", journey());
    const { call } = await start();
    const { folder, trusted, files } = await call["scenarios.list"]({});
    expect([folder, trusted]).toEqual([workspace(), true]);
    expect(files.map(({ path, kind, name, rows }) => [path, kind, name, rows])).toEqual([
      ["guests.csv", "data", "guests", 2],
      ["json.scenario.yaml", "fragment", "In braces", null],
      ["plain.scenario.yaml", "scenario", "plain", null],
      ["rows.json", "data", "rows", 2],
      ["rows.ndjson", "data", "rows", 1],
      ["scenarios/checkout.scenario.yaml", "fragment", "Checkout", null],
      ["scenarios/first.scenario.yaml", "scenario", "First: a purchase", null],
    ]);
  });

  it("says how the last run of each ended", async () => {
    await write("workspace/a.scenario.yaml", journey());
    await write("workspace/b.scenario.yaml", journey());
    const last = { id: "1", state: "passed", at: "2026-01-01T00:00:00.000Z" };
    const { call } = await start({ lastRuns: async () => new Map([["a.scenario.yaml", last]]) });
    expect((await call["scenarios.list"]({})).files.map(({ lastRun }) => lastRun)).toEqual([last, null]);
  });

  it("is empty where the workspace is not there yet, and follows no link out of it or in a circle", async () => {
    const { call } = await start();
    expect((await call["scenarios.list"]({})).files).toEqual([]);
    await write("elsewhere/a.scenario.yaml", journey());
    await mkdir(workspace());
    await symlink(join(root(), "elsewhere"), join(workspace(), "link"));
    await symlink(workspace(), join(workspace(), "circle"));
    await symlink(join(root(), "elsewhere/a.scenario.yaml"), join(workspace(), "a.scenario.yaml"));
    expect((await call["scenarios.list"]({})).files).toEqual([]);
  });

  it("shows what cannot be read as a scenario all the same, so that it can be opened and mended", async () => {
    await write("workspace/broken.scenario.yaml", "name: [\n");
    await write("workspace/binary.scenario.yaml", new Uint8Array([0xff, 0xfe, 0]));
    const { call } = await start();
    expect((await call["scenarios.list"]({})).files.map(({ name }) => name)).toEqual(["binary", "broken"]);
  });
});

describe("a scenario file", () => {
  it("is read as it stands, whatever its line ends, and saved where nobody has changed it", async () => {
    const text = journey().replaceAll("\n", "\r\n");
    const file = await write("workspace/a.scenario.yaml", `\u{feff}${text}`);
    const { call } = await start();
    const read = await call["scenarios.read"]({ path: "a.scenario.yaml" });
    expect([read.path, read.text]).toEqual(["a.scenario.yaml", text]);
    const after = text.replace("Hello", "Good day");
    const saved = await call["scenarios.save"]({ path: read.path, text: after, version: read.version });
    expect(await readFile(file, "utf8")).toBe(`\u{feff}${after}`);
    expect(saved.version).not.toBe(read.version);
    await call["scenarios.save"]({ path: read.path, text, version: saved.version });
  });

  it("that another program has changed is a conflict, and stays as that program wrote it", async () => {
    const file = await write("workspace/a.scenario.yaml", journey());
    const { call } = await start();
    const { path, text, version } = await call["scenarios.read"]({ path: "a.scenario.yaml" });
    await write("workspace/a.scenario.yaml", journey("Theirs"));
    await expect(call["scenarios.save"]({ path, text, version })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await readFile(file, "utf8")).toBe(journey("Theirs"));
    await expect(call["scenarios.save"]({ path, text, version: null })).rejects.toMatchObject({
      code: "CONFLICT",
    });
  });

  it("that is gone, is no text, or is too large says so", async () => {
    const { call } = await start();
    const read = (path: string) => call["scenarios.read"]({ path });
    await expect(read("gone.scenario.yaml")).rejects.toMatchObject({ code: "NOT_FOUND" });
    await write("workspace/binary.scenario.yaml", new Uint8Array([1, 0xff]));
    await expect(read("binary.scenario.yaml")).rejects.toThrow("is not UTF-8 text");
    await write("workspace/zero.scenario.yaml", "a\0b");
    await expect(read("zero.scenario.yaml")).rejects.toThrow("zero bytes");
    await write("workspace/large.scenario.yaml", "#".repeat(1_000_001));
    await expect(read("large.scenario.yaml")).rejects.toThrow("larger than 1 MB");
    await mkdir(join(workspace(), "folder.scenario.yaml"));
    await expect(read("folder.scenario.yaml")).rejects.toMatchObject({ code: "INVALID_INPUT" });
    const huge = "ä".repeat(600_000);
    const saving = call["scenarios.save"]({ path: "new.scenario.yaml", text: huge, version: null });
    await expect(saving).rejects.toThrow("larger than 1 MB");
  });

  it("keeps its permissions", async (context) => {
    skipUnless(context, process.platform !== "win32", "Windows has no such permissions");
    const file = await write("workspace/a.scenario.yaml", journey());
    await chmod(file, 0o600);
    const { call } = await start();
    const { path, text, version } = await call["scenarios.read"]({ path: "a.scenario.yaml" });
    await call["scenarios.save"]({ path, text: `${text}\n`, version });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it.each(["../out.scenario.yaml", "link.scenario.yaml", "folder/out.scenario.yaml"])(
    "cannot lead out of the workspace: %s",
    async (path) => {
      await write("out.scenario.yaml", journey());
      await mkdir(workspace());
      await symlink(join(root(), "out.scenario.yaml"), join(workspace(), "link.scenario.yaml"));
      await symlink(root(), join(workspace(), "folder"));
      const { call } = await start();
      await expect(call["scenarios.read"]({ path })).rejects.toThrow("outside the workspace");
      const saving = call["scenarios.save"]({ path, text: "x", version: null });
      await expect(saving).rejects.toThrow("outside the workspace");
    },
  );

  it.each(["bellhop.yaml", ".bashrc", "guests.csv", "x.scenario.yaml/../../.bashrc"])(
    "must be called like one: %s is not",
    async (path) => {
      const { call } = await start();
      const message = "is no scenario";
      await expect(call["scenarios.read"]({ path })).rejects.toThrow(message);
      await expect(call["scenarios.save"]({ path, text: "x", version: null })).rejects.toThrow(message);
      await expect(call["scenarios.remove"]({ path })).rejects.toThrow(message);
    },
  );

  it("is not shown where a link only has a scenario's name", async () => {
    const secret = await write("secret.txt", "hunter2");
    await symlink(secret, join(root(), "x.scenario.yaml"));
    const { call } = await start();
    await expect(call["scenarios.read"]({ path: join(root(), "x.scenario.yaml") })).rejects.toThrow(
      "is no scenario",
    );
  });
});

describe("renaming and removing", () => {
  it("moves a file, into new folders as well, and never over another", async () => {
    await write("workspace/a.scenario.yaml", journey("A"));
    await write("workspace/b.scenario.yaml", journey("B"));
    const { call } = await start();
    const rename = (path: string, to: string) => call["scenarios.rename"]({ path, to });
    expect(await rename("a.scenario.yaml", "new/deep/c.scenario.yaml")).toEqual({
      path: "new/deep/c.scenario.yaml",
      usedBy: [],
    });
    await expect(rename("b.scenario.yaml", "new/deep/c.scenario.yaml")).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await expect(rename("b.scenario.yaml", "../b.scenario.yaml")).rejects.toThrow("outside the workspace");
    await expect(rename("b.scenario.yaml", join(root(), "b.scenario.yaml"))).rejects.toThrow("outside");
    await expect(rename("b.scenario.yaml", "b.txt")).rejects.toThrow("is no scenario");
    await expect(rename("gone.scenario.yaml", "x.scenario.yaml")).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    expect(await readFile(join(workspace(), "b.scenario.yaml"), "utf8")).toBe(journey("B"));
    expect(await readFile(join(workspace(), "new/deep/c.scenario.yaml"), "utf8")).toBe(journey("A"));
  });

  it("says which scenarios still name a file as it was called before", async () => {
    const using = (use: string) => `bellhop: 1\nsteps:\n  - repeat: 2\n    steps:\n      - use: ${use}\n`;
    await write("workspace/parts/pay.scenario.yaml", `${journey()}fragment: true\n`);
    await write("workspace/guests.csv", "email\n");
    await write("workspace/a.scenario.yaml", using("parts/../parts/pay.scenario.yaml"));
    await write("workspace/parts/b.scenario.yaml", using("pay.scenario.yaml"));
    await write("workspace/c.scenario.yaml", `${using("other/pay.scenario.yaml")}data: guests.csv\n`);
    await write("workspace/broken.scenario.yaml", "data: [pay.scenario.yaml guests.csv");
    const { call } = await start();
    const rename = (path: string, to: string) => call["scenarios.rename"]({ path, to });
    expect((await rename("parts/pay.scenario.yaml", "parts/checkout.scenario.yaml")).usedBy).toEqual([
      "a.scenario.yaml",
      "parts/b.scenario.yaml",
    ]);
    expect((await rename("guests.csv", "people.csv")).usedBy).toEqual(["c.scenario.yaml"]);
  });

  it("gives what it removed, so that it can be brought back", async () => {
    const file = await write("workspace/a.scenario.yaml", journey());
    const { call } = await start();
    const { restore } = await call["scenarios.remove"]({ path: "a.scenario.yaml" });
    await expect(stat(file)).rejects.toThrow("ENOENT");
    await call["scenarios.save"]({ ...restore, version: null });
    expect(await readFile(file, "utf8")).toBe(journey());
  });
});

describe("data", () => {
  it("is put beside the scenario under a free, safe name, and read page by page", async () => {
    await write("workspace/s/a.scenario.yaml", journey());
    const { call, transfers } = await start();
    const upload = async (name: string, text: string): Promise<{ file: string }> =>
      call["scenarios.addData"]({
        path: "s/a.scenario.yaml",
        ticket: await transfers.receive(name, Readable.from([Buffer.from(text)])),
      });
    const rows = Array.from({ length: 10 }, (_, index) => `g${index}@example.com,${index}`);
    expect(await upload("../Gäste 2026.CSV", `email,price:number\n${rows.join("\n")}\n`)).toEqual({
      file: "Gaste-2026.csv",
    });
    expect(await upload("Gäste 2026.csv", "a\n1\n")).toEqual({ file: "Gaste-2026-2.csv" });
    const page = await call["scenarios.readData"]({ path: "s/Gaste-2026.csv", offset: 8, limit: 5 });
    expect(page).toEqual({
      columns: [
        { name: "email", type: "string" },
        { name: "price", type: "number" },
      ],
      rows: [
        ["g8@example.com", "8"],
        ["g9@example.com", "9"],
      ],
      total: 10,
    });
  });

  it("that is none is refused before it is kept", async () => {
    await write("workspace/a.scenario.yaml", journey());
    const { call, transfers } = await start();
    const upload = async (name: string, text: string) =>
      call["scenarios.addData"]({
        path: "a.scenario.yaml",
        ticket: await transfers.receive(name, Readable.from([Buffer.from(text)])),
      });
    await expect(upload("run.sh", "a")).rejects.toThrow("is no data file");
    await expect(upload("rows.json", "{}")).rejects.toThrow("is no list of rows");
    await expect(upload("rows.csv", 'a,b\n"1')).rejects.toMatchObject({ code: "INVALID_INPUT" });
    expect((await call["scenarios.list"]({})).files).toHaveLength(1);
  });
});

describe("trust", () => {
  it("goes with the opened workspace, and elsewhere with the folder that a person vouches for", async () => {
    const own = await write("workspace/s/a.scenario.yaml", journey());
    const other = await write("other/deep/b.scenario.yaml", journey());
    const { call, trusted } = await start();
    expect(await trusted.isTrusted(own)).toBe(true);
    expect(await trusted.isTrusted(other)).toBe(false);
    expect((await call["scenarios.read"]({ path: other })).path).toBe(other);
    await call["scenarios.trust"]({ folder: join(root(), "other") });
    expect(await trusted.isTrusted(other)).toBe(true);
    expect(await trusted.isTrusted(await write("otherwise/c.scenario.yaml", journey()))).toBe(false);
    await expect((await start()).trusted.isTrusted(other)).resolves.toBe(true);
  });

  it("is a real folder's: a link out of it has none, and a whole disk gets none", async () => {
    const other = await write("other/b.scenario.yaml", journey());
    await mkdir(workspace());
    await symlink(other, join(workspace(), "b.scenario.yaml"));
    const { call, trusted } = await start();
    expect(await trusted.isTrusted(join(workspace(), "b.scenario.yaml"))).toBe(false);
    await expect(call["scenarios.trust"]({ folder: "/" })).rejects.toThrow("whole disk");
    await expect(call["scenarios.trust"]({ folder: other })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
