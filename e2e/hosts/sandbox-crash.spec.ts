import { expect } from "@playwright/test";
import { join } from "node:path";
import type { GuestHistoryItem, GuestProfile, GuestRow } from "../../shared/model/guest-profile";
import type { SandboxSummary } from "../../shared/model/sandbox";
import { startNode } from "../fixtures/child-process";
import { program } from "../fixtures/program";
import { test } from "./folders";

const browsers = 12;
const burst = 3_000;
const authorization = `Basic ${Buffer.from("sandbox:sandbox").toString("base64")}`;

interface StoredEvent {
  ref: string;
  status: string;
}

test("kill -9 in the middle of a burst loses no accepted event and leaves none half applied", async ({
  folders,
}) => {
  const args = ["sandbox", "--port", "0", "--data", join(folders.path, "sandbox.db")];
  const start = async () => {
    const started = startNode(program.commandLine, { args: [...args, "--profile", folders.profile] });
    const [, url] = await started.said(/ready at (http:\/\/127\.0\.0\.1:\d+)/);
    const ask = async <T>(path: string): Promise<T> => (await fetch(`${url}${path}`)).json() as Promise<T>;
    return { started, url, ask };
  };

  const first = await start();
  const ids: string[] = [];
  for (let count = 0; count < browsers; count++) {
    ids.push((await first.ask<{ ref: string }>("/v1.2/browser/create.json?client_key=sandbox")).ref);
  }
  const eventOf = (index: number): object => {
    const browser_id = ids[index % browsers];
    const base = {
      channel: "WEB",
      browser_id,
      session_id: browser_id,
      pos: "bellhop",
      currency: "EUR",
      language: "EN",
    };
    // Three browsers become one guest, again and again, so that the crash meets merges, too.
    if (index % 7 === 0) return { ...base, type: "IDENTITY", email: `guest-${index % 4}@shop.example` };
    if (index % 3 === 0) return { ...base, type: "ADD", product: { sku: `S${index}`, price: 1 } };
    return { ...base, type: "VIEW", page: `https://shop.example/${index}` };
  };
  const accepted: string[] = [];
  let enough = (): void => undefined;
  const half = new Promise<void>((resolve) => (enough = resolve));
  let next = 0;
  const send = async (): Promise<void> => {
    for (let index = next++; index < burst; index = next++) {
      const answer = await fetch(`${first.url}/v1.2/event/create.json`, {
        method: "POST",
        headers: { authorization },
        body: JSON.stringify(eventOf(index)),
      });
      accepted.push(((await answer.json()) as { ref: string }).ref);
      if (accepted.length === burst / 2) enough();
    }
  };
  const senders = Array.from({ length: 16 }, () => send().catch(() => undefined));
  await half;
  await first.started.kill();
  await Promise.all(senders);
  expect(accepted.length).toBeLessThan(burst);

  const second = await start();
  const summary = await second.ask<SandboxSummary>("/_sandbox/summary?settle=60s");
  expect(summary.pending).toBe(0);
  const events: StoredEvent[] = [];
  for (let after: string | null = "0"; after !== null;) {
    const page: { items: StoredEvent[]; next: string | null } = await second.ask(
      `/_sandbox/events?limit=1000&after=${after}`,
    );
    events.push(...page.items);
    after = page.next;
  }
  const stored = new Map(events.map((event) => [event.ref, event]));
  expect(accepted.filter((ref) => !stored.has(ref))).toEqual([]);
  expect(events).toHaveLength(summary.total);

  // Every processed event is on exactly one living guest, and is one step of exactly one history.
  const { items } = await second.ask<{ items: GuestRow[] }>("/_sandbox/guests?limit=1000");
  const steps: (string | null)[] = [];
  let [seen, sessions] = [0, 0];
  for (const { ref, guestType } of items) {
    const guest = await second.ask<GuestProfile>(`/_sandbox/guests/${ref}`);
    seen += guest.events;
    sessions += guest.sessions.length;
    if (guestType === "retired") continue;
    let last = 0;
    for (let after: number | null = 0; after !== null;) {
      const page: { items: GuestHistoryItem[]; next: number | null } = await second.ask(
        `/_sandbox/guests/${ref}/history?limit=1000&after=${after}`,
      );
      // The merge itself is a step of the one who retires, too.
      const retires = (changes: GuestHistoryItem["changes"]) =>
        changes.some(({ path }) => path === "/mergedInto");
      steps.push(...page.items.filter(({ changes }) => !retires(changes)).map(({ eventRef }) => eventRef));
      last = page.items.at(-1)?.seq ?? last;
      after = page.next;
    }
    expect(await second.ask(`/_sandbox/guests/${ref}?at=${last}`)).toEqual(guest);
  }
  const processed = events.filter(({ status }) => status === "PROCESSED").map(({ ref }) => ref);
  expect(seen).toBe(processed.length);
  expect(sessions).toBe(summary.sessions);
  expect(steps.filter((ref) => ref !== null).sort()).toEqual(processed.sort());
  expect(await second.started.stop()).toBe(0);
});
