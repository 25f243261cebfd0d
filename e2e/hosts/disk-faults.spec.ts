import { expect } from "@playwright/test";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runBellhop } from "../fixtures/command-line";
import { launchDesktop } from "../fixtures/desktop";
import { startLoopback } from "../fixtures/loopback";
import { startScriptedServer } from "../fixtures/scripted-server";
import { makeSmallDisk, type SmallDisk } from "../fixtures/small-disk";
import { test as base } from "./folders";
import { openChannel } from "./open-channel";

/** A disk of twelve megabytes, where this machine lets the test mount one. */
const test = base.extend<{ disk: SmallDisk }>({
  disk: async ({}, use, info) => {
    const disk = await makeSmallDisk(12);
    if (typeof disk === "string") return info.skip(true, disk);
    await use(disk);
    await disk.remove();
  },
});

const event = { search_term: "soup", num_results: 1 };
const guest = { browserId: "b", sessionId: "s" };
const send = (id: string) => ({
  ...{ id, environment: "target", messageType: "SEARCH", event, guest },
  ...{ source: { kind: "composer" as const }, allowInvalid: true },
});

test("on a full disk nothing leaves that is not in the log, in words; what is there is read, and it goes on once there is room", async ({
  disk,
  folders: { workspace, path },
}) => {
  const profile = join(disk.path, "profile");
  const server = await startScriptedServer(() => ({ status: 201, body: '{"status":"OK"}' }));
  const fields = ["--url", server.url, "--pos", "p", "--channel", "WEB", "--currency", "EUR"];
  await runBellhop([
    "env",
    "add",
    "target",
    ...fields,
    "--profile",
    join(path, "other"),
    "--workspace",
    workspace,
  ]);
  const host = await startLoopback({
    ...{ profile, workspace },
    variables: {
      BELLHOP_CLIENT_KEY_TARGET: "target-client-key",
      BELLHOP_API_TOKEN_TARGET: "target-api-token",
    },
  });
  const channel = await openChannel(host);
  expect(await channel.call("sender.send", send("before"))).toMatchObject({ outcome: "sent" });

  await disk.fill();
  let refused: unknown;
  // What SQLite has set aside already still takes some.
  for (let index = 0; refused === undefined && index < 500; index += 1) {
    const answer = await channel.ask("sender.send", send(`full-${index}`));
    if (!answer.ok) refused = answer.error;
  }
  expect(refused).toMatchObject({
    code: "DATABASE_FAILED",
    message: expect.stringMatching(/full/),
    hint: expect.stringContaining("Free some space on the disk"),
  });
  const { rows } = await channel.call("log.query", { limit: 500 });
  expect(rows.map(({ id }) => id)).toContain("before");
  // Whatever reached the target is in the log.
  expect(server.requests.length).toBeLessThanOrEqual(rows.length);
  const setting = await channel.ask("settings.set", { theme: "dark" });
  expect(setting).toMatchObject({
    ok: false,
    error: { hint: expect.stringContaining("disk is not full") },
  });

  await disk.free();
  expect(await channel.call("sender.send", send("after"))).toMatchObject({ outcome: "sent" });
  expect((await channel.call("log.query", { limit: 500 })).rows.map(({ id }) => id)).toContain("after");
  expect(await host.stop()).toBe(0);
  await server.close();
});

test("on a read-only profile every host says so, and leaves the profile as it was", async ({
  disk,
  folders,
}) => {
  const profile = join(disk.path, "profile");
  const { workspace } = folders;
  const places = ["--profile", profile, "--workspace", workspace];
  await runBellhop(["send", "VIEW", "--env", "sandbox", ...places]);
  const before = (await readdir(profile)).sort();
  await disk.makeReadOnly();

  const listed = await runBellhop(["log", ...places]);
  expect(listed.code).toBe(2);
  expect(listed.stderr).toContain("its file system is read-only");
  expect(listed.stderr).toContain("--profile");
  const opened = await runBellhop(["open", "--no-open", "--browser", ...places]);
  expect(opened.code).toBe(2);
  expect(opened.stderr).toContain("its file system is read-only");
  const desktop = launchDesktop({ profile, workspace });
  expect(await desktop.ended).toBe(2);
  expect(desktop.output()).toContain("its file system is read-only");
  expect((await readdir(profile)).sort()).toEqual(before);
});

test("a damaged database is kept aside, said in the shell and in the window, and Bellhop works", async ({
  folders,
}) => {
  const { profile, workspace, bellhop } = folders;
  await mkdir(profile, { mode: 0o700 });
  const garbage = "This was a database once. ".repeat(1000);
  await writeFile(join(profile, "bellhop.db"), garbage);
  await writeFile(join(profile, "sandbox.db"), garbage);

  const host = await startLoopback({ profile, workspace });
  const channel = await openChannel(host);
  const notices = await channel.call("reports.notices", {});
  expect(notices.map(({ message }) => message)).toEqual([
    "bellhop.db was damaged and could not be read, so Bellhop began a new one.",
    expect.stringContaining("The sandbox's state was damaged"),
  ]);
  expect(host.output()).toContain("It is kept as bellhop.db.damaged-");
  expect(await host.stop()).toBe(0);
  const kept = (await readdir(profile)).filter((name) => /\.db\.damaged-[\d-]+T[\d-]+$/.test(name));
  expect(kept).toHaveLength(2);
  for (const name of kept) expect(await readFile(join(profile, name), "utf8")).toBe(garbage);

  await writeFile(join(profile, "bellhop.db"), garbage);
  const sent = await bellhop(["send", "VIEW", "--env", "sandbox"]);
  expect(sent.stderr).toContain("bellhop.db was damaged");
  expect(sent.code).toBe(0);
});
