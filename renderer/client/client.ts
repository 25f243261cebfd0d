import type { CommandName, InputOf, OutputOf } from "../../shared/contract/commands";
import { AppError } from "../../shared/contract/errors";
import type { MessageFromCore, Notification, Request } from "../../shared/contract/messages";
import type { NotificationName, PayloadOf } from "../../shared/contract/notifications";
import type { ConnectionState, LiveChannel } from "./live-channel";
import { saveDownload, uploadFile } from "./transfers";

/** The renderer's only door to the core. */
export interface Client {
  /** Runs a command. @throws AppError what the core says, or TIMED_OUT, CLOSED and FORBIDDEN of the channel itself */
  call<C extends CommandName>(command: C, input: InputOf<C>): Promise<OutputOf<C>>;
  /** @returns a function that stops listening */
  on<N extends NotificationName>(notification: N, listener: (payload: PayloadOf<N>) => void): () => void;
  /** Tells each change of the connection, and at once the state as it is. After `connected` again, ask for what changed. */
  onConnection(listener: (state: ConnectionState) => void): () => void;
  /** Gives a file to the core. @returns the ticket for a command @throws AppError */
  upload(file: File): Promise<string>;
  /** Saves what a ticket stands for as a file of the browser. */
  download(ticket: string, name: string): void;
  close(): void;
}

export interface ClientOptions {
  /** Milliseconds until a call without an answer ends as TIMED_OUT; by default by command. */
  timeout?: number;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: AppError): void;
  timer: ReturnType<typeof setTimeout>;
}

const minute = 60_000;

/** Commands that wait for a target may last as long as the longest time-out a person can set, and the settling. */
const patient = new Set<CommandName>([
  "sender.send",
  "sender.resend",
  "guests.new",
  "guests.lookUp",
  "guests.awaitChange",
]);
const timeoutOf = (command: CommandName): number => (patient.has(command) ? 21 * minute : minute);

const lost = (): AppError =>
  new AppError({
    code: "CLOSED",
    message: "The connection to Bellhop is lost, so there is no answer.",
    hint: "It reconnects by itself. What was sent before is in the log.",
  });

const refused = (): AppError =>
  new AppError({
    code: "FORBIDDEN",
    message: "Bellhop does not know this page any more.",
    hint: "Start Bellhop again, or run bellhop open, and use the address that it prints.",
  });

/** Makes a client of a channel: answers matched to calls, notifications to listeners, failures to AppError. */
export const createClient = (channel: LiveChannel, options: ClientOptions = {}): Client => {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, Set<(payload: never) => void>>();
  let state: ConnectionState = "connected";
  let lastId = 0;

  const settle = (id: number): Waiting | undefined => {
    const call = waiting.get(id);
    waiting.delete(id);
    clearTimeout(call?.timer);
    return call;
  };

  const failAll = (error: AppError): void => {
    for (const id of [...waiting.keys()]) settle(id)?.reject(error);
  };

  const notify = ({ notification, payload }: Notification): void => {
    for (const listener of [...(listeners.get(notification) ?? [])]) listener(payload as never);
  };

  const stopMessages = channel.onMessage((message: MessageFromCore) => {
    if ("notification" in message) return notify(message);
    const call = settle(message.id);
    if (message.answer.ok) call?.resolve(message.answer.value);
    else call?.reject(new AppError(message.answer.error));
  });

  const stopConnection = channel.onConnection((next) => {
    state = next;
    if (next === "reconnecting") failAll(lost());
    if (next === "refused") failAll(refused());
  });

  return {
    call<C extends CommandName>(command: C, input: InputOf<C>) {
      return new Promise<OutputOf<C>>((resolve, reject) => {
        if (state === "reconnecting") return reject(lost());
        if (state === "refused") return reject(refused());
        const id = ++lastId;
        const wait = options.timeout ?? timeoutOf(command);
        const expire = (): void =>
          settle(id)?.reject(
            new AppError({
              code: "TIMED_OUT",
              message: `${command} had no answer within ${wait / 1000} s.`,
              hint: "Bellhop may be busy. Try again; if it stays, restart it.",
            }),
          );
        waiting.set(id, {
          resolve: resolve as (value: unknown) => void,
          reject,
          timer: setTimeout(expire, wait),
        });
        channel.post({ id, command, input } as Request);
      });
    },
    on(notification, listener) {
      const set = listeners.get(notification) ?? new Set();
      listeners.set(notification, set.add(listener as (payload: never) => void));
      return () => set.delete(listener as (payload: never) => void);
    },
    onConnection: (listener) => channel.onConnection(listener),
    upload: (file) => uploadFile(file, channel.transferHeaders()),
    download: (ticket, name) => saveDownload(ticket, name),
    close() {
      stopMessages();
      stopConnection();
      failAll(lost());
      channel.close();
    },
  };
};
