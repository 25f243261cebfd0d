import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { GuestProfile } from "../../../../shared/model/guest-profile";
import { startSandbox, temporaryFolder, type TestSandbox } from "../testing/sandbox-fixture";

const hour = 3_600_000;

const onlyGuest = async ({ call }: TestSandbox): Promise<GuestProfile> => {
  const { body } = await call("GET", "/_sandbox/guests");
  const [row] = body["items"] as { ref: string }[];
  return (await call("GET", `/_sandbox/guests/${row?.ref ?? ""}`)).body as unknown as GuestProfile;
};

const add = { type: "ADD", product: { sku: "TEE-001", price: 20 } };

describe("time that passes", () => {
  it("closes sessions and abandons carts, as a step of history without an event", async () => {
    const test = await startSandbox();
    const id = await test.browser();
    for (let count = 0; count < 3; count++) await test.post(test.view(id, { session_id: "s", ...add }));
    await test.sandbox.time.advance(hour);
    const guest = await onlyGuest(test);
    expect(guest.sessions).toMatchObject([
      { status: "CLOSED", closedBy: "TIMEOUT", cartType: "ABANDONED", counters: { adds: 3 } },
    ]);
    expect(guest.cart).toBeNull();
    const { body } = await test.call("GET", `/_sandbox/guests/${guest.ref}/history`);
    const last = (body["items"] as object[]).at(-1);
    expect(last).toMatchObject({ eventRef: null, type: null, at: guest.sessions[0]?.endedAt });
  });

  it("closes nothing before its time, and an event after it opens a new session", async () => {
    const test = await startSandbox();
    const id = await test.browser();
    await test.post(test.view(id, { session_id: "s" }));
    await test.sandbox.time.advance(29 * 60_000);
    expect((await onlyGuest(test)).sessions).toMatchObject([{ status: "OPEN" }]);
    await test.post(test.view(id, { session_id: "s" }));
    await test.sandbox.time.advance(30 * 60_000);
    await test.post(test.view(id, { session_id: "s" }));
    await test.summary();
    expect((await onlyGuest(test)).sessions).toMatchObject([
      { status: "CLOSED", counters: { events: 2 } },
      { status: "OPEN", counters: { events: 1 } },
    ]);
  });

  it("is kept over a restart, and goes on from there", async () => {
    const file = join(await temporaryFolder(), "sandbox.db");
    const first = await startSandbox({ file });
    await first.sandbox.time.advance(21 * 24 * hour);
    await first.sandbox.close();
    const second = await startSandbox({ file });
    expect(second.sandbox.time.offset()).toBe(21 * 24 * hour);
    await second.post(second.view(await second.browser()));
    const [event] = await second.events();
    expect(Date.parse(String(event?.["createdAt"])) - Date.now()).toBeGreaterThan(20 * 24 * hour);
    await second.sandbox.time.setReal();
    expect(second.sandbox.time.offset()).toBe(0);
  });

  it("closes what became due while nothing ran, at the next start", async () => {
    const file = join(await temporaryFolder(), "sandbox.db");
    const pointsOfSale = [{ name: "bellhop", timeout: 1 }];
    const first = await startSandbox({
      file,
      config: { pointsOfSale: [{ name: "bellhop", timeout: hour }] },
    });
    await first.post(first.view(await first.browser()));
    await first.summary();
    await first.sandbox.close();
    const changed = new Promise<string[]>((resolve) => {
      void startSandbox({ file, config: { pointsOfSale }, onGuestsChanged: (refs) => resolve(refs) });
    });
    expect(await changed).toHaveLength(1);
  });

  it("takes over a shorter time-out of a point of sale while it runs", async () => {
    let tell = (): void => undefined;
    const closed = new Promise<void>((resolve) => (tell = resolve));
    const test = await startSandbox({
      onGuestsChanged: () => {
        void onlyGuest(test).then(({ sessions }) => {
          if (sessions[0]?.status === "CLOSED") tell();
        });
      },
    });
    await test.post(test.view(await test.browser()));
    await test.summary();
    const { config } = test.sandbox;
    config.replace({ ...config.current(), pointsOfSale: [{ name: "bellhop", timeout: 1 }] });
    await closed;
  });

  it("does not close a session that an event at hand prolongs", async () => {
    const test = await startSandbox({ config: { delay: 400 } });
    const id = await test.browser();
    await test.post(test.view(id, { session_id: "s" }));
    await test.summary();
    await test.sandbox.time.advance(29 * 60_000);
    await test.post(test.view(id, { session_id: "s" }));
    await test.sandbox.time.advance(2 * 60_000);
    expect((await onlyGuest(test)).sessions).toMatchObject([{ status: "OPEN", counters: { events: 2 } }]);
  });

  it("closes the sessions of hundreds of guests", async () => {
    const told = { refs: new Set<string>(), all: false };
    const test = await startSandbox({
      onGuestsChanged: (refs, all) => {
        for (const ref of refs) told.refs.add(ref);
        told.all ||= all;
      },
    });
    const ids = await Promise.all(Array.from({ length: 450 }, () => test.browser()));
    await Promise.all(ids.map((id) => test.post(test.view(id, add))));
    await test.summary();
    expect(told.refs.size).toBe(450);
    await test.sandbox.time.advance(hour);
    expect(told.all).toBe(true);
    const { body } = await test.call("GET", "/_sandbox/guests?limit=1000");
    const rows = body["items"] as { ref: string }[];
    const statuses = await Promise.all(
      rows.map(async ({ ref }) => {
        const { body: guest } = await test.call("GET", `/_sandbox/guests/${ref}`);
        return (guest as unknown as GuestProfile).sessions.map(({ cartType }) => cartType);
      }),
    );
    expect(statuses).toEqual(ids.map(() => ["ABANDONED"]));
  });

  it.each([-1, 0.5, NaN, 1e15])("does not pass by %s milliseconds", async (milliseconds) => {
    const { sandbox } = await startSandbox();
    await expect(sandbox.time.advance(milliseconds)).rejects.toMatchObject({ code: "INVALID_INPUT" });
    expect(sandbox.time.offset()).toBe(0);
  });
});
