import { once } from "node:events";
import { WebSocket, type ClientOptions, type RawData } from "ws";
import type { RunningLoopback } from "../fixtures/loopback";
import { expect, test } from "./loopback-host";

type Opened = { socket: WebSocket } | { status: number };

/** Tries to open a WebSocket. @returns it, or the status of the refusal */
const open = (port: number, options: ClientOptions, path = "/channel"): Promise<Opened> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, options);
    socket.once("open", () => resolve({ socket }));
    socket.once("unexpected-response", (_request, response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0 });
    });
    socket.once("error", reject);
  });

const opened = async (loopback: RunningLoopback, cookie: string): Promise<WebSocket> => {
  const result = await open(loopback.port, { headers: { cookie, origin: loopback.origin } });
  if ("status" in result) throw new Error(`Refused with ${result.status}`);
  return result.socket;
};

interface Message {
  ready?: true;
  id?: number;
  notification?: string;
}

/** The next message that answers something; what the host tells on its own account comes whenever it likes. */
const nextAnswer = (socket: WebSocket): Promise<Message> =>
  new Promise((resolve) => {
    const take = (data: RawData): void => {
      const message = JSON.parse(String(data)) as Message;
      if (message.notification !== undefined) return;
      socket.off("message", take);
      resolve(message);
    };
    socket.on("message", take);
  });

/** Shows the key and waits until it is accepted. */
const admitted = async (loopback: RunningLoopback, cookie: string, key: string): Promise<WebSocket> => {
  const socket = await opened(loopback, cookie);
  const ready = nextAnswer(socket);
  socket.send(JSON.stringify({ key }));
  expect(await ready).toEqual({ ready: true });
  return socket;
};

const closeCode = async (socket: WebSocket): Promise<number> =>
  ((await once(socket, "close")) as [number])[0];

test("refuses an upgrade with a wrong or missing Origin", async ({ loopback, entered: { cookie } }) => {
  const { port } = loopback;
  for (const origin of [
    "https://elsewhere.example",
    `http://localhost:${port}`,
    "http://127.0.0.1",
    "null",
  ]) {
    expect(await open(port, { headers: { cookie, origin } }), origin).toEqual({ status: 403 });
  }
  expect(await open(port, { headers: { cookie } })).toEqual({ status: 403 });
});

test("refuses an upgrade with a wrong Host", async ({ loopback, entered: { cookie } }) => {
  const { origin, port } = loopback;
  for (const host of [`localhost:${port}`, "rebound.example"]) {
    expect(await open(port, { headers: { cookie, origin, host } }), host).toEqual({ status: 403 });
  }
});

test("refuses an upgrade from another site, without a cookie, and elsewhere", async ({
  loopback,
  entered,
}) => {
  const { origin, port } = loopback;
  const { cookie } = entered;
  const crossSite = { cookie, origin, "sec-fetch-site": "cross-site" };
  expect(await open(port, { headers: crossSite })).toEqual({ status: 403 });
  expect(await open(port, { headers: { origin } })).toEqual({ status: 403 });
  expect(await open(port, { headers: { cookie, origin } }, "/elsewhere")).toEqual({ status: 404 });
});

test("closes a connection whose first message is not the key", async ({ loopback, entered: { cookie } }) => {
  const firsts = [
    JSON.stringify({ key: "wrong" }),
    JSON.stringify({ key: null }),
    JSON.stringify({ id: 1, command: "app.info", input: {} }),
    "null",
    "not JSON",
    Buffer.from([1, 2, 3]),
  ];
  for (const first of firsts) {
    const socket = await opened(loopback, cookie);
    const messages: unknown[] = [];
    socket.on("message", (message) => messages.push(message));
    socket.send(first);
    expect(await closeCode(socket)).toBe(4403);
    expect(messages).toEqual([]);
  }
});

test("answers what is not JSON with a code and talks on", async ({ loopback, entered: { cookie, key } }) => {
  const socket = await admitted(loopback, cookie, key);
  for (const malformed of ["not JSON", "{", Buffer.from("{}")]) {
    const answer = nextAnswer(socket);
    socket.send(malformed);
    expect(await answer).toMatchObject({
      id: 0,
      answer: { ok: false, error: { code: "INVALID_INPUT" } },
    });
  }
  const answer = nextAnswer(socket);
  socket.send(JSON.stringify({ id: 1, command: "layout.get", input: { key: "x" } }));
  expect(await answer).toMatchObject({ id: 1, answer: { ok: true } });
  socket.close();
});

test("closes a connection that sends too much at once, and no other", async ({ loopback, entered }) => {
  const { cookie, key } = entered;
  const [one, other] = [await admitted(loopback, cookie, key), await admitted(loopback, cookie, key)];
  const closed = closeCode(one);
  one.send("x".repeat(33_000_000));
  expect(await closed).toBe(1009);
  const answer = nextAnswer(other);
  other.send(JSON.stringify({ id: 1, command: "layout.get", input: { key: "x" } }));
  expect(await answer).toMatchObject({ id: 1, answer: { ok: true } });
  other.close();
});

test("closes a connection that breaks the protocol, and lives on", async ({ loopback, entered }) => {
  const { cookie, key } = entered;
  const socket = await admitted(loopback, cookie, key);
  const closed = once(socket, "close");
  // A frame with reserved bits and an opcode that does not exist.
  (socket as unknown as { _socket: NodeJS.WritableStream })._socket.write(Buffer.from([0xff, 0xff, 0xff]));
  await closed;
  (await admitted(loopback, cookie, key)).close();
});

test("tells every page that it is closing", async ({ startAnother }) => {
  const { enter } = await import("../fixtures/loopback-browser");
  const loopback = await startAnother();
  const { cookie, key } = await enter(loopback);
  const socket = await admitted(loopback, cookie, key);
  const messages: unknown[] = [];
  socket.on("message", (message) => messages.push(JSON.parse(String(message))));
  const closed = closeCode(socket);
  expect(await loopback.stop()).toBe(0);
  expect(await closed).toBe(1001);
  expect(messages).toContainEqual(expect.objectContaining({ notification: "app.closing" }));
});
