import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { createCore } from "../../create-core";
import type { Host } from "../../host";
import { openRuns } from "../runs-for-tests";

const newProfile = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "bellhop-sample-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** Opens Bellhop on the profile's own workspace and closes it. @returns the workspace's files */
const open = async (
  profileFolder: string,
  sandbox: Host["sandbox"] = "with-window",
  workspace = "workspace",
) => {
  const core = await createCore({
    version: "1.2.3",
    profileFolder,
    workspaceFolder: join(profileFolder, workspace),
    capabilities: { nativeDialogs: false, windowEndsApp: false, nativeMenu: false },
    variables: {},
    fallbackCipher: async () => null,
    sandbox,
    report: () => undefined,
  });
  const answer = await core.call("scenarios.list", {});
  await core.close();
  return answer.ok
    ? answer.value.files.map(({ path, kind, name, rows }) => [path, kind, name, rows])
    : answer;
};

it("The sample workspace is there when a window first opens, with a journey, a fragment and ten guests", async () => {
  expect(await open(await newProfile())).toEqual([
    ["scenarios/checkout.scenario.yaml", "fragment", "Checkout", null],
    ["scenarios/first-purchase.scenario.yaml", "scenario", "First purchase", null],
    ["scenarios/guests.csv", "data", "guests", 10],
  ]);
});

it("The sample workspace is not made by a shell, nor in a folder of a person's, nor where there is one", async () => {
  const profile = await newProfile();
  expect(await open(profile, "on-demand")).toEqual([]);
  expect(await open(profile, "with-window", "mine")).toEqual([]);
  await mkdir(join(profile, "workspace"));
  expect(await open(profile)).toEqual([]);
});

it("What a person has deleted of the sample workspace does not come back", async () => {
  const profile = await newProfile();
  await open(profile);
  await rm(join(profile, "workspace"), { recursive: true });
  expect(await open(profile)).toEqual([]);
});

/** Copies the sample into the workspace of a test. */
const withSample = async () => {
  const profile = await newProfile();
  await open(profile);
  const runs = await openRuns();
  await mkdir(join(runs.folder, "scenarios"), { recursive: true });
  for (const name of ["first-purchase.scenario.yaml", "checkout.scenario.yaml", "guests.csv"])
    await writeFile(
      join(runs.folder, "scenarios", name),
      await readFile(join(profile, "workspace/scenarios", name)),
    );
  return runs;
};

const path = "scenarios/first-purchase.scenario.yaml";

it("First purchase passes on the sandbox in twelve steps, and has no flaw", async () => {
  const runs = await withSample();
  const { outline, issues } = await runs.call("scenarios.read", { path });
  expect(issues).toEqual([]);
  expect(outline?.steps).toHaveLength(12);
  const { id } = await runs.start(path);
  const run = await runs.ended(id);
  const failed = (await runs.stepsOf(id)).filter(({ state }) => state !== "passed");
  expect(failed.map(({ title, state, failures }) => [title, state, failures])).toEqual([]);
  expect(run.state).toBe("passed");
});

it("A broken total in step 6 fails there and says so", async () => {
  const runs = await withSample();
  const { text, version } = await runs.call("scenarios.read", { path });
  const broken = text.replace("EUR: 59.7 } } }", "EUR: 60 } } }");
  expect(broken).not.toBe(text);
  await runs.call("scenarios.save", { path, text: broken, version });
  const { id } = await runs.start(path, { options: { noWait: true } });
  const run = await runs.ended(id);
  expect(run.firstFailure).toMatchObject({ number: "6", title: "The cart is worth 59.70" });
  expect(run.firstFailure?.message).toContain("59.7");
  expect(run.firstFailure?.message).toContain("60");
});

it("The ten guests of the sample play as rows, five at a time", async () => {
  const runs = await withSample();
  const { text, version } = await runs.call("scenarios.read", { path });
  const rows = text
    .replace("# data: guests.csv", "data: guests.csv")
    .replace('email: "{{ $email }}"', 'email: "{{ row.email }}"')
    .replace("firstname: Ada", 'firstname: "{{ row.firstname }}"');
  await runs.call("scenarios.save", { path, text: rows, version });
  const { id } = await runs.start(path, { options: { noWait: true, concurrency: 5 } });
  expect((await runs.ended(id)).iterations).toMatchObject({ planned: 10, passed: 10 });
});
