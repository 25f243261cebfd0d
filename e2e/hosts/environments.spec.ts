import { expect } from "@playwright/test";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startScriptedServer } from "../fixtures/scripted-server";
import { test } from "./folders";

test("environments go from one workspace to another as a file, without a secret", async ({ folders }) => {
  const file = join(folders.workspace, "team.json");
  const vars = ["--var", "tenant=eu-1", "--var", "apiToken=hunter2hunter2"];
  await folders.bellhop(["env", "copy", "sandbox-engage", "qa"]);
  await folders.bellhop(["env", "add", "staging", "--url", "https://staging.example", ...vars]);
  const exported = await folders.bellhop(["env", "export", "--out", file]);
  expect(exported).toMatchObject({ code: 0, stdout: "" });
  expect(exported.stderr).toContain("Left out: staging.vars.apiToken is named like a secret.");
  const text = await readFile(file, "utf8");
  expect(text).not.toContain("hunter2");
  expect(Object.keys((JSON.parse(text) as { environments: object }).environments)).toEqual(["qa", "staging"]);

  await folders.bellhop(["env", "remove", "qa"]);
  const workspace = join(folders.workspace, "bellhop.yaml");
  const before = await readFile(workspace, "utf8");
  const dry = await folders.bellhop(["env", "import", file, "--dry-run"]);
  expect(dry.stdout).toContain("qa is new");
  expect(dry.stdout).toContain("vars.apiToken: *** -> nothing");
  const conflict = await folders.bellhop(["env", "import", file]);
  expect(conflict.code).toBe(2);
  expect(conflict.stderr).toContain("staging would be changed. Nothing was imported.");
  expect(await readFile(workspace, "utf8")).toBe(before);
  expect((await folders.bellhop(["env", "import", file, "--replace"])).code).toBe(0);
  const listed = await folders.bellhop(["env", "list", "--json"]);
  expect(listed.stdout).toContain('"name":"qa"');
  expect(await readFile(workspace, "utf8")).not.toContain("hunter2");

  await writeFile(file, '{"bellhop": 1, "environments": {"eu": {"baseUrl": "https://evil.example"}}}');
  const hostile = await folders.bellhop(["env", "import", file]);
  expect(hostile.code).toBe(2);
  expect(hostile.stderr).toContain("team.json, line 1, column 33: environments.eu is built in");
});

test("a credential is tested from a shell, and the exit code says what was found", async ({ folders }) => {
  let status = 200;
  const server = await startScriptedServer(() => ({ status, body: '{"ref":"browser-1","items":[]}' }));
  await folders.bellhop(["env", "add", "half", "--url", server.url, "--transport", "engage", "--production"]);
  const variables = { BELLHOP_CLIENT_KEY_HALF: "half-client-key-1" };
  const run = (...more: string[]) => folders.bellhop(["env", "test", "half", ...more], { variables });
  const unasked = await run("--production", "half");
  expect(unasked.code).toBe(2);
  expect(unasked.stderr).toContain("creates one anonymous guest");
  expect((await run("--create-guest")).code).toBe(2);
  expect(server.requests).toEqual([]);
  const agreed = ["--create-guest", "--production", "half"];
  expect(await run(...agreed)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("The client key is right"),
  });
  status = 401;
  const wrong = await run(...agreed, "--json");
  expect(wrong.code).toBe(1);
  expect(JSON.parse(wrong.stdout)).toMatchObject({ outcome: "wrong", proof: "guest" });
  status = 503;
  expect((await run(...agreed)).code).toBe(3);
  expect((await folders.bellhop(["env", "test", "half"])).code).toBe(4);
  await server.close();
});
