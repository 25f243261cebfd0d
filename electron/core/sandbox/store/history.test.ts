import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { applyChanges } from "../../../../shared/diff-profile";
import type { GuestHistoryItem, GuestProfile } from "../../../../shared/model/guest-profile";
import { startDatabaseThread } from "../../database/database";
import { startSandbox, temporaryFolder, type TestSandbox } from "../testing/sandbox-fixture";

const allSteps = async ({ sandbox }: TestSandbox, ref: string): Promise<GuestHistoryItem[]> => {
  const steps: GuestHistoryItem[] = [];
  for (let after: number | null = 0; after !== null;) {
    const page = await sandbox.guests.history(ref, after, 1000);
    steps.push(...(page?.items ?? []));
    after = page?.next ?? null;
  }
  return steps;
};

/** Sends VIEWs of one browser in few sessions or many, and gives its guest. */
const browse = async (test: TestSandbox, views: number, sessions: number): Promise<string> => {
  const id = await test.browser();
  const page = 200;
  for (let sent = 0; sent < views; sent += page) {
    const fields = Array.from({ length: Math.min(page, views - sent) }, (_, index) => ({
      session_id: `s${(sent + index) % sessions}`,
      page: `https://shop.example/${sent + index}`,
    }));
    await Promise.all(fields.map((field) => test.post(test.view(id, field))));
  }
  await test.summary();
  const { rows } = await test.sandbox.guests.list({ text: id }, 0, 1);
  return rows[0]?.ref ?? "";
};

describe("the history of a guest", () => {
  it("gives at every step what all patches before it give together", async () => {
    const test = await startSandbox();
    const ref = await browse(test, 400, 3);
    const steps = await allSteps(test, ref);
    expect(steps).toHaveLength(401);
    let profile: GuestProfile | undefined;
    for (const step of steps) {
      profile = applyChanges(profile, step.changes);
      expect(await test.sandbox.guests.profileAt(ref, { seq: step.seq })).toEqual(profile);
    }
    expect(await test.sandbox.guests.profile(ref)).toEqual(profile);
  });

  it("of 10,000 events has whole profiles between its patches, which take no more room than these", async () => {
    const file = join(await temporaryFolder(), "sandbox.db");
    const test = await startSandbox({ file });
    const ref = await browse(test, 10_000, 40);
    const steps = await allSteps(test, ref);
    expect(steps).toHaveLength(10_001);
    for (const place of [0, 1, 49, 50, 51, 4_999, 9_999, 10_000]) {
      const step = steps[place];
      const past = await test.sandbox.guests.profileAt(ref, { seq: step?.seq ?? 0 });
      expect(past?.events).toBe(place);
    }

    const thread = startDatabaseThread();
    onTestFinished(() => thread.close());
    const database = await thread.open(file);
    const [weights] = await database.query(`SELECT sum(length(changes)) AS patches,
      sum(length(coalesce(snapshot, ''))) AS whole, count(snapshot) AS count FROM history`);
    expect(Number(weights?.["whole"])).toBeLessThanOrEqual(Number(weights?.["patches"]));
    expect(Number(weights?.["count"])).toBeGreaterThan(20);
    const [longest] = await database.query(`SELECT max(steps) AS steps FROM (
      SELECT count(*) AS steps FROM (SELECT sum(snapshot IS NOT NULL) OVER (ORDER BY seq) AS part FROM history)
      GROUP BY part)`);
    expect(Number(longest?.["steps"])).toBeLessThan(500);
  });
});
