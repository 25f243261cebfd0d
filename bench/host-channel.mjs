// @ts-check
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { request } from "undici";
import { WebSocket } from "ws";
import { startNode } from "./processes.mjs";

/**
 * @typedef {import("./processes.mjs").Running} Running
 * @typedef {{ id?: number, answer?: { ok: boolean, value?: any, error?: { message: string } }, notification?: string, payload?: any }} Message
 * @typedef {{ call: (command: string, input: unknown) => Promise<any>, on: (name: string, listener: (payload: any) => void) => void, close: () => void }} Channel
 */

/** Where an environment named `bench` finds its credential. */
export const benchCredential = {
  BELLHOP_CLIENT_KEY_BENCH: "bench-key-0001",
  BELLHOP_API_TOKEN_BENCH: "bench-token-0001",
};

/**
 * Makes a workspace whose environment `bench` is a server of the bench.
 *
 * @param {string} folder
 * @param {string} origin of the server
 */
export const writeWorkspace = async (folder, origin) => {
  await mkdir(folder, { recursive: true });
  const fields = "transport: spec, catalog: spec, channel: WEB, pos: bench, currency: EUR, language: EN";
  const text = `bellhop: 1\nenvironments:\n  bench: { baseUrl: "${origin}", ${fields} }\n`;
  await writeFile(join(folder, "bellhop.yaml"), text);
};

/**
 * Starts the loopback host as a process of its own: not by `bellhop open`, which waits beside it.
 *
 * @param {{ profile: string, workspace?: string }} folders
 * @returns {Promise<Running>} `word` is the one-time address
 */
export const startHost = ({ profile, workspace }) => {
  const folders = ["--profile", profile, ...(workspace ? ["--workspace", workspace] : [])];
  const args = ["dist/node/loopback.mjs", "--no-open", "--port", "0", ...folders];
  return startNode(args, /Bellhop is ready at (\S+)/, benchCredential);
};

/**
 * Opens the channel that the window has, with what a browser has after it has opened the one-time address.
 *
 * @param {string} address
 * @returns {Promise<Channel>}
 */
export const openChannel = async (address) => {
  const { origin, host } = new URL(address);
  const entered = await request(address);
  const cookie = String(entered.headers["set-cookie"]).split(";")[0];
  const key = /data-key="([^"]+)"/.exec(await entered.body.text())?.[1];
  const socket = new WebSocket(`ws://${host}/channel`, { headers: { cookie: cookie ?? "", origin } });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const ready = new Promise((resolve) => socket.once("message", resolve));
  socket.send(JSON.stringify({ key }));
  await ready;
  /** @type {Map<number, (message: Message) => void>} */
  const waiting = new Map();
  /** @type {Map<string, (payload: unknown) => void>} */
  const listeners = new Map();
  let last = 0;
  socket.on("message", (data) => {
    const message = /** @type {Message} */ (JSON.parse(String(data)));
    if (message.notification !== undefined) listeners.get(message.notification)?.(message.payload);
    else waiting.get(message.id ?? 0)?.(message);
  });
  return {
    call: (command, input) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        waiting.set(id, ({ answer }) => {
          waiting.delete(id);
          if (answer?.ok) resolve(answer.value);
          else reject(new Error(`${command}: ${answer?.error?.message ?? "no answer"}`));
        });
        socket.send(JSON.stringify({ id, command, input }));
      }),
    on: (name, listener) => void listeners.set(name, listener),
    close: () => socket.terminate(),
  };
};
