import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type RawData, type WebSocket } from "ws";
import type { Core } from "../../core/create-core";
import { connectToCore, longestMessage, refuseMessage, type CoreConnection } from "../core-connection";
import type { Access, Session } from "./access-token";
import { checkCookie, checkFetchSite, checkHost, checkKey, checkOrigin, Refusal } from "./request-checks";

export interface ChannelOptions {
  core: Core;
  access: Access;
  host(): string;
  cookieName(): string;
  /** Milliseconds that a fresh connection has to show its key. */
  keyTimeout?: number;
}

/** Close codes of our own (4000 to 4999 are free, RFC 6455 §7.4.2). */
const noKey = 4403;
const tooSlow = 4408;
const goingAway = 1001;

/** Milliseconds that a page has to answer the close, before its connection is cut. */
const farewell = 500;

/** Bytes that may wait for a slow page before it is told to reconnect and ask for what it missed. */
const mostBuffered = 64_000_000;

const parse = (data: RawData, isBinary: boolean): { value: unknown } | null => {
  if (isBinary) return null;
  try {
    return { value: JSON.parse(String(data)) as unknown };
  } catch {
    return null;
  }
};

const notJson = refuseMessage("INVALID_INPUT", "A message is one JSON text.");

/** One accepted connection: first the key, then the conversation. */
const converse = (socket: WebSocket, session: Session, core: Core, keyTimeout: number): void => {
  let connection: CoreConnection | null = null;
  const send = (message: unknown): void => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };
  const notify = (message: unknown): void => {
    // Nothing is lost: a page that reconnects asks for every revision after the last it saw.
    if (socket.bufferedAmount > mostBuffered) socket.close(tooSlow, "This page reads too slowly.");
    else send(message);
  };
  const refuse = (): void => socket.close(noKey, "The first message must show this page's key.");
  const timer = setTimeout(refuse, keyTimeout);

  const admit = (message: { value: unknown } | null): void => {
    try {
      checkKey(session, (message?.value as { key?: unknown } | null | undefined)?.key);
    } catch {
      return refuse();
    }
    clearTimeout(timer);
    send({ ready: true });
    connection = connectToCore(core, send, notify);
  };

  socket.on("message", (data, isBinary) => {
    if (socket.readyState !== socket.OPEN) return;
    const message = parse(data, isBinary);
    if (!connection) admit(message);
    else if (message) connection.receive(message.value);
    else send(notJson);
  });
  // A frame that breaks the protocol or the size limit ends in a close with its code.
  socket.on("error", () => undefined);
  socket.on("close", () => {
    clearTimeout(timer);
    connection?.close();
  });
};

const refuseUpgrade = (stream: Duplex, { status, message }: Refusal): void => {
  stream.end(
    `HTTP/1.1 ${status} ${status === 404 ? "Not Found" : "Forbidden"}\r\nContent-Type: text/plain; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(message)}\r\nConnection: close\r\n\r\n${message}`,
  );
};

/**
 * Answers WebSockets at `/channel`. Cookie, `Host` and `Origin` open the connection, the key in the first frame the
 * conversation.
 *
 * @returns a function that ends every connection
 */
export const serveChannel = (server: Server, options: ChannelOptions): (() => Promise<void>) => {
  const { core, access, keyTimeout = 5000 } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: longestMessage,
    perMessageDeflate: false,
  });

  const check = (request: IncomingMessage): Session => {
    checkHost(request, options.host());
    checkOrigin(request, options.host());
    checkFetchSite(request);
    if (request.url !== "/channel") throw new Refusal("There is nothing at this address.", 404);
    return checkCookie(request, access, options.cookieName());
  };

  server.on("upgrade", (request, stream, head) => {
    stream.on("error", () => stream.destroy());
    try {
      const session = check(request);
      sockets.handleUpgrade(request, stream, head, (socket) => converse(socket, session, core, keyTimeout));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refuseUpgrade(stream, error);
    }
  });

  return async () => {
    const closed = new Promise((resolve) => sockets.close(resolve));
    for (const socket of sockets.clients) socket.close(goingAway, "Bellhop is closing.");
    const cut = setTimeout(() => sockets.clients.forEach((socket) => socket.terminate()), farewell);
    await closed;
    clearTimeout(cut);
  };
};
