import { once } from "node:events";
import { chmod, rm } from "node:fs/promises";
import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { AppError } from "../../../shared/contract/errors";
import { underLock } from "./claim-lock";
import { socketAddress } from "./socket-address";

/** What a second start asks of the first. */
export interface JoinRequest {
  ask: "open";
}

/** What it is told: the window is in front now, or a fresh one-time address. */
export type JoinReply = { kind: "window" } | { kind: "address"; address: string };

export type Claim = { claimed: true; release(): Promise<void> } | { claimed: false; reply: JoinReply };

const longestMessage = 10_000;
/** Milliseconds that a running instance has to answer; it may be starting still. */
const answerTimeout = 10_000;

const isReply = (value: unknown): value is JoinReply =>
  typeof value === "object" && value !== null && "kind" in value;

const isRequest = (value: unknown): value is JoinRequest =>
  typeof value === "object" && value !== null && (value as { ask?: unknown }).ask === "open";

/** Reads one line of JSON. @throws where the other side says something else, too much or nothing */
const readLine = async (socket: Socket): Promise<unknown> => {
  let text = "";
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    const end = text.indexOf("\n");
    if (end >= 0) return JSON.parse(text.slice(0, end)) as unknown;
    if (text.length > longestMessage) break;
  }
  throw new Error("The other side did not say a line of JSON.");
};

const gone = new Set(["ENOENT", "ECONNREFUSED", "ENOTSOCK"]);

const isAlive = async (address: string): Promise<boolean> => {
  const socket = connect(address);
  try {
    await once(socket, "connect");
    return true;
  } catch (error) {
    if (gone.has((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  } finally {
    socket.destroy();
  }
};

const ask = async (address: string, request: JoinRequest): Promise<JoinReply | null> => {
  const socket = connect(address);
  try {
    await once(socket, "connect");
    socket.setTimeout(answerTimeout, () => socket.destroy(new Error("A running Bellhop does not answer.")));
    socket.write(`${JSON.stringify(request)}\n`);
    const reply = await readLine(socket);
    return isReply(reply) ? reply : null;
  } catch (error) {
    if (gone.has((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw error;
  } finally {
    socket.destroy();
  }
};

/**
 * Asks the instance that runs on a profile.
 *
 * @returns null where none runs
 */
export const askRunning = async (folder: string, request: JoinRequest): Promise<JoinReply | null> =>
  ask(await socketAddress(folder), request);

/** Milliseconds between tries, and how many: a running instance may be on its way out. */
const pause = 100;
const tries = 30;

const askPatiently = async (address: string): Promise<JoinReply | null> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask(address, { ask: "open" });
    } catch (error) {
      if (attempt === tries)
        throw new AppError({
          code: "CONFLICT",
          message: `A Bellhop runs on this profile but does not answer: ${(error as Error).message}`,
          hint: "End it, or give another profile with --profile.",
        });
      await wait(pause);
    }
  }
};

/** Who listens for later starts, and who is talking to it. */
interface Listener {
  server: Server;
  sockets: Set<Socket>;
}

type OnJoin = (request: JoinRequest) => Promise<JoinReply>;

const listen = async (address: string, onJoin: OnJoin): Promise<Listener> => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
    socket.setTimeout(answerTimeout, () => socket.destroy());
    readLine(socket)
      .then(async (request) => {
        if (isRequest(request)) socket.end(`${JSON.stringify(await onJoin(request))}\n`);
        else socket.destroy();
      })
      .catch(() => socket.destroy());
  });
  server.listen(address);
  await once(server, "listening");
  if (process.platform !== "win32") await chmod(address, 0o600);
  return { server, sockets };
};

/** Closing takes the socket's file with it. */
const release = ({ server, sockets }: Listener): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });

/**
 * Makes this process the one that runs on a profile, or asks the one that does. Of two that start at once exactly
 * one gets it; what a crashed one left is replaced.
 *
 * @param folder absolute path of the prepared profile
 * @param onJoin answers later starts
 */
export const claimProfile = async (folder: string, onJoin: OnJoin): Promise<Claim> => {
  const address = await socketAddress(folder);
  for (;;) {
    const reply = await askPatiently(address);
    if (reply) return { claimed: false, reply };
    const listener = await underLock(`${folder}/instance.lock`, async () => {
      if (await isAlive(address)) return null;
      if (process.platform !== "win32") await rm(address, { force: true });
      return listen(address, onJoin);
    });
    // Another one was quicker between the question and the lock: it is the one to ask.
    if (listener) return { claimed: true, release: () => release(listener) };
  }
};
