import { expect } from "@playwright/test";
import { join } from "node:path";
import type { RunSummary } from "../../shared/model/run";
import { startNode, type Started } from "../fixtures/child-process";
import { startLoopback } from "../fixtures/loopback";
import { program } from "../fixtures/program";
import { startScriptedServer } from "../fixtures/scripted-server";
import { test, type Folders } from "./folders";
import { openChannel } from "./open-channel";
import { linesOf, logOf, stepsOf, summaryOf, textOf, writeFiles } from "./scenario-files";

/** Long enough that nobody waits for its end. */
const long = `bellhop: 1
name: Long
steps:
  - send: VIEW
    event: { page: "https://shop.example/" }
  - repeat: 100000
    steps:
      - send: SEARCH
        event: { search_term: shoes }
`;

const startRun = ({ profile, workspace }: Folders, args: readonly string[], variables = {}): Started =>
  startNode(program.commandLine, {
    args: ["run", "long.scenario.yaml", ...args, "--profile", profile, "--workspace", workspace],
    folder: workspace,
    variables,
  });

const credential = {
  BELLHOP_CLIENT_KEY_TARGET: "target-client-key",
  BELLHOP_API_TOKEN_TARGET: "target-api-token",
};

/** A target that answers so many events, and then takes the next ones in and says nothing. */
const startTarget = async (folders: Folders, answered: number) => {
  const server = await startScriptedServer(({ url }, count) => {
    if (url.includes("browser/create")) return { status: 201, body: '{"ref":"b-1"}' };
    return count > answered ? { hold: true } : { status: 201, body: '{"ref":"r","status":"OK"}' };
  });
  const fields = ["--pos", "shop", "--channel", "WEB", "--currency", "EUR", "--language", "EN"];
  await folders.bellhop(["env", "add", "target", "--url", server.url, ...fields]);
  return server;
};

test("Ctrl-C ends a run within a request; reports and log are whole, and the code is 130", async ({
  folders,
}) => {
  await writeFiles(folders.workspace, { "long.scenario.yaml": long, "other.scenario.yaml": long });
  const server = await startTarget(folders, 8);
  const reports = ["--reporter", "junit=out.xml", "--reporter", "json=out.json", "--json", "--rate", "1000"];
  const run = startRun(folders, ["other.scenario.yaml", "--env", "target", ...reports], credential);
  // The ninth request is on its way, and nobody answers it.
  await server.received(9);
  expect(await run.stop()).toBe(130);
  await server.close();

  const stdout = run
    .output()
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .join("\n");
  expect(summaryOf(stdout)).toMatchObject({
    exitCode: 130,
    interrupted: true,
    // The other file was not begun.
    runs: [{ name: "Long", state: "cancelled", stoppedAt: { iteration: 1, number: "2.1" } }],
  });
  expect(run.output()).toContain("Stopping after the request under way.");
  const xml = await textOf(folders.workspace, "out.xml");
  expect(xml).toMatch(/<\/testsuites>\n$/);
  expect(JSON.parse(await textOf(folders.workspace, "out.json"))).toMatchObject({
    summary: { exitCode: 130 },
  });
  const entries = await logOf(folders);
  expect(entries.filter(({ state }) => state !== "done")).toEqual([]);
  expect(entries.at(-1)?.error?.code).toBe("ABORTED");
  // Every request that reached the target is in the log, and no other.
  expect(entries).toHaveLength(server.requests.length);
});

test("a second Ctrl-C ends at once", async ({ folders }) => {
  await writeFiles(folders.workspace, { "long.scenario.yaml": long });
  const server = await startTarget(folders, 2);
  const run = startRun(folders, ["--env", "target"], credential);
  await server.received(3);
  run.child.kill("SIGINT");
  await run.said(/Stopping/);
  run.child.kill("SIGINT");
  expect(await run.ended).toBe(130);
  await server.close();
});

test("kill -9 leaves a run that says where it was interrupted, and no entry pending", async ({ folders }) => {
  await writeFiles(folders.workspace, { "long.scenario.yaml": long });
  const server = await startTarget(folders, 20);
  const run = startRun(folders, ["--env", "target", "--rate", "1000"], credential);
  await server.received(21);
  // The last one hangs; what came before it is written down a moment after its answer.
  const pending = async () => (await logOf(folders)).filter(({ state }) => state === "pending").length;
  await expect.poll(pending).toBe(1);
  await run.kill();
  await server.close();

  const entries = await logOf(folders);
  expect(entries.filter(({ state }) => state !== "done")).toEqual([]);
  expect(entries.filter(({ error }) => error?.code === "INTERRUPTED")).toHaveLength(1);
  expect(entries).toHaveLength(server.requests.length);

  const host = await startLoopback(folders);
  const channel = await openChannel(host);
  const { runs } = await channel.call("runs.list", { offset: 0, limit: 10 });
  expect(runs.map(({ name, state }: RunSummary) => [name, state])).toEqual([["Long", "interrupted"]]);
  expect(runs[0]?.stoppedAt).toMatchObject({ iteration: 1, number: "2.1" });
  await host.stop();
});

test("a target that goes away in the middle fails the run with 3, and the rest is skipped", async ({
  folders,
}) => {
  const visit = "  - send: SEARCH\n    event: { search_term: shoes }\n";
  await writeFiles(folders.workspace, {
    "long.scenario.yaml": `bellhop: 1\nname: Goes away\nsteps:\n${visit.repeat(4)}`,
  });
  const server = await startScriptedServer(({ url }, count) => {
    if (url.includes("browser/create")) return { status: 201, body: '{"ref":"b-1"}' };
    return count < 4 ? { status: 201, body: '{"ref":"r"}' } : { raw: "HTTP/1.1 2", then: "reset" };
  });
  const fields = ["--pos", "shop", "--channel", "WEB", "--currency", "EUR", "--language", "EN"];
  await folders.bellhop(["env", "add", "target", "--url", server.url, ...fields]);
  const { code, stdout } = await folders.bellhop(
    ["run", join(folders.workspace, "long.scenario.yaml"), "--env", "target", "--json"],
    { variables: credential },
  );
  await server.close();
  expect(code).toBe(3);
  expect(stepsOf(stdout).map(({ state, error }) => [state, error])).toEqual([
    ["passed", null],
    ["passed", null],
    ["failed", "RESET"],
    ["skipped", null],
  ]);
  expect(linesOf(stdout)).toHaveLength(5);
});
