import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WebSocket, WebSocketServer, type RawData } from "ws";
import type { MessageFromCore } from "../../shared/contract/messages";
import type { ConnectionState, LiveChannel } from "./live-channel";
import { createSocketChannel, type SocketOptions } from "./socket-channel";

/** A host that accepts one key and answers every message with its id. */
const startHost = async (port = 0) => {
  const server = new WebSocketServer({ host: "127.0.0.1", port });
  const received: unknown[] = [];
  server.on("connection", (socket) => {
    let admitted = false;
    socket.on("message", (data: RawData) => {
      const message = JSON.parse(String(data)) as { id?: number; key?: string };
      received.push(message);
      if (admitted) return socket.send(JSON.stringify({ id: message.id, answer: { ok: true, value: null } }));
      if (message.key !== "right") return socket.close(4403);
      admitted = true;
      socket.send(JSON.stringify({ ready: true }));
    });
  });
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    received,
    async stop() {
      server.clients.forEach((client) => client.terminate());
      server.close();
      await once(server, "close");
    },
  };
};

describe("the channel over a WebSocket", () => {
  let host: Awaited<ReturnType<typeof startHost>>;
  let channel: LiveChannel | undefined;
  let states: ConnectionState[];
  let messages: MessageFromCore[];

  beforeEach(async () => {
    host = await startHost();
    states = [];
    messages = [];
  });
  afterEach(async () => {
    channel?.close();
    await host.stop();
  });

  const connect = (options: Partial<SocketOptions> = {}): LiveChannel => {
    channel = createSocketChannel({
      open: () => new WebSocket(`ws://127.0.0.1:${host.port}`),
      key: () => "right",
      stillAllowed: async () => "unknown",
      backOff: () => 5,
      ...options,
    });
    channel.onConnection((state) => states.push(state));
    channel.onMessage((message) => messages.push(message));
    return channel;
  };

  const post = (id: number): void =>
    channel?.post({ id, command: "settings.get", input: {} } as Parameters<LiveChannel["post"]>[0]);

  it("shows the key first, and sends what waited for the connection after it", async () => {
    connect();
    post(1);
    post(2);
    await vi.waitFor(() => expect(messages).toHaveLength(2), 10_000);
    expect(host.received).toMatchObject([{ key: "right" }, { id: 1 }, { id: 2 }]);
    expect(states).toEqual(["connected"]);
  });

  it("comes back by itself when the host was away", async () => {
    connect();
    await vi.waitFor(() => expect(states).toEqual(["connected"]), 10_000);
    const { port } = host;
    await host.stop();
    await vi.waitFor(() => expect(states).toEqual(["connected", "reconnecting"]), 10_000);
    host = await startHost(port);
    await vi.waitFor(() => expect(states).toEqual(["connected", "reconnecting", "connected"]), 10_000);
    post(3);
    await vi.waitFor(() => expect(messages).toMatchObject([{ id: 3 }]), 10_000);
  });

  it("sends nothing late that was posted while the host was away", async () => {
    connect();
    await vi.waitFor(() => expect(states).toEqual(["connected"]), 10_000);
    const { port } = host;
    await host.stop();
    await vi.waitFor(() => expect(states.at(-1)).toBe("reconnecting"), 10_000);
    post(4);
    host = await startHost(port);
    await vi.waitFor(() => expect(states.at(-1)).toBe("connected"), 10_000);
    post(5);
    await vi.waitFor(() => expect(messages).toMatchObject([{ id: 5 }]), 10_000);
    expect(host.received).toMatchObject([{ key: "right" }, { id: 5 }]);
  });

  it("gives up once the host says that it does not know the page", async () => {
    connect({ key: () => "wrong", stillAllowed: async () => "refused" });
    post(1);
    await vi.waitFor(() => expect(states).toEqual(["refused"]), 10_000);
    expect(host.received).toEqual([{ key: "wrong" }]);
  });

  it("goes on once its browser was let in anew in another tab", async () => {
    let key = "old";
    let letIn = (): void => undefined;
    connect({
      key: () => key,
      stillAllowed: async () => "refused",
      whenLetIn: (listener) => (letIn = listener),
    });
    await vi.waitFor(() => expect(states).toEqual(["refused"]), 10_000);
    key = "right";
    letIn();
    await vi.waitFor(() => expect(states).toEqual(["refused", "connected"]), 10_000);
    post(1);
    await vi.waitFor(() => expect(messages).toMatchObject([{ id: 1 }]), 10_000);
  });

  it("waits longer after each try that failed", async () => {
    const attempts: number[] = [];
    await host.stop();
    connect({
      backOff: (attempt) => {
        attempts.push(attempt);
        return 1;
      },
    });
    await vi.waitFor(() => expect(attempts.length).toBeGreaterThan(2), 10_000);
    expect(attempts.slice(0, 3)).toEqual([0, 1, 2]);
    host = await startHost(host.port);
  });

  it("tells who comes later the state as it is", async () => {
    const late: ConnectionState[] = [];
    connect();
    await vi.waitFor(() => expect(states).toEqual(["connected"]), 10_000);
    channel?.onConnection((state) => late.push(state));
    expect(late).toEqual(["connected"]);
  });

  it("proves the page's right on other requests by the key", () => {
    expect(connect().transferHeaders()).toEqual({ "x-bellhop-key": "right" });
  });
});
