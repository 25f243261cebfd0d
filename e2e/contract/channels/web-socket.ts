import { once } from "node:events";
import { WebSocket } from "ws";
import type { Envelope } from "../../../shared/contract/messages";
import { startLoopback } from "../../fixtures/loopback";
import { enter } from "../../fixtures/loopback-browser";
import type { ChannelKind } from "./channel";

/** The loopback host as built, as a process of its own. */
export const webSocketChannel: ChannelKind = {
  name: "over WebSocket",
  isBorder: true,
  async start(profile, workspace) {
    const loopback = await startLoopback({ profile, workspace });
    const { cookie, key } = await enter(loopback);
    const { origin } = loopback;
    const socket = new WebSocket(`ws://127.0.0.1:${loopback.port}/channel`, { headers: { cookie, origin } });
    await once(socket, "open");
    const ready = once(socket, "message");
    socket.send(JSON.stringify({ key }));
    await ready;
    return {
      post: (message) => socket.send(JSON.stringify(message)),
      onMessage(listener) {
        const receive = (data: unknown): void => listener(JSON.parse(String(data)));
        socket.on("message", receive);
        return () => socket.off("message", receive);
      },
      async upload(name, content) {
        const response = await fetch(`${origin}/transfer/upload`, {
          method: "PUT",
          headers: {
            cookie,
            origin,
            "x-bellhop-key": key,
            "x-bellhop-file-name": encodeURIComponent(name),
          },
          body: content,
        });
        return (await response.json()) as Envelope<string>;
      },
      async download(ticket) {
        const response = await fetch(`${origin}/transfer/download/${ticket}`, { headers: { cookie } });
        return {
          status: response.status,
          contentType: response.headers.get("content-type"),
          disposition: response.headers.get("content-disposition"),
          text: await response.text(),
        };
      },
      async close() {
        socket.terminate();
        await loopback.stop();
      },
    };
  },
};
