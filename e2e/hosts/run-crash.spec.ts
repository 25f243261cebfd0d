import { expect } from "@playwright/test";
import { join } from "node:path";
import type { RunSummary } from "../../shared/model/run";
import { startNode } from "../fixtures/child-process";
import { startLoopback } from "../fixtures/loopback";
import { program } from "../fixtures/program";
import { startScriptedServer } from "../fixtures/scripted-server";
import { test } from "./folders";
import { openChannel } from "./open-channel";
import { logOf, writeFiles } from "./scenario-files";

const lanes = 5;
const credential = {
  BELLHOP_CLIENT_KEY_TARGET: "target-client-key",
  BELLHOP_API_TOKEN_TARGET: "target-api-token",
};

/** Each event says whose it is, so that the target's list can be laid beside the log. */
const journey = `bellhop: 1
name: Many
steps:
  - send: SEARCH
    event: { search_term: "first {{ $uuid }}" }
  - repeat: 1000
    steps:
      - send: SEARCH
        event: { search_term: "next {{ $uuid }}" }
`;

test("kill -9 in the middle of a run of several guests loses no entry, and says where it was interrupted", async ({
  folders,
}) => {
  const { profile, workspace, bellhop } = folders;
  await writeFiles(workspace, { "many.scenario.yaml": journey });
  let events = 0;
  const server = await startScriptedServer(({ url }) => {
    if (url.includes("browser/create")) return { status: 201, body: '{"ref":"b-1"}' };
    events += 1;
    // Whatever lane comes then is left waiting: the crash meets a request of each.
    return events > 40 ? { hold: true } : { status: 201, body: '{"ref":"r","status":"OK"}' };
  });
  const fields = ["--pos", "shop", "--channel", "WEB", "--currency", "EUR", "--language", "EN"];
  await bellhop(["env", "add", "target", "--url", server.url, ...fields]);
  const many = ["--iterations", "50", "--concurrency", String(lanes), "--rate", "10000"];
  const run = startNode(program.commandLine, {
    args: [
      ...["run", join(workspace, "many.scenario.yaml"), "--env", "target", ...many],
      ...["--profile", profile, "--workspace", workspace],
    ],
    variables: credential,
  });
  await server.received(lanes + 40 + lanes);
  // Each lane waits for an answer; what came before it is written down a moment after its own.
  const pending = async () => (await logOf(folders)).filter(({ state }) => state === "pending").length;
  await expect.poll(pending).toBe(lanes);
  await run.kill();
  await server.close();

  const terms = server.requests
    .filter(({ url }) => !url.includes("browser/create"))
    .map(({ body }) => (JSON.parse(body) as { search_term: string }).search_term);
  const entries = await logOf(folders);
  const logged = entries.filter(({ kind }) => kind === "event");
  // Every event that reached the target is in the log once, and nothing else is.
  expect(logged.map(({ event }) => event?.["search_term"]).sort()).toEqual(terms.sort());
  expect(entries).toHaveLength(server.requests.length);
  expect(entries.filter(({ state }) => state !== "done")).toEqual([]);
  const interrupted = logged.filter(({ error }) => error?.code === "INTERRUPTED");
  expect(interrupted.map(({ source }) => source.iteration).sort()).toEqual([1, 2, 3, 4, 5]);
  expect(interrupted.map(({ response }) => response)).toEqual(interrupted.map(() => null));

  const host = await startLoopback(folders);
  const channel = await openChannel(host);
  const { runs } = await channel.call("runs.list", { offset: 0, limit: 10 });
  expect(runs).toMatchObject([
    { name: "Many", state: "interrupted", iterations: { planned: 50, ended: 0 }, error: { code: "CLOSED" } },
  ]);
  const [summary] = runs as RunSummary[];
  expect(summary?.stoppedAt?.number).toMatch(/^(1|2\.1)$/);
  expect(interrupted.map(({ source }) => source.iteration)).toContain(summary?.stoppedAt?.iteration);
  expect(new Set(entries.map(({ source }) => source.runId))).toEqual(new Set([summary?.id]));
  await host.stop();
});
