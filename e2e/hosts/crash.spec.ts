import { expect } from "@playwright/test";
import type { Entry } from "../../shared/model/entry";
import { startLoopback } from "../fixtures/loopback";
import { startScriptedServer } from "../fixtures/scripted-server";
import { test } from "./folders";
import { openChannel } from "./open-channel";

const sends = 500;

test("kill -9 in the middle of 500 sends loses no entry and leaves none pending", async ({ folders }) => {
  const answer = JSON.stringify({ ref: "r", status: "OK", version: "1.2", client_key: "k" });
  // Every third is never answered, so that the crash meets some of each.
  const server = await startScriptedServer((_request, count) =>
    count % 3 === 0 ? { hold: true } : { status: 201, body: answer },
  );
  const { profile, workspace, bellhop } = folders;
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
  const host = await startLoopback({
    profile,
    workspace,
    variables: {
      BELLHOP_CLIENT_KEY_TARGET: "target-client-key",
      BELLHOP_API_TOKEN_TARGET: "target-api-token",
    },
  });
  const channel = await openChannel(host);
  for (let index = 0; index < sends; index++) {
    void channel.ask("sender.send", {
      id: `send-${index}`,
      environment: "target",
      messageType: "SEARCH",
      event: { search_term: `term ${index}`, num_results: index },
      guest: { browserId: "b", sessionId: "s" },
      source: { kind: "composer" },
      allowInvalid: false,
    });
  }
  await server.received(sends / 2);
  await host.kill();
  const arrived = server.requests.map(
    ({ body }) => (JSON.parse(body) as { num_results: number }).num_results,
  );
  await server.close();

  const { stdout } = await bellhop(["log", "--json", "--limit", "100000"]);
  const entries = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Entry);
  const ids = new Set(entries.map(({ id }) => id));
  expect(arrived.length).toBeGreaterThanOrEqual(sends / 2);
  // Whatever reached the target had been written before it left.
  expect(arrived.filter((index) => !ids.has(`send-${index}`))).toEqual([]);
  expect(ids.size).toBe(entries.length);
  expect(entries.filter(({ state }) => state !== "done")).toEqual([]);
  const interrupted = entries.filter(({ error }) => error?.code === "INTERRUPTED");
  expect(interrupted.length).toBeGreaterThan(0);
  for (const { error, response } of interrupted) {
    expect(response).toBeNull();
    expect(error?.message).toContain("it may or may not have arrived");
  }
});
