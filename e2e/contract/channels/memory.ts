import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import type { Envelope, Notification } from "../../../shared/contract/messages";
import { program } from "../../fixtures/program";
import type { ChannelKind } from "./channel";

/** The part of the built core that this channel uses. */
interface BuiltCore {
  call(command: unknown, input: unknown): Promise<Envelope<unknown>>;
  notifications: { listen(listener: (notification: Notification) => void): () => void };
  transfers: {
    receive(name: string, body: AsyncIterable<Uint8Array>): Promise<string>;
    open(ticket: string): { stream: Readable; name: string; contentType: string } | null;
  };
  close(): Promise<void>;
}

const host = (profileFolder: string, workspaceFolder: string) => ({
  version: "0.0.0",
  profileFolder,
  workspaceFolder,
  capabilities: { nativeDialogs: false, windowEndsApp: false, nativeMenu: false },
  variables: {},
  fallbackCipher: () => Promise.resolve(null),
  sandbox: "with-window",
  report: (problem: string) => void process.stderr.write(`${problem}\n`),
});

/** The core as built, in this very process. */
export const memoryChannel: ChannelKind = {
  name: "in memory",
  isBorder: false,
  async start(profile, workspace) {
    const built = (await import(pathToFileURL(program.core).href)) as {
      createCore(host: unknown): Promise<BuiltCore>;
    };
    const core = await built.createCore(host(profile, workspace));
    const listeners = new Set<(message: unknown) => void>();
    const tell = (message: unknown): void => {
      for (const listener of listeners) listener(structuredClone(message));
    };
    core.notifications.listen(tell);
    return {
      post(message) {
        const { id, command, input } = message as { id: number; command: unknown; input: unknown };
        void core.call(command, structuredClone(input)).then((answer) => tell({ id, answer }));
      },
      onMessage(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      upload: async (name, content) => ({
        ok: true,
        value: await core.transfers.receive(name, Readable.from([Buffer.from(content)])),
      }),
      async download(ticket) {
        const file = core.transfers.open(ticket);
        if (!file) return { status: 404, contentType: null, disposition: null, text: "" };
        return {
          status: 200,
          contentType: file.contentType,
          disposition: `attachment; ${file.name}`,
          text: await text(file.stream),
        };
      },
      close: () => core.close(),
    };
  },
};
