import { expect } from "@playwright/test";
import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "./folders";

test("validate judges files as they stand, and names file, line and column of what is not JSON", async ({
  folders,
}) => {
  const file = join(folders.path, "events.ndjson");
  const good = {
    type: "SEARCH",
    channel: "WEB",
    pos: "p",
    currency: "EUR",
    browser_id: "b",
    session_id: "s",
  };
  await writeFile(file, `${JSON.stringify({ ...good, search_term: "x" })}\n${JSON.stringify(good)}\n`);
  const judged = await folders.bellhop(["validate", file, "--json"]);
  const verdicts = judged.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(judged.code).toBe(1);
  expect(verdicts).toMatchObject([
    { file, line: 1, column: 1, type: "SEARCH", schema: "valid" },
    { file, line: 2, column: 1, schema: "invalid", issues: [{ path: "/search_term" }] },
  ]);

  const one = await folders.bellhop(["validate", "-", "--type", "SEARCH"], {
    input: JSON.stringify({ ...good, search_term: "x" }),
  });
  expect(one.code).toBe(0);
  const broken = await folders.bellhop(["validate", "-"], { input: '{"type":}' });
  expect(broken.code).toBe(2);
  expect(broken.stderr).toContain("-, line 1, column 9:");
  const two = await folders.bellhop(["validate", "-"], { input: '[{"type":"A"}, {"type":"B"}]' });
  expect(two.stdout).toContain("-:1:2  A  ");
  expect(two.stdout).toContain("-:1:16  B  ");
});

test("validate says all that a run would refuse a scenario for, in folders too, and sends nothing", async ({
  folders,
}) => {
  const write = (name: string, text: string) => writeFile(join(folders.workspace, name), text);
  await write("guests.csv", "email,age:integer\nada@example.com,36\n");
  const by = "bellhop: 1\nname: By row\ndata: guests.csv\nsteps:\n";
  const identity = "  - send: IDENTITY\n    event: { email: '{{ row.email }}' }\n";
  await write("good.scenario.yaml", `${by}${identity}  - use: part.scenario.yaml\n`);
  await write("part.scenario.yaml", "bellhop: 1\nfragment: true\nsteps:\n  - note: Done.\n");
  const good = await folders.bellhop(["validate", folders.workspace, "--json"]);
  const lines = good.stdout.trim().split("\n");
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { file: "good.scenario.yaml", kind: "scenario", name: "By row", schema: "valid", issues: [] },
    { file: "part.scenario.yaml", kind: "fragment", name: "", schema: "valid", issues: [] },
  ]);
  expect(good.code).toBe(0);

  await write("event.scenario.yaml", `${by}${identity.replace("row.email", "row.age")}`);
  const event = await folders.bellhop(["validate", join(folders.workspace, "event.scenario.yaml")]);
  expect(event.stdout).toContain("error event.scenario.yaml:6:21 IDENTITY: /email");
  expect(event.code).toBe(1);
  await write("name.scenario.yaml", `${by}${identity.replace("row.email", "row.mail")}  - wiat: 2s\n`);
  const name = await folders.bellhop(["validate", join(folders.workspace, "name.scenario.yaml")]);
  expect(name.stdout).toContain("name.scenario.yaml:7:5 A step needs exactly one of send, wait");
  expect(name.code).toBe(2);
  await write("matcher.scenario.yaml", `${by}${identity}    expect: { ingestion: procesed }\n`);
  const matcher = await folders.bellhop(["validate", join(folders.workspace, "matcher.scenario.yaml")]);
  expect(matcher.stdout).toContain('matcher.scenario.yaml:7:26 ingestion is never "procesed".');
  expect(matcher.code).toBe(1);
  expect((await folders.bellhop(["log"])).stdout).toBe("");
});

test("validate and run refuse a link that leads to a device or out of the workspace", async ({ folders }) => {
  test.skip(process.platform === "win32", "Links need a right that accounts on Windows rarely have.");
  const outside = join(folders.path, "outside.scenario.yaml");
  await writeFile(outside, "bellhop: 1\nsteps: [{ note: x }]\n");
  for (const [name, target, why] of [
    ["device.scenario.yaml", "/dev/zero", "lies outside the workspace"],
    ["link.scenario.yaml", outside, "lies outside the workspace"],
  ] as const) {
    const file = join(folders.workspace, name);
    await symlink(target, file);
    for (const verb of ["validate", "run"]) {
      const refused = await folders.bellhop([verb, file]);
      expect(refused.stdout, verb).toContain(`${name}:1:1 The file ${why}`);
      expect(refused.code, verb).toBe(2);
    }
  }
});

test("a run refuses options that it could only misread", async ({ folders }) => {
  const file = join(folders.workspace, "a.scenario.yaml");
  await writeFile(file, "bellhop: 1\nsteps: [{ note: x }]\n");
  for (const [option, value, words] of [
    ["--now", "2026-02-30", "Write a time as ISO 8601"],
    ["--rate", "0.0000001", "from 0.001 on"],
    ["--delimiter", '"', "no quote and no line end"],
    ["--allow-path", join(folders.path, "nowhere"), "There is no such folder."],
  ] as const) {
    const refused = await folders.bellhop(["run", file, option, value]);
    expect(refused.stderr).toContain(words);
    expect(refused.code).toBe(2);
  }
});
