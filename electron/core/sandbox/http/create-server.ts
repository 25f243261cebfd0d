import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** How long a client may take; milliseconds. */
export interface Patience {
  /** For a whole request. */
  request: number;
  /** For a connection without a request. */
  idle: number;
}

export const defaultPatience: Patience = { request: 30_000, idle: 60_000 };

/** An event in a GET's address may be long; the longest that is read. */
const longestHead = 256 * 1024;

const complaints: Record<string, { status: string; code: string; message: string }> = {
  HPE_HEADER_OVERFLOW: {
    status: "431 Request Header Fields Too Large",
    code: "address-too-long",
    message: `The address and headers are longer than ${longestHead / 1024} KB: send the event by POST.`,
  },
  HPE_INVALID_URL: {
    status: "400 Bad Request",
    code: "bad-address",
    message: "The address holds characters that must be percent-encoded, as encodeURIComponent does.",
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: "408 Request Timeout",
    code: "too-slow",
    message: "The request did not arrive in time.",
  },
};

const malformed = {
  status: "400 Bad Request",
  code: "not-http",
  message: "What arrived is not an HTTP/1.1 request. The sandbox speaks plain http, not https.",
};

/** What cannot be read as a request gets an answer too, where the connection still takes one. */
const complain = (error: Error & { code?: string }, socket: Socket): void => {
  if (!socket.writable || error.code === "ECONNRESET") return socket.destroy() && undefined;
  const { status, code, message } = complaints[error.code ?? ""] ?? malformed;
  const body = JSON.stringify({ status: Number.parseInt(status, 10), code, message, developerMessage: "" });
  const head = [
    `HTTP/1.1 ${status}`,
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Access-Control-Allow-Origin: *",
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
};

/** A server that keeps no client waiting and waits for none. It does not listen yet. */
export const createSandboxServer = (
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  patience: Patience,
): Server => {
  const server = createServer(
    {
      maxHeaderSize: longestHead,
      requestTimeout: patience.request,
      headersTimeout: patience.request,
      keepAliveTimeout: patience.idle,
      connectionsCheckingInterval: Math.min(5_000, patience.request),
    },
    (request, response) => void handle(request, response),
  );
  server.on("clientError", complain);
  return server;
};
