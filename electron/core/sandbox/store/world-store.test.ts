import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startDatabaseThread } from "../../database/database";
import { newVisitor } from "../semantics/new-visitor";
import { temporaryFolder } from "../testing/sandbox-fixture";
import { openEventStore } from "./event-store";
import { createStepRecorder } from "./history-steps";
import { WorldChanged } from "./load-world";
import type { WorldCommit } from "./world-store";

const open = async (file: string) => {
  const thread = startDatabaseThread();
  onTestFinished(() => thread.close());
  const told: boolean[] = [];
  const store = await openEventStore(thread, file, { now: () => 0, onGuests: (_, all) => told.push(all) });
  return { store, told };
};

const arrivalOf = (guestRef: string): WorldCommit => {
  const recorder = createStepRecorder(() => undefined);
  recorder.record([newVisitor(guestRef, `browser-of-${guestRef}`, 0)], null);
  return {
    ...{ outcomes: [], extensionTypes: [], closings: new Map() },
    ...{ steps: recorder.steps(), guests: recorder.guests() },
  };
};

describe("a commit", () => {
  it("is refused as a whole where another process has written since the look that it follows from", async () => {
    const file = join(await temporaryFolder(), "sandbox.db");
    const [one, two] = [await open(file), await open(file)];
    const { version } = await one.store.world.now();
    expect((await two.store.world.now()).version).toBe(version);
    await two.store.world.commit(version, arrivalOf("two"), () => null);

    await expect(one.store.world.commit(version, arrivalOf("one"), () => null)).rejects.toBeInstanceOf(
      WorldChanged,
    );
    expect(await one.store.guests.profile("one")).toBeNull();
    expect(await one.store.summary()).toMatchObject({ guests: 1 });

    const again = await one.store.world.now();
    expect(again.version).toBe(version + 1);
    expect(one.told).toEqual([true]);
    await one.store.world.commit(again.version, arrivalOf("one"), () => null);
    expect(await two.store.summary()).toMatchObject({ guests: 2 });
  });

  it("is refused after a reset, although nothing of what it read is there any more", async () => {
    const { store } = await open(":memory:");
    const { version } = await store.world.now();
    await store.reset();
    await expect(store.world.commit(version, arrivalOf("one"), () => null)).rejects.toBeInstanceOf(
      WorldChanged,
    );
    expect(await store.summary()).toMatchObject({ guests: 0 });
  });
});
