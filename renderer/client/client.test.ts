import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Envelope, MessageFromCore, Notification, Request } from "../../shared/contract/messages";
import { createClient } from "./client";
import type { ConnectionState, LiveChannel } from "./live-channel";
import { createMemoryChannel } from "./memory-channel";
import { createPortChannel } from "./port-channel";

/** A channel whose other side the test plays. */
const createPlayed = () => {
  const posted: Request[] = [];
  const listeners = new Set<(message: MessageFromCore) => void>();
  const watchers = new Set<(state: ConnectionState) => void>();
  const channel: LiveChannel = {
    post: (message) => posted.push(message),
    onMessage(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onConnection(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    transferHeaders: () => ({}),
    close: () => undefined,
  };
  const say = (message: unknown): void => listeners.forEach((listen) => listen(message as MessageFromCore));
  const become = (state: ConnectionState): void => watchers.forEach((watch) => watch(state));
  return { channel, posted, say, become, listeners };
};

const dark = { theme: "dark" } as const;

describe("the client", () => {
  let played: ReturnType<typeof createPlayed>;
  beforeEach(() => {
    played = createPlayed();
  });

  it("gives each call the answer with its id, in whatever order they come", async () => {
    const client = createClient(played.channel);
    const [one, other] = [client.call("settings.get", {}), client.call("log.facets", {})];
    const [first, second] = played.posted;
    played.say({ id: second?.id, answer: { ok: true, value: "facets" } });
    played.say({ id: first?.id, answer: { ok: true, value: "settings" } });
    expect(await one).toBe("settings");
    expect(await other).toBe("facets");
  });

  it("throws what the core refuses as an AppError with code, hint and field", async () => {
    const client = createClient(played.channel);
    const call = client.call("settings.set", dark);
    const error = { code: "INVALID_INPUT", message: "No.", hint: "Yes.", field: "/theme" };
    played.say({ id: played.posted[0]?.id, answer: { ok: false, error } });
    await expect(call).rejects.toMatchObject({ name: "AppError", ...error });
  });

  it("throws TIMED_OUT when no answer comes, and ignores the one that comes late", async () => {
    const client = createClient(played.channel, { timeout: 1 });
    await expect(client.call("settings.get", {})).rejects.toMatchObject({ code: "TIMED_OUT" });
    played.say({ id: played.posted[0]?.id, answer: { ok: true, value: "late" } });
  });

  it("fails what waits when the connection is lost, posts nothing meanwhile, and works again after", async () => {
    const client = createClient(played.channel);
    const states: ConnectionState[] = [];
    client.onConnection((state) => states.push(state));
    const waiting = client.call("settings.get", {});
    played.become("reconnecting");
    await expect(waiting).rejects.toMatchObject({ code: "CLOSED" });
    await expect(client.call("settings.get", {})).rejects.toMatchObject({ code: "CLOSED" });
    expect(played.posted).toHaveLength(1);
    played.become("connected");
    const call = client.call("settings.get", {});
    played.say({ id: played.posted[1]?.id, answer: { ok: true, value: "again" } });
    expect(await call).toBe("again");
    expect(states).toEqual(["reconnecting", "connected"]);
  });

  it("throws FORBIDDEN with the way out once this page is refused", async () => {
    const client = createClient(played.channel);
    const waiting = client.call("settings.get", {});
    played.become("refused");
    await expect(waiting).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(client.call("settings.get", {})).rejects.toMatchObject({
      hint: expect.stringContaining("open"),
    });
  });

  it("tells a notification to those who listen to it, until they stop", () => {
    const client = createClient(played.channel);
    const heard: unknown[] = [];
    const stop = client.on("app.closing", (payload) => heard.push(payload));
    played.say({ notification: "app.focused", payload: {} });
    played.say({ notification: "app.closing", payload: { reason: "one" } });
    stop();
    played.say({ notification: "app.closing", payload: { reason: "two" } });
    expect(heard).toEqual([{ reason: "one" }]);
  });

  it("fails what waits when it is closed, and stops listening", async () => {
    const client = createClient(played.channel);
    const waiting = client.call("settings.get", {});
    client.close();
    await expect(waiting).rejects.toMatchObject({ code: "CLOSED" });
    expect(played.listeners.size).toBe(0);
  });
});

describe("the client on a core in memory", () => {
  it("gets copies of answers and notifications", async () => {
    const settings = { theme: "light" };
    let listen: ((notification: Notification) => void) | undefined;
    const client = createClient(
      createPortChannel(
        createMemoryChannel({
          call: async () => ({ ok: true, value: settings }) as unknown as Envelope<never>,
          listen: (listener) => {
            listen = listener;
            return () => undefined;
          },
        }),
      ),
    );
    const states: ConnectionState[] = [];
    client.onConnection((state) => states.push(state));
    expect(states).toEqual(["connected"]);
    const answer = await client.call("settings.get", {});
    expect(answer).toEqual(settings);
    expect(answer).not.toBe(settings);
    const heard: unknown[] = [];
    client.on("settings.changed", (payload) => heard.push(payload));
    listen?.({ notification: "settings.changed", payload: { settings } } as unknown as Notification);
    expect(heard).toEqual([{ settings }]);
  });
});

describe("a file for the core", () => {
  const realFetch = globalThis.fetch;
  afterEach(() => {
    globalThis.fetch = realFetch;
  });

  it("that does not arrive is an AppError", async () => {
    // The page's own address is what a browser would add.
    globalThis.fetch = (address, init) => realFetch(new URL(String(address), "http://127.0.0.1:9/"), init);
    const client = createClient(createPlayed().channel);
    await expect(client.upload(new File(["{}"], "x.json"))).rejects.toMatchObject({
      name: "AppError",
      code: "INTERNAL",
    });
  });
});
