import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startScriptedServer } from "../../../e2e/fixtures/scripted-server";
import { ada, byMail, found, guest, json, useTenant } from "./tenant-for-tests";

const tenant = useTenant(startScriptedServer);

describe("waiting for a guest to change", () => {
  const waiting = { ...byMail, id: "wait-1", since: guest, within: 1000 };
  const saysNextAt = () =>
    tenant.core.notifications.flatMap(({ notification, payload }) =>
      notification === "guests.awaiting" ? [payload] : [],
    );

  it("ends with the changed guest, and each question is in the log", async () => {
    const changed = { ...guest, lastName: "Lovelace" };
    tenant.reply = ({ url }) => (url.includes("?") ? found(ada) : json(changed));
    const outcome = await tenant.core.call("guests.awaitChange", waiting);
    expect(outcome).toMatchObject({ outcome: "changed", asked: 1, guest: { raw: changed } });
    expect((await tenant.entries()).map(({ kind, type }) => `${kind} ${type}`)).toEqual([
      "guest guests/find",
      "guest guests/get",
    ]);
    expect(saysNextAt()).toMatchObject([
      {
        id: "wait-1",
        says: "Waits for the guest with the e-mail ada+test@shop.example to change in staging.",
        asked: 0,
        nextAt: expect.any(String),
      },
      { asked: 0, nextAt: null },
    ]);
  });

  it("ends by itself where nothing changes", async () => {
    expect(await tenant.core.call("guests.awaitChange", waiting)).toEqual({ outcome: "unchanged", asked: 1 });
  });

  it("can be stopped, and ends with Bellhop", async () => {
    const stopped = tenant.core.fails("guests.awaitChange", { ...waiting, within: 120_000 });
    expect(await tenant.core.call("guests.stopAwaiting", { id: "wait-1" })).toEqual({ stopped: true });
    expect(await stopped).toMatchObject({ code: "CANCELLED" });
    expect(await tenant.core.call("guests.stopAwaiting", { id: "wait-1" })).toEqual({ stopped: false });
    const closed = tenant.core.fails("guests.awaitChange", { ...waiting, within: 120_000 });
    await tenant.core.closeCore();
    expect(await closed).toMatchObject({ code: "CANCELLED" });
    expect(tenant.server.requests).toEqual([]);
  });
});

it("no secret is in a guest, an error, an entry or a file, whatever a tenant sends back", async () => {
  const pair = Buffer.from("client-key-1:api-token-1").toString("base64");
  const secrets = ["client-key-1", "api-token-1", pair];
  tenant.reply = ({ url, headers }, count) => {
    const echo = { ref: ada, lastName: "api-token-1", ["client-key-1"]: headers, client_key: "client-key-1" };
    return url.includes("?") ? found(ada, "api-token-1") : json(echo, [200, 401, 500][count % 3]);
  };
  const answers: unknown[] = [];
  for (let round = 0; round < 6; round += 1) {
    for (const by of [byMail.by, { ref: ada }, { ref: "api-token-1" }]) {
      answers.push(await tenant.core.call("guests.lookUp", { environment: "staging", by }).catch(String));
    }
  }
  answers.push(await tenant.entries(), tenant.core.notifications);
  const texts = JSON.stringify(answers);
  expect(texts).toContain("***(matches staging)");
  await tenant.core.closeCore();
  const files = await readdir(tenant.core.profileFolder, { withFileTypes: true, recursive: true });
  const bytes = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name))),
  );
  for (const secret of secrets) {
    expect(texts).not.toContain(secret);
    expect(bytes.some((content) => content.includes(secret))).toBe(false);
  }
});
