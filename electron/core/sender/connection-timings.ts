import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import { performance } from "node:perf_hooks";
import { buildConnector } from "../undici";
import type { Timings } from "../../../shared/model/entry";

type ConnectionTimings = Pick<Timings, "dns" | "connect" | "tls">;

/** What is known of one request while it runs. */
export interface RequestTimings {
  /** Milliseconds so far; null = not measured, or a reused connection. */
  current(): Timings;
  /** Whether a byte of the request went out. */
  sent(): boolean;
  /** To be called when undici is about to write the request. */
  onStart(): void;
  /** To be called when the head of the answer is there. */
  onHeaders(): void;
}

interface Probe {
  timings: Omit<RequestTimings, "onStart">;
  onSend(socket: Socket): void;
}

const round = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000;

/**
 * Wraps undici's connector so that each new connection is timed.
 *
 * The address look-up and the TCP connect are events of the socket that the connector returns; the end of the TLS
 * handshake is its callback. An address that needs no look-up has no such event: its `dns` stays null.
 */
const measured = (
  connector: buildConnector.connector,
  done: (socket: Socket, timings: ConnectionTimings) => void,
  connecting: Set<Socket>,
): buildConnector.connector => {
  // The declared type leaves out what the function returns: the socket while it connects.
  const connect = connector as (...parameters: Parameters<buildConnector.connector>) => Socket;
  return (options, callback) => {
    const started = performance.now();
    let lookedUp: number | null = null;
    let connected: number | null = null;
    const socket = connect(options, (...result) => {
      connecting.delete(socket);
      const [error, ready] = result;
      if (error === null && ready !== null) {
        const ended = performance.now();
        done(ready, {
          dns: lookedUp === null ? null : round(lookedUp - started),
          connect: round((connected ?? ended) - (lookedUp ?? started)),
          tls: options.protocol === "https:" && connected !== null ? round(ended - connected) : null,
        });
      }
      callback(...result);
    });
    connecting.add(socket);
    socket.once("close", () => connecting.delete(socket));
    socket.once("lookup", () => (lookedUp = performance.now()));
    socket.once("connect", () => (connected = performance.now()));
    return socket;
  };
};

const createProbe = (taken: (socket: Socket) => ConnectionTimings | null): Probe => {
  const started = performance.now();
  let connection: ConnectionTimings | null = null;
  let firstByte: number | null = null;
  let sentAt: number | null = null;
  return {
    onSend(socket) {
      sentAt = performance.now();
      connection = taken(socket);
    },
    timings: {
      current: () => ({
        dns: connection?.dns ?? null,
        connect: connection?.connect ?? null,
        tls: connection?.tls ?? null,
        firstByte,
        total: round(performance.now() - started),
      }),
      sent: () => sentAt !== null,
      onHeaders() {
        firstByte = round(performance.now() - (sentAt ?? started));
      },
    },
  };
};

/** Times requests of undici. Which connection a request takes is only said by a diagnostics channel. */
export const createTimingsWatch = () => {
  const connections = new WeakMap<Socket, ConnectionTimings>();
  const connecting = new Set<Socket>();
  /** Whose head undici writes next: it says so right before, in the same turn. */
  let starting: Probe | null = null;

  // A connection's own times belong to the first request on it; a later one reuses it.
  const take = (socket: Socket): ConnectionTimings | null => {
    const timings = connections.get(socket) ?? null;
    if (timings) connections.delete(socket);
    return timings;
  };

  const channel = "undici:client:sendHeaders";
  const onSend = (message: unknown): void => {
    starting?.onSend((message as { socket: Socket }).socket);
    starting = null;
  };
  subscribe(channel, onSend);

  return {
    /** A connector whose connections are timed. `options` are those of `tls.connect`. */
    connector(options: buildConnector.BuildOptions): buildConnector.connector {
      // No time-out of its own: undici's timers are coarse, and each send has an exact one.
      const connector = buildConnector({ ...options, timeout: 0 });
      return measured(connector, (socket, timings) => connections.set(socket, timings), connecting);
    },
    /** Times a request from now on. */
    start(): RequestTimings {
      const probe = createProbe(take);
      return {
        ...probe.timings,
        onStart() {
          starting = probe;
        },
      };
    },
    /** Stops listening, and gives up connections that nobody waits for any more. */
    close(): void {
      unsubscribe(channel, onSend);
      for (const socket of connecting) socket.destroy();
    },
  };
};
