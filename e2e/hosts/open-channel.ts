import { once } from "node:events";
import { WebSocket } from "ws";
import { converse, type Conversation } from "../contract/channels/channel";
import type { RunningLoopback } from "../fixtures/loopback";
import { enter } from "../fixtures/loopback-browser";

/** Talks to a loopback host that a test has started itself, and may kill. Files do not cross here. */
export const openChannel = async (host: RunningLoopback): Promise<Conversation> => {
  const { cookie, key } = await enter(host);
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/channel`, {
    headers: { cookie, origin: host.origin },
  });
  socket.on("error", () => undefined);
  await once(socket, "open");
  const ready = once(socket, "message");
  socket.send(JSON.stringify({ key }));
  await ready;
  const none = (): Promise<never> => Promise.reject(new Error("Files do not cross here."));
  return converse({
    post: (message) => socket.send(JSON.stringify(message)),
    onMessage(listener) {
      const receive = (data: unknown): void => listener(JSON.parse(String(data)));
      socket.on("message", receive);
      return () => socket.off("message", receive);
    },
    upload: none,
    download: none,
    close: () => Promise.resolve(socket.terminate()),
  });
};
