import type { Envelope } from "../../../shared/contract/messages";
import { startDesktop } from "../../fixtures/desktop";
import type { ChannelKind } from "./channel";

interface Answered {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const origin = "app://bellhop";
const decode = (body: string): string => Buffer.from(body, "base64").toString();

/** The desktop host and its preload as built, on the stand-in for Electron. */
export const ipcChannel: ChannelKind = {
  name: "over IPC",
  isBorder: true,
  async start(profile, workspace) {
    const desktop = await startDesktop({ profile, workspace });
    return {
      post: (message) => void desktop.act("post", { message }),
      onMessage: (listener) => desktop.onPageMessage((message) => listener(message)),
      async upload(name, content) {
        const { body } = await desktop.act<Answered>("request", {
          method: "PUT",
          url: `${origin}/transfer/upload`,
          headers: { origin, "x-bellhop-file-name": encodeURIComponent(name) },
          body: Buffer.from(content).toString("base64"),
        });
        return JSON.parse(decode(body)) as Envelope<string>;
      },
      async download(ticket) {
        const { status, headers, body } = await desktop.act<Answered>("request", {
          method: "GET",
          url: `${origin}/transfer/download/${ticket}`,
          headers: {},
        });
        return {
          status,
          contentType: headers["content-type"] ?? null,
          disposition: headers["content-disposition"] ?? null,
          text: decode(body),
        };
      },
      async close() {
        await desktop.stop();
      },
    };
  },
};
