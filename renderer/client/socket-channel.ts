import type { MessageFromCore, Request } from "../../shared/contract/messages";
import type { ConnectionState, LiveChannel } from "./live-channel";

/** The part of a browser's WebSocket that the channel uses. */
export interface Socket {
  readonly readyState: number;
  send(text: string): void;
  close(): void;
  addEventListener(type: "open" | "close" | "error", listener: () => void): void;
  addEventListener(type: "message", listener: (event: { data: unknown }) => void): void;
}

export interface SocketOptions {
  open(): Socket;
  /** The page's second key; null where this browser never had one. */
  key(): string | null;
  /** Asks the host, by a plain request, whether it still knows this page; `unknown` while nobody answers. */
  stillAllowed(): Promise<"allowed" | "refused" | "unknown">;
  /** Tells when this browser was let in anew, in another tab. */
  whenLetIn?(listener: () => void): void;
  /** Milliseconds to wait before try number n (0, 1, 2 …). */
  backOff?(attempt: number): number;
}

const open = 1;
const doubling = (attempt: number): number => Math.min(250 * 2 ** attempt, 5000);

/**
 * A channel over a WebSocket that comes back by itself after the core was away.
 *
 * The first frame shows the page's key, the host's `{"ready":true}` accepts it. What is posted before the first
 * connection waits for it; afterwards the client refuses calls while there is none, so that nothing is sent late.
 */
export const createSocketChannel = (options: SocketOptions): LiveChannel => {
  const listeners = new Set<(message: MessageFromCore) => void>();
  const watchers = new Set<(state: ConnectionState) => void>();
  const backOff = options.backOff ?? doubling;
  let state: ConnectionState | null = null;
  let waiting: Request[] = [];
  let socket: Socket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let closed = false;

  const become = (next: ConnectionState): void => {
    if (state === next || closed) return;
    state = next;
    if (next !== "connected") waiting = [];
    for (const watcher of watchers) watcher(next);
  };

  const accepted = (): void => {
    attempt = 0;
    for (const message of waiting) socket?.send(JSON.stringify(message));
    waiting = [];
    become("connected");
  };

  const retry = async (): Promise<void> => {
    if (closed) return;
    if (state === "connected") become("reconnecting");
    if ((await options.stillAllowed()) === "refused") become("refused");
    else if (!closed) {
      if (attempt > 0) become("reconnecting");
      timer = setTimeout(connect, backOff(attempt++));
    }
  };

  const receive = (data: unknown): void => {
    const message: unknown = JSON.parse(String(data));
    if (typeof message === "object" && message !== null && "ready" in message) accepted();
    else for (const listener of listeners) listener(message as MessageFromCore);
  };

  const connect = (): void => {
    const mine = options.open();
    socket = mine;
    mine.addEventListener("open", () => mine.send(JSON.stringify({ key: options.key() ?? "" })));
    mine.addEventListener("message", ({ data }) => receive(data));
    // Every failure ends in a close; without a listener some implementations throw.
    mine.addEventListener("error", () => undefined);
    mine.addEventListener("close", () => void retry());
  };
  connect();
  options.whenLetIn?.(() => {
    if (state === "refused" && !closed) connect();
  });

  return {
    post(message) {
      if (state === null) waiting.push(message);
      else if (socket?.readyState === open) socket.send(JSON.stringify(message));
    },
    onMessage(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onConnection(listener) {
      watchers.add(listener);
      if (state !== null) listener(state);
      return () => watchers.delete(listener);
    },
    transferHeaders: () => ({ "x-bellhop-key": options.key() ?? "" }),
    close() {
      closed = true;
      clearTimeout(timer);
      socket?.close();
    },
  };
};
