import { expect } from "@playwright/test";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startLoopback, type RunningLoopback } from "../fixtures/loopback";
import { startScriptedServer } from "../fixtures/scripted-server";
import { canary, canaryIn, canaryInFolder } from "./canary";
import { test } from "./folders";
import { openChannel } from "./open-channel";

const faults = fileURLToPath(new URL("../fixtures/faults.mjs", import.meta.url));

const start = (profile: string, workspace: string): Promise<RunningLoopback> =>
  startLoopback({
    ...{ profile, workspace },
    variables: {
      NODE_OPTIONS: `--import ${faults}`,
      BELLHOP_TEST_FAULT: `met ${canary.clientKey} and ${canary.apiToken}`,
      BELLHOP_CLIENT_KEY_TARGET: canary.clientKey,
      BELLHOP_API_TOKEN_TARGET: canary.apiToken,
    },
  });

test("a core that fails ends what it was at, starts again, says so, and keeps a report without secrets", async ({
  folders,
}) => {
  const { profile, workspace, bellhop } = folders;
  const server = await startScriptedServer(() => ({ hold: true }));
  await bellhop([
    "env",
    "add",
    "target",
    "--url",
    server.url,
    "--pos",
    "p",
    "--channel",
    "WEB",
    "--currency",
    "EUR",
  ]);
  const host = await start(profile, workspace);
  const channel = await openChannel(host);
  const sent = channel.ask("sender.send", {
    ...{
      id: "under-way",
      environment: "target",
      messageType: "VIEW",
      event: { page: "https://shop.example/" },
    },
    guest: { browserId: "b", sessionId: "s" },
    ...{ source: { kind: "composer" }, allowInvalid: true },
  });
  await server.received(1);
  host.child.kill("SIGUSR2");

  // The call that was under way has an answer, and the next one meets the core that came back.
  await sent;
  const notices = await channel.call("reports.notices", {});
  expect(notices).toMatchObject([{ topic: "core", message: "Bellhop's core failed and was started again." }]);
  const entry = await channel.call("log.detail", { id: "under-way" });
  expect(entry).toMatchObject({ state: "done", error: { code: expect.any(String) } });

  const [report = ""] = await readdir(join(profile, "reports"));
  const text = await readFile(join(profile, "reports", report), "utf8");
  expect(text).toContain("Bellhop's core failed");
  expect(text).toContain("faults.mjs");
  const read = await channel.call("reports.read", { id: report.replace(".txt", "") });
  expect(canaryIn(JSON.stringify(read))).toEqual([]);
  expect(await host.stop()).toBe(0);
  await server.close();
  expect(canaryIn(host.output())).toEqual([]);
  expect(await canaryInFolder(profile)).toEqual([]);
});

test("a core that fails again and again is given up, with words and an exit code", async ({ folders }) => {
  const host = await start(folders.profile, folders.workspace);
  const channel = await openChannel(host);
  for (let time = 0; time < 3; time += 1) {
    const back = new Promise<void>((resolve) => {
      const stop = channel.onMessage((message) => {
        if ((message as { notification?: string }).notification !== "app.restarted") return;
        stop();
        resolve();
      });
    });
    host.child.kill("SIGUSR2");
    await back;
  }
  host.child.kill("SIGUSR2");
  expect(await host.ended).toBe(1);
  expect(host.output()).toContain("Bellhop failed several times within a minute");
  expect(host.output()).toContain(join(folders.profile, "reports"));
  expect(canaryIn(host.output())).toEqual([]);
  // Whoever starts it again finds everything that was saved.
  const again = await startLoopback(folders);
  expect(await again.stop()).toBe(0);
});
